// Builds that are broken on purpose, each in the way that everybody fears: the storm has to turn red.
import { expect, it } from 'vitest';
import type { Strike } from './plan.ts';
import { runStorm } from './storm.ts';

const timeout = 300_000;

async function failuresOf(build: string, side: 'before' | 'after'): Promise<string[]> {
  const file = new URL(`broken-builds/${build}.mjs`, import.meta.url).href;
  const moment = { at: 'bank', call: 'submit payment', side, thenBank: 'close' } as const;
  const plan: Strike[] = [{ kind: 'kill', victim: 'worker', moment }];
  const worker = { NODE_OPTIONS: `--import ${file}` };
  const { struck, failures } = await runStorm({ plan, payers: 1, worker, say: () => {} });
  expect(struck).toMatchObject([{ interruptedBankCall: true }]);
  return failures;
}

it('a new key at each attempt: a payment whose answer is lost is made twice', { timeout }, async () => {
  const failures = await failuresOf('new-key-at-each-attempt', 'after');
  expect(failures).toContainEqual(expect.stringMatching(/^STORM-\d+ was executed 2 times$/));
});

it('the answer kept before the call: a payment that never reached the bank is lost', {
  timeout,
}, async () => {
  const failures = await failuresOf('answer-before-the-call', 'before');
  expect(failures).toContainEqual(expect.stringMatching(/^STORM-\d+ was executed 0 times$/));
});
