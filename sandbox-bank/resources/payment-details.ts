// What payment-details say of an order: the payment made under it, and how far it has come.
import { type Call, dateTime } from './operation.ts';
import { rejectionTexts } from './payment-bodies.ts';
import { transferOf } from './payment-status.ts';
import type { Payment } from './records.ts';
import { namesOf } from './version-3-names.ts';

export function paymentDetails(call: Call, payment: Payment): object {
  const { status, sinceMs } = transferOf(payment, call.deps.knobs, call.nowMs);
  const name = namesOf(call.version).paymentDetailStatus(status);
  const reason = call.version === 'v4.0' ? payment.rejection : 'ProprietaryRejection';
  const detail = {
    Status: name,
    ...(status === 'RJCT' && payment.rejection
      ? { StatusReason: reason, StatusReasonDescription: rejectionTexts[payment.rejection] }
      : {}),
  };
  const standing = {
    PaymentTransactionId: payment.paymentId,
    Status: name,
    StatusUpdateDateTime: dateTime(sinceMs),
    StatusDetail: detail,
  };
  return { Data: { PaymentStatus: [standing] }, Links: { Self: call.selfUrl }, Meta: {} };
}
