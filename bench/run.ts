// `npm run bench -- <name> [--json] [--quick]`: measures, tells people on stderr, and ends stdout with one JSON object.
import { parseArgs } from 'node:util';

export type Say = (text: string) => void;

export interface Effort {
  say: Say;
  /** As little as shows that it works at all; the figures mean nothing. */
  quick: boolean;
}

type Bench = (effort: Effort) => Promise<Record<string, number>>;

const benches: Record<string, () => Promise<Bench>> = {
  'read-path': async () => (await import('./read-path.ts')).measureReadPath,
  paging: async () => (await import('./paging.ts')).measurePaging,
  journeys: async () => (await import('./journeys.ts')).measureJourneys,
  'bank-profiles': async () => (await import('./bank-profiles.ts')).measureBankProfiles,
  'refresh-storm': async () => (await import('./refresh-storm.ts')).measureRefreshStorm,
  'cold-start': async () => (await import('./cold-start.ts')).measureColdStart,
};

const { name, json, quick } = readArguments();
const load = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (load === undefined) refuse(`Say what to measure: ${Object.keys(benches).join(', ')}.`);
const figures = await (await load())({ say: (text) => process.stderr.write(`${text}\n`), quick });
if (json) process.stdout.write(`${JSON.stringify({ bench: name, ...figures })}\n`);
else
  for (const [figure, value] of Object.entries(figures))
    process.stdout.write(`${figure.padEnd(24)} ${value}\n`);

function readArguments() {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values, positionals } = parseArgs({
      options: { json: flag, quick: flag },
      allowPositionals: true,
    });
    return { ...values, name: positionals.length === 1 ? (positionals[0] ?? '') : '' };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function refuse(text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(2);
}
