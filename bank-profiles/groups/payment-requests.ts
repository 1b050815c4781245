// What a bank takes in requests of all its payments, where it says so of its payment API and not of one family.
import type { z } from 'zod';
import type { BankProfileSource } from '../profile.ts';
import type { createdResource } from '../schema/resources.ts';

type Requests = NonNullable<BankProfileSource['requests']>;
type Changes = Requests[z.output<typeof createdResource>];

/** Those that can ask for the account to refund to. */
export const refundableConsents = [
  'domesticPaymentConsent',
  'domesticScheduledPaymentConsent',
  'domesticStandingOrderConsent',
  'internationalPaymentConsent',
  'internationalScheduledPaymentConsent',
  'internationalStandingOrderConsent',
] as const;

/** Consents and the orders under them, which repeat them word for word. */
export const paymentRequests = [
  ...refundableConsents,
  'filePaymentConsent',
  'domesticPayment',
  'domesticScheduledPayment',
  'domesticStandingOrder',
  'internationalPayment',
  'internationalScheduledPayment',
  'internationalStandingOrder',
  'filePayment',
] as const;

export function eachRequest(of: readonly (keyof Requests)[], changes: Changes): Requests {
  return Object.fromEntries(of.map((resource) => [resource, changes]));
}
