// What payment-details say of an order: the payments made under it, and how far they have come.
import { type Call, dateTime } from './operation.ts';
import { rejectionTexts } from './payment-bodies.ts';
import { paymentFamilies } from './payment-families.ts';
import { type PaymentStanding, standingOf, transferOf, transferSince } from './payment-status.ts';
import type { Payment, PaymentConsent } from './records.ts';
import { paidTimes } from './standing-order-schedule.ts';
import { namesOf } from './version-3-names.ts';

interface Transfer extends PaymentStanding {
  id: string;
}

export function paymentDetails(call: Call, payment: Payment, consent: PaymentConsent): object {
  const rows = transfersUnder(call, payment, consent).map((transfer) => rowOf(call, payment, transfer));
  return { Data: { PaymentStatus: rows }, Links: { Self: call.selfUrl }, Meta: {} };
}

/** A file has as many as it says, in its order; a standing order those it has made. */
function transfersUnder(call: Call, payment: Payment, { data }: PaymentConsent): Transfer[] {
  const { deps, nowMs } = call;
  const { paymentId, family, consentId, createdAtMs } = payment;
  const numbered = (index: number) => `${paymentId}-${index + 1}`;
  const all = transferOf(payment, deps.knobs, nowMs);
  const file = deps.state.fileOf(consentId);
  if (file) return file.transactions.map((_, index) => ({ id: numbered(index), ...all }));
  const isStanding = paymentFamilies[family].execution === 'standing-order';
  if (
    isStanding &&
    standingOf(payment, deps.knobs, nowMs).status === 'INCO' &&
    deps.knobs.honourExecutionDate
  ) {
    const times = paidTimes(data.Initiation, createdAtMs, nowMs);
    if (times.length > 0)
      return times.map((atMs, index) => ({
        id: numbered(index),
        ...transferSince(atMs, deps.knobs, nowMs),
      }));
  }
  return [{ id: paymentId, ...all }];
}

function rowOf({ version }: Call, { rejection }: Payment, { id, status, sinceMs }: Transfer): object {
  const name = namesOf(version).paymentDetailStatus(status);
  const reason = version === 'v4.0' ? rejection : 'ProprietaryRejection';
  const isExplained = status === 'RJCT' && rejection !== undefined;
  return {
    PaymentTransactionId: id,
    Status: name,
    StatusUpdateDateTime: dateTime(sinceMs),
    StatusDetail: {
      Status: name,
      ...(isExplained ? { StatusReason: reason, StatusReasonDescription: rejectionTexts[rejection] } : {}),
    },
  };
}
