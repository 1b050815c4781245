// Where a customer goes when the bank has sent them back: the service's own address, with what it is to know.
import type { PaymentJourneyRecord } from '../store/payment-journeys.ts';
import type { ApiDeps } from './deps.ts';
import { changedJourney } from './payment-journey-changes.ts';
import { signedResult } from './signed-result.ts';

/** What a bank needs to take an order, as a rule: nobody looks at a blank page for longer. */
const waitMs = 3_000;

/** The address says how it went in a form that the browser cannot change. */
export async function backToService(
  deps: Pick<ApiDeps, 'records' | 'publicUrl' | 'clock'>,
  journey: PaymentJourneyRecord,
): Promise<string> {
  const url = new URL(journey.returnUrl);
  url.searchParams.set('paymentJourneyId', journey.id);
  const next = await changedJourney(deps.records, journey, 'submitting', waitMs);
  url.searchParams.set('paymentJourneyResult', await signedResult(deps, next));
  return url.href;
}
