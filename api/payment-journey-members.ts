// A payment journey in the words of callers.
import type { PaymentJourneyRecord } from '../store/payment-journeys.ts';
import type { ApiDeps } from './deps.ts';
import { membersOrProblem } from './list.ts';
import { standingOf } from './payment-journey-standing.ts';
import { hostedUrl } from './payment-page/link.ts';
import { Problem, problemOfRecordedFailure } from './problem.ts';
import { entityMembers, withoutNulls } from './schemas/shared.ts';
import { tenantOf } from './tenant.ts';

/** @throws {Problem} `not-found` */
export async function journeyOf(
  { paymentJourneys }: Pick<ApiDeps['records'], 'paymentJourneys'>,
  journeyId: string,
): Promise<PaymentJourneyRecord> {
  const journey = await paymentJourneys.find(tenantOf(), journeyId);
  if (journey === undefined) throw new Problem('not-found');
  return journey;
}

/** With the link for its customer, where it is known how customers come to us. */
export async function journeyAnswer(
  deps: Pick<ApiDeps, 'records' | 'publicUrl'>,
  journey: PaymentJourneyRecord,
): Promise<Record<string, unknown>> {
  const link = await hostedUrl(deps, journey.id);
  return withoutNulls({ ...journeyMembers(journey), HostedUrl: link ?? null });
}

export function journeyMembers(journey: PaymentJourneyRecord): Record<string, unknown> {
  const { status, isFinal } = standingOf(journey);
  const known = {
    ...entityMembers(journey),
    ...{ BankProfile: journey.bankProfile, BankRegistrationId: journey.bankRegistrationId },
    ConsentId: journey.bankProfile === null ? null : journey.consentId,
    ...{ Family: journey.family, Status: status, IsFinal: isFinal },
    PaymentId: journey.paymentStatus === null ? null : journey.paymentId,
    ExternalApiId: journey.externalApiId,
    ExternalApiStatus: journey.bankStatus,
  };
  return membersOrProblem(known, () => {
    if (journey.failure !== null) throw problemOfRecordedFailure(journey.failure);
    return known;
  });
}
