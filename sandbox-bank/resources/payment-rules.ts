// What this bank takes as a domestic payment, beyond what the published schema says.
import type { ErrorCode, Fault } from './errors.ts';
import { minorOf } from './money.ts';
import type { CashAccount, PaymentInitiation, PaymentSummary } from './records.ts';

const instruments = ['UK.OBIE.FPS', 'UK.OBIE.BACS', 'UK.OBIE.CHAPS'];
const sortCodeScheme = 'UK.OBIE.SortCodeAccountNumber';

export function faultsOfInitiation(initiation: PaymentInitiation): Fault[] {
  const faults: Fault[] = [];
  const fault = (code: ErrorCode, message: string, member: string) =>
    faults.push({ code, message, path: `Data.Initiation.${member}` });
  const { InstructedAmount, LocalInstrument, CreditorAccount, DebtorAccount } = initiation;
  if (InstructedAmount.Currency !== 'GBP') {
    fault('U023', 'domestic payments are in pounds', 'InstructedAmount.Currency');
  }
  // Zero and fractions of a penny cannot be paid.
  if (!minorOf(InstructedAmount.Amount)) fault('U002', 'cannot be paid', 'InstructedAmount.Amount');
  if (LocalInstrument !== undefined && !instruments.includes(LocalInstrument)) {
    fault('U026', 'is not offered', 'LocalInstrument');
  }
  for (const [member, account] of Object.entries({ CreditorAccount, DebtorAccount })) {
    const code = account && accountFault(account);
    if (code) fault(code, 'names no account this bank can reach', member);
  }
  return faults;
}

/** What the customer is shown before agreeing. */
export function summaryOf(initiation: PaymentInitiation): PaymentSummary {
  const reference = referenceOf(initiation);
  return {
    amount: initiation.InstructedAmount.Amount,
    currency: initiation.InstructedAmount.Currency,
    creditorName: initiation.CreditorAccount.Name,
    creditorIdentification: initiation.CreditorAccount.Identification,
    ...(reference === undefined ? {} : { reference }),
    ...(initiation.DebtorAccount ? { debtorIdentification: initiation.DebtorAccount.Identification } : {}),
  };
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

/** Version 3 has one reference; version 4 a structured one. */
function referenceOf({ RemittanceInformation }: PaymentInitiation): string | undefined {
  if (!RemittanceInformation) return undefined;
  const { Reference, Structured, Unstructured } = RemittanceInformation;
  const free = Array.isArray(Unstructured) ? Unstructured[0] : Unstructured;
  return Reference ?? Structured?.[0]?.CreditorReferenceInformation?.Reference ?? free;
}
