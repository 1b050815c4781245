// The link to the page of a payment that was asked for in one request: whoever has it may go on with the payment.
import type { PaymentJourneyRecord } from '../../store/payment-journeys.ts';
import type { ApiDeps } from '../deps.ts';
import { standingOf } from '../payment-journey-standing.ts';
import { Problem } from '../problem.ts';
import { tenantOf } from '../tenant.ts';

/** How long after its end a reload still shows how it ended. */
const shownAfterEndMs = 7 * 24 * 60 * 60 * 1000;

type Records = Pick<ApiDeps['records'], 'paymentLinks' | 'paymentJourneys'>;

export const pathOf = (token: string) => `/pay/${token}`;

export async function tokenOf({ paymentLinks }: Records, journeyId: string): Promise<string> {
  const token = await paymentLinks.tokenOf(tenantOf(), journeyId);
  if (token === undefined) throw new Problem('not-found');
  return token;
}

/** @returns undefined when it is not known where customers reach the public listener */
export async function hostedUrl(
  { records, publicUrl }: Pick<ApiDeps, 'publicUrl'> & { records: Records },
  journeyId: string,
): Promise<string | undefined> {
  const base = publicUrl();
  return base && `${base}${pathOf(await tokenOf(records, journeyId))}`;
}

/** @throws {Problem} `not-found` when the link leads nowhere, or no longer */
export async function journeyBehind(
  { records, clock }: Pick<ApiDeps, 'clock'> & { records: Records },
  token: string,
): Promise<PaymentJourneyRecord> {
  const linked = await records.paymentLinks.findJourney(tenantOf(), token);
  const journey = linked && (await records.paymentJourneys.find(tenantOf(), linked.journeyId));
  if (linked === undefined || journey === undefined) throw new Problem('not-found');
  const isOver = clock.nowMs() > linked.lastChanged.getTime() + shownAfterEndMs;
  if (isOver && standingOf(journey).isFinal) throw new Problem('not-found');
  return journey;
}
