// What a file of payments holds: the two kinds of file the standard names, read as far as a bank must to judge their totals.
import { type Fault, Refusal } from './errors.ts';
import { minorOf } from './money.ts';
import type { FileTransaction, Money, PaymentInitiation } from './records.ts';

const painNamespace = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.08';

/** Which are taken on a version; another is refused with the consent already. */
export const fileTypes = {
  'v3.1': ['UK.OBIE.PaymentInitiation.3.1', 'UK.OBIE.pain.001.001.08'],
  'v4.0': ['UK.OBIE.PaymentInitiation.4.0', 'UK.OBIE.pain.001.001.08'],
} as const;

/** Throws a Refusal when the file is not of the type it was said to be. */
export function transactionsIn(type: string | undefined, bytes: Uint8Array): FileTransaction[] {
  const text = textOf(bytes);
  return type === 'UK.OBIE.pain.001.001.08' ? transactionsInXml(text) : transactionsInJson(text);
}

/** Where the consent says another number or sum than the file has. */
export function faultsOfTotals(
  { NumberOfTransactions, ControlSum }: PaymentInitiation,
  transactions: readonly FileTransaction[],
): Fault[] {
  const faults: Fault[] = [];
  if (NumberOfTransactions !== undefined && Number(NumberOfTransactions) !== transactions.length)
    faults.push(mismatch('NumberOfTransactions'));
  const total = sumOf(transactions);
  if (ControlSum !== undefined && ControlSum.toFixed(5) !== (total / 100).toFixed(5))
    faults.push(mismatch('ControlSum'));
  return faults;
}

export function sumOf(transactions: readonly FileTransaction[]): number {
  return transactions.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

export function mismatch(member: string): Fault {
  return { code: 'U008', message: 'is not that of the file', path: `Data.Initiation.${member}` };
}

function transactionsInJson(text: string): FileTransaction[] {
  const payments = member(member(parsed(text), 'Data'), 'DomesticPayments');
  if (!Array.isArray(payments) || payments.length === 0) throw malformed('has no Data.DomesticPayments');
  return payments.map((payment: unknown) => {
    const amount = member(payment, 'InstructedAmount');
    return transaction(String(member(payment, 'EndToEndIdentification') ?? ''), {
      Amount: String(member(amount, 'Amount') ?? ''),
      Currency: String(member(amount, 'Currency') ?? ''),
    });
  });
}

/** The few elements that carry totals are found by name, under whatever prefix. */
function transactionsInXml(text: string): FileTransaction[] {
  const xml = text.replaceAll(/<!--[\s\S]*?-->/g, '');
  if (!xml.includes(painNamespace)) throw malformed('is not pain.001.001.08');
  const transactions = elements(xml, 'CdtTrfTxInf').map((one) => {
    const [, currency = '', amount = ''] =
      /<(?:\w+:)?InstdAmt\s[^>]*?Ccy="([A-Z]{3})"[^>]*>\s*([\d.]+)\s*</.exec(one) ?? [];
    return transaction(elements(one, 'EndToEndId')[0] ?? '', { Amount: amount, Currency: currency });
  });
  if (transactions.length === 0) throw malformed('has no CdtTrfTxInf');
  const [header = ''] = elements(xml, 'GrpHdr');
  const [count] = elements(header, 'NbOfTxs');
  const [sum] = elements(header, 'CtrlSum');
  const isOwnTotal = sum === undefined || minorOf(sum) === sumOf(transactions);
  if (Number(count) !== transactions.length || !isOwnTotal) throw malformed('has other totals in its header');
  return transactions;
}

function elements(xml: string, name: string): string[] {
  const pattern = new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([\\s\\S]*?)</(?:\\w+:)?${name}>`, 'g');
  return [...xml.matchAll(pattern)].map(([, content = '']) => content.trim());
}

function transaction(endToEndIdentification: string, { Amount, Currency }: Money): FileTransaction {
  const amountMinor = minorOf(Amount);
  if (!amountMinor || Currency !== 'GBP') throw malformed('has a payment that is no sum of pounds');
  return { endToEndIdentification, amountMinor };
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed('is not in UTF-8');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('is not JSON');
  }
}

function malformed(what: string): Refusal {
  return new Refusal(400, [{ code: 'U010', message: `the file ${what}` }]);
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
