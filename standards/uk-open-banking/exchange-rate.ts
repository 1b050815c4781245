// Until when a bank holds itself to the exchange rate that it told with a consent.
import { z } from 'zod';
import type { PaymentFamily } from './statuses.ts';

/** Each payment of a standing order has the rate of its own day. */
const quotedFamilies: ReadonlySet<PaymentFamily> = new Set([
  'international-payment',
  'international-scheduled-payment',
]);

export const hasExchangeRate = (family: PaymentFamily) => quotedFamilies.has(family);

const Quoted = z.object({
  Data: z.object({ ExchangeRateInformation: z.object({ ExpirationDateTime: z.string() }) }),
});

/**
 * @param consent as its bank told it, in either version
 * @returns undefined where nothing is said of an end, or nothing that can be read
 */
export function rateExpiryMs(consent: unknown): number | undefined {
  const { data } = Quoted.safeParse(consent);
  const expiryMs = Date.parse(data?.Data.ExchangeRateInformation.ExpirationDateTime ?? '');
  return Number.isNaN(expiryMs) ? undefined : expiryMs;
}
