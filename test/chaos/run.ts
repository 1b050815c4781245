// `npm run test:chaos -- --kills N --seed S`: plans a storm by its seed, lets it pass, and ends with what is left.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { planStorm } from './plan.ts';
import { runStorm } from './storm.ts';
import { summaryOf } from './summary.ts';

const { kills, seed } = readArguments();
const say = (text: string) => process.stdout.write(`${text}\n`);
say(`A storm of ${kills} kills, seed ${seed}: npm run test:chaos -- --kills ${kills} --seed ${seed}`);
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
const aftermath = await runStorm({ plan: planStorm({ kills, seed }), say, stop: stopping.signal });
const { lines, failures } = summaryOf(aftermath);
for (const line of lines) say(line);
for (const failure of failures) say(`FAILED: ${failure}`);
say(failures.length === 0 ? `weathered (seed ${seed})` : `not weathered (seed ${seed})`);
process.exitCode = failures.length === 0 ? 0 : 1;

function readArguments(): { kills: number; seed: string } {
  try {
    const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } });
    const kills = Number(values.kills ?? '50');
    if (!Number.isSafeInteger(kills) || kills < 1) throw new Error('--kills is a whole number from 1 on');
    return { kills, seed: values.seed ?? String(randomInt(1_000_000)) };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return process.exit(2);
  }
}
