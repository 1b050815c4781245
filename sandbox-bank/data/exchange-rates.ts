// What a pound buys, fixed for ever: the currencies in which the sandbox bank pays abroad.

const perPound: Record<string, number> = {
  GBP: 1,
  EUR: 1.17,
  USD: 1.27,
  CHF: 1.12,
  SEK: 13.2,
  NOK: 13.9,
  DKK: 8.73,
  PLN: 5.05,
  CAD: 1.74,
  AUD: 1.93,
};

/** How many of a currency a pound buys; nothing where the bank does not deal in it. */
export function rateOf(currency: string): number | undefined {
  return Object.hasOwn(perPound, currency) ? perPound[currency] : undefined;
}
