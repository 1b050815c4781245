// Calling a payment journey off, by whoever asked for it or by its customer.
import type { PaymentJourneyRecord } from '../store/payment-journeys.ts';
import { JourneyClosed, JourneyFailure } from '../temporal/journeys.ts';
import type { ApiDeps } from './deps.ts';
import { inTime } from './driven-by-journey.ts';
import { journeyOf } from './payment-journey-members.ts';
import { standingOf } from './payment-journey-standing.ts';
import { Problem } from './problem.ts';

/** @throws {Problem} `payment-journey-too-late` once the customer has authorised it */
export async function callOff(
  { records, journeys }: Pick<ApiDeps, 'records' | 'journeys'>,
  journeyId: string,
): Promise<PaymentJourneyRecord> {
  const before = await journeyOf(records, journeyId);
  if (standingOf(before).status === 'called-off') return before;
  try {
    await inTime('update-in-progress', journeys.callOffPaymentJourney(journeyId));
  } catch (error) {
    if (!(error instanceof JourneyFailure) && !(error instanceof JourneyClosed)) throw error;
    const now = await journeyOf(records, journeyId);
    if (standingOf(now).status !== 'called-off')
      throw new Problem('payment-journey-too-late', { cause: error });
  }
  return await journeyOf(records, journeyId);
}
