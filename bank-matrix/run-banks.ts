// `npm run banks:test`: the bank matrix, against the sandbox or, with --live, against the banks themselves.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { builtInBook } from '../bank-profiles/book.ts';
import { nearestName } from '../bank-profiles/nearest-name.ts';
import { systemClock } from '../clock.ts';
import type { MatrixBank } from './bank.ts';
import { hasBothVersions } from './both-versions.ts';
import { liveBanks } from './live-banks.ts';
import { openHouse } from './open-house.ts';
import { type PaymentFamily, paymentFamilies } from './payment-families.ts';
import { matrixAsHtml } from './report-html.ts';
import { matrixAsMarkdown } from './report-markdown.ts';
import { isGreen, runMatrix } from './run-matrix.ts';
import type { Customer } from './session.ts';
import { simulatedBank } from './simulated-banks.ts';

const usage = `Usage: npm run banks:test -- [--profile NAME …] [--family NAME …] [--v3] [--out FOLDER] [--parallel N] [--live]
  --profile NAME  a bank; left out: all 58
  --family NAME   a family of payments; left out: all seven, and with --live domestic-payment alone, because no profile
                  says which others a bank offers
  --v3            banks that have both versions, in version 3.1.11
  --out FOLDER    where bank-matrix.md and bank-matrix.html go; default .data/bank-matrix
  --live          the banks themselves, through a connector that runs and is configured for them, with
  --api URL       the address of its API, and
  --software-statement ID
                  the software statement to register with
`;

const { values: options } = parseArgs({
  options: {
    profile: { type: 'string', multiple: true, default: [] },
    family: { type: 'string', multiple: true, default: [] },
    v3: { type: 'boolean', default: false },
    out: { type: 'string', default: '.data/bank-matrix' },
    parallel: { type: 'string', default: '4' },
    live: { type: 'boolean', default: false },
    api: { type: 'string' },
    'software-statement': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  process.stdout.write(usage);
  process.exit(0);
}
const all = builtInBook
  .names()
  .filter((name) => !name.startsWith('Sandbox_') && (!options.v3 || hasBothVersions(name)));
const names = options.profile.length === 0 && !options.live ? all : options.profile.map(known);
const families = options.family.map(knownFamily);
if (names.length === 0) stop('--live needs at least one --profile.');

const startedAt = systemClock.now();
const place = options.live ? liveBanks(names, liveConnector()) : await sandboxBanks();
try {
  const began = performance.now();
  const banks = place.banks.map((bank) => ({ ...bank, leftOut: leftOut(), useVersion3: options.v3 }));
  const rows = await runMatrix(banks, {
    ...{
      apiUrl: place.apiUrl,
      customer: place.customer,
      parallel: options.live ? 1 : Number(options.parallel),
    },
    onRow: (row) => process.stderr.write(`${isGreen(row) ? 'green' : 'RED  '} ${row.profile}\n`),
  });
  const seconds = Math.round((performance.now() - began) / 1000);
  const report = { rows, seconds, where: options.live ? 'the banks themselves' : 'the sandbox', startedAt };
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, 'bank-matrix.md'), matrixAsMarkdown(report));
  writeFileSync(join(options.out, 'bank-matrix.html'), await matrixAsHtml(report));
  const green = rows.filter(isGreen).length;
  process.stderr.write(
    `${green} of ${rows.length} green, ${seconds} s: ${join(options.out, 'bank-matrix.html')}\n`,
  );
  process.exitCode = green === rows.length ? 0 : 1;
} finally {
  await place.close();
}

async function sandboxBanks(): Promise<{
  banks: MatrixBank[];
  apiUrl: string;
  customer: Customer;
  close(): Promise<void>;
}> {
  const { sandbox, ...house } = await openHouse();
  return { ...house, banks: names.map((name) => simulatedBank(sandbox, builtInBook, name)) };
}

function liveConnector() {
  const { api: apiUrl, 'software-statement': softwareStatementId } = options;
  if (apiUrl !== undefined && softwareStatementId !== undefined) return { apiUrl, softwareStatementId };
  return stop('--live needs --api and --software-statement.');
}

function known(name: string): string {
  const profile = builtInBook.find(name);
  if (profile !== undefined) return profile.name;
  const nearest = nearestName(name, all);
  return stop(
    `There is no bank profile ${name}${nearest === undefined ? '.' : `; did you mean ${nearest}?`}`,
  );
}

function knownFamily(name: string): PaymentFamily {
  const family = paymentFamilies.find((each) => each === name);
  return family ?? stop(`There is no family ${name} of payments; there are ${paymentFamilies.join(', ')}.`);
}

function leftOut(): PaymentFamily[] {
  if (families.length > 0) return paymentFamilies.filter((family) => !families.includes(family));
  return options.live ? paymentFamilies.filter((family) => family !== 'domestic-payment') : [];
}

function stop(text: string): never {
  process.stderr.write(`${text}\n${usage}`);
  process.exit(2);
}
