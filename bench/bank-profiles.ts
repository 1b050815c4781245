// How long it takes a fresh process to load and check every bank profile: what each start pays at most, since a process
// checks a profile when it is first asked for. What other rooms need too, zod, is loaded before; code is kept compiled,
// as `main.ts` has it.
import { execFileSync } from 'node:child_process';
import type { Effort } from './run.ts';
import { median } from './statistics.ts';

const program = `
  const { enableCompileCache } = await import('node:module');
  enableCompileCache('node_modules/.cache/bench');
  await import('zod');
  const startedAt = performance.now();
  const { builtInBook } = await import('./bank-profiles/book.ts');
  const loadedAt = performance.now();
  const names = builtInBook.names();
  for (const name of names) builtInBook.find(name);
  const checkedAt = performance.now();
  for (const name of names) builtInBook.find(name);
  const now = performance.now();
  console.log(JSON.stringify([loadedAt - startedAt, checkedAt - loadedAt, now - checkedAt, names.length]));
`;

const measure = (): number[] =>
  JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }));

export async function measureBankProfiles({ say, quick }: Effort): Promise<Record<string, number>> {
  const runs = quick ? 3 : 21;
  say(`${runs} processes, one after the other …`);
  measure(); // keeps the code compiled
  const samples = Array.from({ length: runs }, measure);
  const figure = (index: number) =>
    Math.round(median(samples.map((sample) => sample[index] ?? 0)) * 100) / 100;
  return { profiles: figure(3), loadMs: figure(0), checkMs: figure(1), findAgainMs: figure(2) };
}
