// What this bank takes as a payment, beyond what the published schema says.
import { rateOf } from '../data/exchange-rates.ts';
import type { ErrorCode, Fault } from './errors.ts';
import { faultsOfRate } from './exchange-quotes.ts';
import { minorOf } from './money.ts';
import type { Call } from './operation.ts';
import type { FamilyFacts } from './payment-families.ts';
import { fileTypes } from './payment-file.ts';
import { firstDateOf } from './payment-summary.ts';
import { instantOf } from './published-schema.ts';
import type { ApiVersion, CashAccount, PaymentInitiation } from './records.ts';
import { faultsOfSchedule } from './standing-order-schedule.ts';

const domesticInstruments = ['UK.OBIE.FPS', 'UK.OBIE.BACS', 'UK.OBIE.CHAPS'];
const foreignInstruments = [
  ...['UK.OBIE.SWIFT', 'UK.OBIE.Target2', 'UK.OBIE.Euro1', 'UK.OBIE.CHAPS'],
  ...['UK.OBIE.SEPACreditTransfer', 'UK.OBIE.SEPAInstantCreditTransfer'],
];
const sortCodeScheme = 'UK.OBIE.SortCodeAccountNumber';
const foreignSchemes = ['UK.OBIE.BBAN'];

export function faultsOfInitiation(
  initiation: PaymentInitiation,
  facts: FamilyFacts,
  { nowMs, version }: Pick<Call, 'nowMs' | 'version'>,
): Fault[] {
  return [
    ...faultsOfFileType(initiation, version),
    ...faultsOfAmounts(initiation, facts),
    ...faultsOfRate(initiation),
    ...faultsOfInstrument(initiation, facts),
    ...faultsOfAccounts(initiation, facts),
    ...faultsOfDates(initiation, facts, nowMs),
    ...(facts.execution === 'standing-order' ? faultsOfSchedule(initiation) : []),
  ];
}

/** A payment of so many pounds and thirteen pence is turned down by the bank of the creditor: tests pay so to see it. */
export function isDoomed(amountMinor: number): boolean {
  return amountMinor % 100 === 13;
}

/** `moreSchemes`: what is taken beside IBAN, sort code and account number. */
export function accountFault(
  { SchemeName, Identification }: CashAccount,
  moreSchemes: readonly string[] = [],
): ErrorCode | undefined {
  if (SchemeName === 'UK.OBIE.IBAN' || moreSchemes.includes(SchemeName)) return undefined;
  if (SchemeName !== sortCodeScheme) return 'U027';
  return /^\d{14}$/.test(Identification) ? undefined : 'U021';
}

function fault(code: ErrorCode, message: string, member: string): Fault {
  return { code, message, path: `Data.Initiation.${member}` };
}

function faultsOfAmounts(initiation: PaymentInitiation, { isInternational }: FamilyFacts): Fault[] {
  const { InstructedAmount, FirstPaymentAmount, RecurringPaymentAmount, FinalPaymentAmount } = initiation;
  const amounts = { InstructedAmount, FirstPaymentAmount, RecurringPaymentAmount, FinalPaymentAmount };
  const faults: Fault[] = [];
  for (const [member, amount] of Object.entries(amounts)) {
    if (!amount) continue;
    const isDealtIn = isInternational ? rateOf(amount.Currency) !== undefined : amount.Currency === 'GBP';
    if (!isDealtIn) faults.push(fault('U023', 'cannot be paid in this currency', `${member}.Currency`));
    // Zero and fractions of a penny cannot be paid.
    if (!minorOf(amount.Amount)) faults.push(fault('U002', 'cannot be paid', `${member}.Amount`));
  }
  const { CurrencyOfTransfer } = initiation;
  if (CurrencyOfTransfer !== undefined && rateOf(CurrencyOfTransfer) === undefined)
    faults.push(fault('U023', 'is not dealt in', 'CurrencyOfTransfer'));
  return faults;
}

function faultsOfInstrument(
  { LocalInstrument }: PaymentInitiation,
  { isInternational }: FamilyFacts,
): Fault[] {
  const offered = isInternational ? foreignInstruments : domesticInstruments;
  if (LocalInstrument === undefined || offered.includes(LocalInstrument)) return [];
  return [fault('U026', 'is not offered', 'LocalInstrument')];
}

function faultsOfAccounts(
  { CreditorAccount, DebtorAccount }: PaymentInitiation,
  { isInternational }: FamilyFacts,
): Fault[] {
  return Object.entries({ CreditorAccount, DebtorAccount }).flatMap(([member, account]) => {
    const code = account && accountFault(account, isInternational ? foreignSchemes : []);
    return code ? [fault(code, 'names no account this bank can reach', member)] : [];
  });
}

function faultsOfFileType({ FileType }: PaymentInitiation, version: ApiVersion): Fault[] {
  const taken: readonly string[] = fileTypes[version];
  if (FileType === undefined || taken.includes(FileType)) return [];
  return [fault('U002', 'is no file this bank takes', 'FileType')];
}

/** What is to be paid later is paid in the future. */
function faultsOfDates(initiation: PaymentInitiation, { execution }: FamilyFacts, nowMs: number): Fault[] {
  if (execution === 'immediate' || execution === 'file') return [];
  const first = firstDateOf(initiation);
  return first && instantOf(first.date) <= nowMs ? [fault('U003', 'is not in the future', first.member)] : [];
}
