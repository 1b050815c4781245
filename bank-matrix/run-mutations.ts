// `npm run test:profiles`: every value of every profile is changed to another legal one, and the matrix has to turn red
// for it, or the value stands in the list of those that no test can see.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { builtInBook, profileBook } from '../bank-profiles/book.ts';
import type { BankProfileSource } from '../bank-profiles/profile.ts';
import type { MatrixBank } from './bank.ts';
import { hasBothVersions } from './both-versions.ts';
import { type Mutation, mutationsOf } from './mutations.ts';
import { openHouse } from './open-house.ts';
import { familyOfValue, paymentFamilies } from './payment-families.ts';
import type { Row } from './run-bank.ts';
import { isGreen, runMatrix } from './run-matrix.ts';
import { simulatedBank } from './simulated-banks.ts';
import { unseen } from './unseen-values.ts';
import { variant } from './variant.ts';

const { values: options } = parseArgs({
  options: {
    profile: { type: 'string' },
    path: { type: 'string' },
    parallel: { type: 'string', default: '6' },
    report: { type: 'string' },
  },
});
const say = (line: string) => process.stderr.write(`${line}\n`);

interface Mutant {
  name: string;
  mutation: Mutation;
  source: BankProfileSource;
}

const profiles = builtInBook
  .names()
  .filter(
    (name) =>
      !name.startsWith('Sandbox_') && (options.profile === undefined || name.startsWith(options.profile)),
  );
const mutants: Mutant[] = profiles.flatMap((profile) =>
  mutationsOf(profile)
    .filter(({ path }) => options.path === undefined || path.startsWith(options.path))
    .map((mutation, index) => {
      const name = `${profile}M${index}`;
      return { name, mutation, source: variant(profile, name, mutation.patch) };
    }),
);
const sources = new Map(mutants.map(({ name, source }) => [name, source]));

const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
writeGroups(folder);
const startedAt = performance.now();
const house = await openHouse({ BANK_PROFILES_DIR: folder });
try {
  say(`${mutants.length} values of ${profiles.length} profiles …`);
  let done = 0;
  const rows = await runMatrix(mutants.map(bankOf), {
    ...{ apiUrl: house.apiUrl, customer: house.customer, parallel: Number(options.parallel) },
    stopAtFailure: true,
    onRow: () => {
      done += 1;
      if (done % 100 === 0) say(`${done} of ${mutants.length}, ${seconds()} s`);
    },
  });
  process.exitCode = report(rows) ? 0 : 1;
} finally {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

/** What the bank is like is told by the right profile: only the connector goes by the wrong one. */
function bankOf({ name, mutation }: Mutant): MatrixBank {
  const right = simulatedBank(house.sandbox, builtInBook, mutation.profile);
  const isOfVersion3 = /v3\.1|^risk\.|InVersion3/.test(mutation.path);
  const useVersion3 = isOfVersion3 && hasBothVersions(mutation.profile);
  // The others would be right for every value that is not about them.
  const family = familyOfValue(mutation.path);
  const leftOut = paymentFamilies.filter((each) => each !== family);
  return { ...right, profile: name, useVersion3, leftOut };
}

function writeGroups(into: string): void {
  const book = profileBook(sources);
  for (const group of new Set(mutants.map(({ source }) => source.group))) {
    const banks = Object.fromEntries(
      mutants.filter(({ source }) => source.group === group).map(({ name, source }) => [name, source]),
    );
    writeFileSync(join(into, `${group}.json`), JSON.stringify({ group, source: 'a mutation', banks }));
  }
  // A mutation that is not legal says nothing about the matrix.
  for (const name of book.names()) book.find(name);
}

function report(rows: Row[]): boolean {
  const results = rows.map((row, index) => ({ row, mutation: (mutants[index] as Mutant).mutation }));
  const seen = results.filter(({ row }) => !isGreen(row));
  const notSeen = results.filter(({ row }) => isGreen(row));
  const unexplained = notSeen.filter(({ mutation }) => unseen(mutation.profile, mutation.path) === undefined);
  const stale = seen.filter(({ mutation }) => unseen(mutation.profile, mutation.path) !== undefined);
  const line = ({ profile, path, from, to }: Mutation) =>
    `${profile} ${path}: ${JSON.stringify(from)} -> ${JSON.stringify(to)}`;
  for (const { mutation } of unexplained) say(`NOT SEEN  ${line(mutation)}`);
  for (const { mutation, row } of stale)
    say(`SEEN, though listed as unseen  ${line(mutation)}: ${firstFailure(row)}`);
  if (options.report !== undefined) {
    const table = seen.map(({ mutation, row }) => `${line(mutation)} => ${firstFailure(row)}`);
    writeFileSync(options.report, `${table.join('\n')}\n`);
  }
  const listed = notSeen.length - unexplained.length;
  say(
    `${seen.length} turn the matrix red, ${listed} stand in the list of values that no test can see, ` +
      `${unexplained.length} are not explained, ${stale.length} are listed for nothing; ${seconds()} s.`,
  );
  return unexplained.length === 0 && stale.length === 0;
}

function firstFailure({ cells }: Row): string {
  for (const [column, cell] of Object.entries(cells))
    if (cell.kind === 'failed') return `${column}: ${cell.message}`;
  return 'a column was not run';
}

function seconds(): number {
  return Math.round((performance.now() - startedAt) / 1000);
}
