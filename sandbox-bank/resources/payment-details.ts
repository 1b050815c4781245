// What payment-details say of an order: the payments made under it, and how far they have come.
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
  const rows = transactionIds(call, payment).map((id) => ({
    PaymentTransactionId: id,
    Status: name,
    StatusUpdateDateTime: dateTime(sinceMs),
    StatusDetail: detail,
  }));
  return { Data: { PaymentStatus: rows }, Links: { Self: call.selfUrl }, Meta: {} };
}

/** A file has as many as it says, in its order. */
function transactionIds({ deps }: Call, { paymentId, consentId }: Payment): string[] {
  const file = deps.state.fileOf(consentId);
  return file ? file.transactions.map((_, index) => `${paymentId}-${index + 1}`) : [paymentId];
}
