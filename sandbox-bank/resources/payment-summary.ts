// A payment as its customer is shown it before agreeing, and what the bank itself has to know of it.
import { chargesOf } from './charges.ts';
import { quotedPence } from './exchange-quotes.ts';
import { minorOf } from './money.ts';
import type { FamilyFacts } from './payment-families.ts';
import { instantOf } from './published-schema.ts';
import type { Money, PaymentDetail, PaymentInitiation, PaymentSummary, Quote } from './records.ts';
import { frequencyInWords } from './standing-order-schedule.ts';

export function summaryOf(
  initiation: PaymentInitiation,
  { isInternational }: FamilyFacts,
  quote?: Quote,
): PaymentSummary {
  const { Amount, Currency } = amountOf(initiation);
  const { CreditorAccount: creditor, DebtorAccount } = initiation;
  const reference = referenceOf(initiation);
  const { CurrencyOfTransfer } = initiation;
  const debitMinor = isInternational
    ? quotedPence(minorOf(Amount) ?? 0, Currency, quote, CurrencyOfTransfer)
    : undefined;
  return {
    amount: Amount,
    currency: Currency,
    ...(creditor ? { creditor: { name: creditor.Name, identification: creditor.Identification } } : {}),
    ...(reference === undefined ? {} : { reference }),
    details: [...detailsOf(initiation), ...detailsOfCost(initiation, quote)],
    ...(debitMinor === undefined ? {} : { debitMinor }),
    ...(DebtorAccount ? { debtorIdentification: DebtorAccount.Identification } : {}),
  };
}

/** What leaves the account, in pence; of a standing order the first time. */
export function debitOf({ debitMinor, amount }: PaymentSummary): number | undefined {
  return debitMinor ?? minorOf(amount);
}

/** The day the money is first to leave, where one is named, and which member names it. */
export function firstDateOf(initiation: PaymentInitiation): { date: string; member: string } | undefined {
  const { RequestedExecutionDateTime, FirstPaymentDateTime, MandateRelatedInformation } = initiation;
  const inMandate = MandateRelatedInformation?.FirstPaymentDateTime;
  if (RequestedExecutionDateTime !== undefined)
    return { date: RequestedExecutionDateTime, member: 'RequestedExecutionDateTime' };
  if (FirstPaymentDateTime !== undefined)
    return { date: FirstPaymentDateTime, member: 'FirstPaymentDateTime' };
  if (inMandate === undefined) return undefined;
  return { date: inMandate, member: 'MandateRelatedInformation.FirstPaymentDateTime' };
}

export function executionOf(initiation: PaymentInitiation): number | undefined {
  const first = firstDateOf(initiation);
  return first && instantOf(first.date);
}

function amountOf({ InstructedAmount, FirstPaymentAmount, ControlSum }: PaymentInitiation): Money {
  return InstructedAmount ?? FirstPaymentAmount ?? { Amount: (ControlSum ?? 0).toFixed(2), Currency: 'GBP' };
}

function detailsOf(initiation: PaymentInitiation): PaymentDetail[] {
  const { CurrencyOfTransfer, NumberOfPayments, NumberOfTransactions, FileReference } = initiation;
  const { MandateRelatedInformation: mandate, RecurringPaymentAmount, FinalPaymentAmount } = initiation;
  const first = firstDateOf(initiation)?.date;
  const last = initiation.FinalPaymentDateTime ?? mandate?.FinalPaymentDateTime;
  const written = (amount: Money | undefined) => amount && `${amount.Amount} ${amount.Currency}`;
  const details: [term: string, detail: string | undefined][] = [
    ['On', first && new Date(instantOf(first)).toUTCString()],
    ['How often', frequencyInWords(initiation)],
    ['Then each time', written(RecurringPaymentAmount)],
    ['Until', last && new Date(instantOf(last)).toUTCString()],
    ['The last time', written(FinalPaymentAmount)],
    ['How many times', NumberOfPayments],
    ['Arrives as', CurrencyOfTransfer],
    ['Payments in the file', NumberOfTransactions],
    ['File', FileReference],
  ];
  return details.flatMap(([term, detail]) => (detail === undefined ? [] : [{ term, detail }]));
}

function detailsOfCost(initiation: PaymentInitiation, quote: Quote | undefined): PaymentDetail[] {
  const charges = (chargesOf(initiation) ?? []).map(({ Amount: { Amount, Currency } }) => ({
    term: 'Charge',
    detail: `${Amount} ${Currency}`,
  }));
  if (!quote) return charges;
  const { UnitCurrency, ExchangeRate, RateType, expiresAtMs } = quote;
  const until = expiresAtMs === undefined ? '' : ` until ${new Date(expiresAtMs).toUTCString()}`;
  const detail = `${ExchangeRate} for one ${UnitCurrency} (${RateType.toLowerCase()})${until}`;
  return [{ term: 'Exchange rate', detail }, ...charges];
}

/** Version 3 has one reference, and a standing order has it elsewhere; version 4 a structured one. */
function referenceOf({ RemittanceInformation, Reference: own }: PaymentInitiation): string | undefined {
  if (!RemittanceInformation) return own;
  const { Reference, Structured, Unstructured } = RemittanceInformation;
  const free = Array.isArray(Unstructured) ? Unstructured[0] : Unstructured;
  return Reference ?? Structured?.[0]?.CreditorReferenceInformation?.Reference ?? free;
}
