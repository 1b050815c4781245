// `npm run bench -- <name> [--json]`: measures, tells people on stderr, and ends stdout with one JSON object.
import { parseArgs } from 'node:util';

export type Say = (text: string) => void;
type Bench = (say: Say) => Promise<Record<string, number>>;

const benches: Record<string, () => Promise<Bench>> = {
  'read-path': async () => (await import('./read-path.ts')).measureReadPath,
  journeys: async () => (await import('./journeys.ts')).measureJourneys,
  'cold-start': async () => (await import('./cold-start.ts')).measureColdStart,
};

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [name = ''] = positionals;
const load = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (load === undefined) {
  process.stderr.write(`Say what to measure: ${Object.keys(benches).join(', ')}.\n`);
  process.exit(2);
}
const figures = await (await load())((text) => process.stderr.write(`${text}\n`));
if (values.json) process.stdout.write(`${JSON.stringify({ bench: name, ...figures })}\n`);
else
  for (const [figure, value] of Object.entries(figures))
    process.stdout.write(`${figure.padEnd(24)} ${value}\n`);
