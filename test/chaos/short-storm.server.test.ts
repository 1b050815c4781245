// Fifty kills: no payment is made twice, none is lost, and whoever pays is told so.
import { expect, it } from 'vitest';
import { planStorm } from './plan.ts';
import { shortStorm } from './short-storm.ts';
import { runStorm } from './storm.ts';
import { summaryOf } from './summary.ts';

it('a storm of fifty kills is weathered', { timeout: 900_000 }, async () => {
  const { kills, seed } = shortStorm;
  const say = (text: string) => void process.stdout.write(`${text}\n`);
  say(`npm run test:chaos -- --kills ${kills} --seed ${seed}`);
  const aftermath = await runStorm({ plan: planStorm(shortStorm), say });
  const { lines, failures } = summaryOf(aftermath);
  for (const line of lines) say(line);
  expect(failures).toEqual([]);
});
