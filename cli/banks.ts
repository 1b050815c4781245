// `npm run -s banks`: the banks that there are profiles of, as a table, or as `GET /banks` has them with --json.
import { type BankDescription, describeBank, describeInDetail } from '../bank-profiles/describe.ts';
import { nearestName } from '../bank-profiles/nearest-name.ts';
import { openProfileBook } from '../bank-profiles/open-profile-book.ts';
import { loadConfig } from '../config.ts';

const usage = `Usage: npm run -s banks -- [--json] [--profile NAME]
  --json          as GET /banks, or with --profile as GET /banks/NAME
  --profile NAME  one bank, in detail
`;

const args = process.argv.slice(2);
const asJson = args.includes('--json');
const at = args.indexOf('--profile');
const asked = at === -1 ? undefined : args[at + 1];
const known = new Set(['--json', '--profile', asked]);
if (args.some((arg) => !known.has(arg)) || (at !== -1 && asked === undefined)) {
  process.stderr.write(usage);
  process.exit(2);
}

const { values, BANK_PROFILES_DIR } = await loadConfig(process.env);
const book = openProfileBook({ folder: BANK_PROFILES_DIR });
process.stdout.write(asked === undefined ? everyBank() : oneBank(asked));

function everyBank(): string {
  const banks = book.names().flatMap((name) => {
    const profile = book.find(name);
    return profile === undefined ? [] : [describeBank(profile, values)];
  });
  if (asJson) return `${JSON.stringify({ Data: banks }, null, 2)}\n`;
  const rows = banks.map((bank) => [bank.BankProfile, bank.Brand, bank.Environment, ...versionsOf(bank)]);
  return table([['profile', 'brand', 'environment', 'AISP', 'PISP', 'VRP', 'needs configuration'], ...rows]);
}

function versionsOf(bank: BankDescription): string[] {
  const apis = [bank.AccountAndTransactionApi, bank.PaymentInitiationApi, bank.VariableRecurringPaymentsApi];
  const missing = bank.MissingConfiguration.join(' ');
  return [...apis.map((api) => api?.Versions.map((version) => version.slice(1)).join(' ') ?? '-'), missing];
}

function oneBank(name: string): string {
  const profile = book.find(name);
  if (profile !== undefined) return `${JSON.stringify(describeInDetail(profile, values), null, 2)}\n`;
  const nearest = nearestName(name, book.names());
  process.stderr.write(`No bank profile ${name}${nearest ? `; did you mean ${nearest}?` : '.'}\n`);
  process.exit(1);
}

function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return `${rows.map((row) => line(row).trimEnd()).join('\n')}\n`;
}
