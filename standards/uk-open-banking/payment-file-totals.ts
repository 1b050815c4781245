// How many payments a file holds and what they come to, in the two types that are published:
// https://openbankinguk.github.io/read-write-api-site3/v4.0/resources-and-data-models/pisp/file-payment-consents.html
import { SaxesParser } from 'saxes';

export interface FileTotals {
  numberOfTransactions: number;
  /** Hundred-thousandths, of whatever currencies: a control sum is no amount of money. */
  sum: bigint;
}

export interface TotalsCounter {
  /** Pieces of the file, in order. */
  push(bytes: Uint8Array): void;
  /** @throws {RangeError} when the file is not of its type */
  end(): FileTotals;
}

const published = /^UK\.OBIE\.(PaymentInitiation\.\d|pain\.001\.)/;

/** Undefined: what such a file holds is between the caller and the bank. */
export function countTotals(fileType: string): TotalsCounter | undefined {
  const [, kind] = published.exec(fileType) ?? [];
  if (kind === undefined) return undefined;
  return kind === 'pain.001.' ? inXml() : inJson();
}

/** pain.001: amounts of `CdtTrfTxInf`, whichever way they are instructed. */
function inXml(): TotalsCounter {
  const totals: FileTotals = { numberOfTransactions: 0, sum: 0n };
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parser = new SaxesParser();
  let inTransaction = false;
  let amount: string | undefined;
  const localName = (name: string) => name.slice(name.indexOf(':') + 1);
  parser.on('opentag', ({ name }) => {
    const local = localName(name);
    if (local === 'CdtTrfTxInf') {
      inTransaction = true;
      totals.numberOfTransactions += 1;
    }
    if (inTransaction && (local === 'InstdAmt' || local === 'EqvtAmt')) amount = '';
  });
  parser.on('text', (text) => {
    if (amount !== undefined) amount += text;
  });
  parser.on('closetag', ({ name }) => {
    const local = localName(name);
    if (local === 'CdtTrfTxInf') inTransaction = false;
    // Inside `EqvtAmt` there is an `Amt` beside the currency that it is to become.
    if (amount === undefined || !['InstdAmt', 'Amt'].includes(local)) return;
    totals.sum += hundredThousandths(amount.trim());
    amount = undefined;
  });
  parser.on('error', () => {
    throw new RangeError('the file is no well-formed XML');
  });
  return {
    push: (bytes) => {
      parser.write(decoded(() => decoder.decode(bytes, { stream: true })));
    },
    end: () => {
      parser.write(decoded(() => decoder.decode())).close();
      return totals;
    },
  };
}

/** Wherever in it an `InstructedAmount` stands, there is a payment. */
function inJson(): TotalsCounter {
  const pieces: Uint8Array[] = [];
  return {
    push: (bytes) => {
      pieces.push(bytes);
    },
    end: () => {
      const totals: FileTotals = { numberOfTransactions: 0, sum: 0n };
      for (const amount of instructedAmounts(parsed(Buffer.concat(pieces)))) {
        totals.numberOfTransactions += 1;
        totals.sum += hundredThousandths(amount);
      }
      return totals;
    },
  };
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(decoded(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    throw new RangeError('the file is no JSON');
  }
}

/** Not by recursion: a file may be nested as deeply as its maker likes. */
function* instructedAmounts(file: unknown): Generator<string> {
  const left: unknown[] = [file];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      if (name !== 'InstructedAmount') left.push(member);
      else
        yield typeof member === 'object' && member !== null && 'Amount' in member
          ? String(member.Amount)
          : '';
    }
  }
}

function decoded(decode: () => string): string {
  try {
    return decode();
  } catch {
    throw new RangeError('the file is no UTF-8');
  }
}

/** @throws {RangeError} for what is no amount */
export function hundredThousandths(amount: string): bigint {
  const [, whole, fraction = ''] = /^(\d{1,18})(?:\.(\d{0,5}))?$/.exec(amount) ?? [];
  if (whole === undefined) throw new RangeError('an amount of the file is none');
  return BigInt(whole + fraction.padEnd(5, '0'));
}
