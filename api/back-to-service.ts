// Where a customer goes when the bank has sent them back: the service's own address, with what it is to know.
import type { PaymentJourneyRecord } from '../store/payment-journeys.ts';

/** How it went is nothing to be believed of a browser: the service reads it by the id. */
export async function backToService({ id, returnUrl }: PaymentJourneyRecord): Promise<string> {
  const url = new URL(returnUrl);
  url.searchParams.set('paymentJourneyId', id);
  return url.href;
}
