// Builds that are broken on purpose, each in the way that everybody fears: the storm has to turn red.
import { expect, it } from 'vitest';
import type { Strike } from './plan.ts';
import { runStorm } from './storm.ts';

const timeout = 300_000;

const newKeyAtEachAttempt = new URL('broken-builds/new-key-at-each-attempt.mjs', import.meta.url);
const answerBeforeTheCall = new URL('broken-builds/answer-before-the-call.mjs', import.meta.url);

async function failuresOf(build: URL, side: 'before' | 'after'): Promise<string[]> {
  const way = { family: 'domestic-payment', isInOneRequest: false } as const;
  const moment = { at: 'bank', call: 'submit payment', way, side, thenBank: 'close' } as const;
  const plan: Strike[] = [{ kind: 'kill', victim: 'worker', moment, replaced: 'after', payer: 1 }];
  const worker = { NODE_OPTIONS: `--import ${build.href}` };
  const { struck, failures } = await runStorm({ plan, worker, say: () => {} });
  expect(struck).toMatchObject([{ interrupted: { method: 'POST' } }]);
  return failures;
}

it('a new key at each attempt: a payment whose answer is lost is made twice', { timeout }, async () => {
  const failures = await failuresOf(newKeyAtEachAttempt, 'after');
  expect(failures).toContainEqual(expect.stringMatching(/^STORM-\d+ was executed 2 times/));
});

it('the answer kept before the call: a payment that never reached the bank is lost', {
  timeout,
}, async () => {
  const failures = await failuresOf(answerBeforeTheCall, 'before');
  expect(failures).toContainEqual(expect.stringMatching(/^STORM-\d+ was executed 0 times/));
});
