// Exact arithmetic on published amounts (OBActiveCurrencyAndAmount: up to 13 digits and 5 decimals, always a string).

export interface Money {
  /** Decimal text such as `10.00`, never a number: 0.1 + 0.2 must be 0.3. */
  amount: string;
  /** ISO 4217 alphabetic code. */
  currency: string;
}

const published = /^(\d{1,13})(?:\.(\d{1,5}))?$/;
const publishedDecimals = 5;

/** Currencies of ISO 4217 whose minor unit is not a hundredth. */
const unusualDecimals: ReadonlyMap<string, number> = new Map([
  ...group(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...group(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...group(4, 'CLF UYW'),
]);

/** Decimals of the currency's minor unit: 2 for GBP, 0 for JPY. */
export function decimalsOf(currency: string): number {
  return unusualDecimals.get(currency) ?? 2;
}

/** Whole minor units, such as pence. Throws RangeError when malformed or finer than the currency's minor unit. */
export function toMinorUnits({ amount, currency }: Money): bigint {
  const unit = 10n ** BigInt(publishedDecimals - decimalsOf(currency));
  const exact = toHundredThousandths(amount);
  if (exact % unit !== 0n) throw new RangeError(`an amount is finer than the minor unit of ${currency}`);
  return exact / unit;
}

/** The amount with the currency's usual decimals. Throws RangeError below zero and above 13 digits. */
export function fromMinorUnits(minorUnits: bigint, currency: string): Money {
  if (minorUnits < 0n) throw new RangeError('an amount cannot be negative');
  const decimals = decimalsOf(currency);
  const digits = minorUnits.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  if (whole.length > 13) throw new RangeError('an amount has at most 13 digits');
  return { amount: decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`, currency };
}

/** Negative when a is less than b, zero when they are worth the same (`1.5` and `1.50`), positive when it is more. */
export function compareMoney(a: Money, b: Money): number {
  requireSameCurrency(a, b);
  const difference = toHundredThousandths(a.amount) - toHundredThousandths(b.amount);
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** The exact sum, in minor units. Throws RangeError for two currencies or a sum above 13 digits. */
export function addMoney(a: Money, b: Money): Money {
  requireSameCurrency(a, b);
  return fromMinorUnits(toMinorUnits(a) + toMinorUnits(b), a.currency);
}

function toHundredThousandths(amount: string): bigint {
  const [, whole, fraction = ''] = published.exec(amount) ?? [];
  if (whole === undefined) throw new RangeError('an amount is up to 13 digits with up to 5 decimals');
  return BigInt(whole + fraction.padEnd(publishedDecimals, '0'));
}

function requireSameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new RangeError(`${a.currency} and ${b.currency} do not mix`);
}

function group(decimals: number, currencies: string): [string, number][] {
  return currencies.split(' ').map((currency) => [currency, decimals]);
}
