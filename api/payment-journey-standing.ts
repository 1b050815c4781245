// How a payment journey stands, read off its consent and its payment.
import type { PaymentJourneyRecord } from '../store/payment-journeys.ts';
import type { PaymentJourneyStatus } from '../workflows/contracts/payment-journey.ts';

export interface Standing {
  status: PaymentJourneyStatus;
  /** Nothing further will happen. */
  isFinal: boolean;
}

export function standingOf({
  bankProfile,
  ended,
  consentStatus,
  paymentStatus,
}: PaymentJourneyRecord): Standing {
  if (bankProfile === null) return { status: ended ?? 'awaiting-bank', isFinal: ended !== null };
  if (paymentStatus !== null)
    return {
      status: paymentStatus,
      isFinal: paymentStatus !== 'submitting' && paymentStatus !== 'following',
    };
  switch (consentStatus) {
    case 'creating':
    case 'awaiting-authorisation':
      return { status: consentStatus, isFinal: false };
    case 'awaiting-upload':
      return { status: 'creating', isFinal: false };
    case 'authorised':
    case 'consumed':
      return { status: 'submitting', isFinal: false };
    case 'abandoned':
    case 'expired':
      return { status: 'abandoned', isFinal: true };
    case null:
    case 'deleted':
    case 'revoked':
      return { status: 'called-off', isFinal: true };
    case 'rejected':
      return { status: 'refused', isFinal: true };
    case 'failed':
      return { status: 'failed', isFinal: true };
    default:
      return consentStatus satisfies never;
  }
}
