// The rate at which a payment abroad is made: quoted by the bank for a while, agreed elsewhere, or only indicated.
import { rateOf } from '../data/exchange-rates.ts';
import type { Fault } from './errors.ts';
import { dateTime } from './operation.ts';
import type { FamilyFacts } from './payment-families.ts';
import type { ExchangeRateWish, PaymentInitiation, Quote } from './records.ts';

const path = 'Data.Initiation.ExchangeRateInformation';

/** A rate is named exactly where it was agreed. */
export function faultsOfRate({ ExchangeRateInformation: wish }: PaymentInitiation): Fault[] {
  if (!wish) return [];
  const isAgreed = wish.RateType === 'Agreed';
  const faults: Fault[] = [];
  for (const member of ['ExchangeRate', 'ContractIdentification'] as const) {
    const isThere = wish[member] !== undefined;
    if (isAgreed && !isThere)
      faults.push({ code: 'U004', message: 'belongs to an agreed rate', path: `${path}.${member}` });
    if (!isAgreed && isThere)
      faults.push({ code: 'U005', message: 'belongs to an agreed rate', path: `${path}.${member}` });
  }
  if (rateOf(wish.UnitCurrency) === undefined)
    faults.push({ code: 'U023', message: 'is not dealt in', path: `${path}.UnitCurrency` });
  return faults;
}

/** Nothing where no money is changed, and for standing orders, each payment of which has the rate of its day. */
export function quoteFor(
  { ExchangeRateInformation: wish, CurrencyOfTransfer: to }: PaymentInitiation,
  { isInternational, execution }: FamilyFacts,
  expiresAtMs: number,
): Quote | undefined {
  if (!isInternational || execution === 'standing-order' || to === undefined || to === 'GBP')
    return undefined;
  const { UnitCurrency = 'GBP', RateType = 'Indicative', ContractIdentification } = wish ?? {};
  return {
    UnitCurrency,
    ExchangeRate: wish?.ExchangeRate ?? bankRate(UnitCurrency, to),
    RateType,
    ...(ContractIdentification === undefined ? {} : { ContractIdentification }),
    ...(RateType === 'Actual' ? { expiresAtMs } : {}),
  };
}

/** In pence, at the rate of the quote where the amount is in the currency it is about. */
export function quotedPence(
  minor: number,
  currency: string,
  quote: Quote | undefined,
  to: string | undefined,
): number | undefined {
  if (currency === 'GBP') return minor;
  if (quote && currency === to && quote.UnitCurrency === 'GBP') return Math.round(minor / quote.ExchangeRate);
  if (quote && quote.UnitCurrency === currency) return Math.round(minor * quote.ExchangeRate);
  const rate = rateOf(currency);
  return rate === undefined ? undefined : Math.round(minor / rate);
}

export function isLapsed(quote: Quote | undefined, nowMs: number): boolean {
  return quote?.expiresAtMs !== undefined && quote.expiresAtMs <= nowMs;
}

/** As consents and orders tell of it. */
export function quoteBody(quote: Quote | undefined): object | undefined {
  if (!quote) return undefined;
  const { expiresAtMs, ...told } = quote;
  return { ...told, ...(expiresAtMs === undefined ? {} : { ExpirationDateTime: dateTime(expiresAtMs) }) };
}

/** How much of the other currency one unit is: pounds where the unit is what is sent. */
function bankRate(unit: ExchangeRateWish['UnitCurrency'], to: string): number {
  const other = unit === to ? 'GBP' : to;
  return Number(((rateOf(other) ?? 1) / (rateOf(unit) ?? 1)).toFixed(6));
}
