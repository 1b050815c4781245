// Amounts on the wire (decimal text without a sign) and at the bank (whole minor units). All its currencies have two decimals.

export interface Amount {
  Amount: string;
  Currency: string;
}

export function amountOf(minor: number, currency: string): Amount {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return { Amount: `${digits.slice(0, -2)}.${digits.slice(-2)}`, Currency: currency };
}

/** Minor units of a published amount; undefined when it has a fraction of a penny. */
export function minorOf(amount: string): number | undefined {
  const match = /^(\d{1,13})(?:\.(\d{1,2})0{0,3})?$/.exec(amount);
  if (!match) return undefined;
  const [, whole = '', fraction = ''] = match;
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

export function indicatorOf(minor: number): 'Credit' | 'Debit' {
  return minor < 0 ? 'Debit' : 'Credit';
}
