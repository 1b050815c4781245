// Waiting until a payment journey stands otherwise.
import type { PaymentJourneyRecord } from '../store/payment-journeys.ts';
import type { ApiDeps } from './deps.ts';
import { journeyOf } from './payment-journey-members.ts';
import { standingOf } from './payment-journey-standing.ts';

/** Between two looks for somebody who waits. */
const lookEveryMs = 250;

/** The journey when it stands otherwise than was told, has ended, or the time is up. */
export async function changedJourney(
  records: Pick<ApiDeps['records'], 'paymentJourneys'>,
  journey: PaymentJourneyRecord,
  told: string,
  waitMs: number,
): Promise<PaymentJourneyRecord> {
  const untilMs = performance.now() + waitMs;
  for (let seen = journey; ; seen = await journeyOf(records, journey.id)) {
    const { status, isFinal } = standingOf(seen);
    const leftMs = untilMs - performance.now();
    if (isFinal || status !== told || leftMs <= 0) return seen;
    await new Promise((resolve) => setTimeout(resolve, Math.min(lookEveryMs, leftMs)));
  }
}
