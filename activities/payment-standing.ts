// How a payment stands with us when its bank says a status.
import {
  paymentStatusCode,
  settledAtDebtorStatuses,
  terminalPaymentStatuses,
} from '../standards/uk-open-banking/statuses.ts';
import type { PaymentStatus } from '../workflows/contracts/payment.ts';

/** Most banks that tell of the creditor's side do so within minutes; three days cover a weekend. */
const settledAtDebtorTailMs = 3 * 24 * 60 * 60_000;

const ends = new Map<string, PaymentStatus>([
  ['ACCC', 'settled'],
  ['RJCT', 'rejected'],
  ['CANC', 'cancelled'],
  ['BLCK', 'blocked'],
]);

/**
 * @param bankStatus of either version; one that neither knows is followed further
 * @param ageMs of the payment
 */
export function paymentStanding(bankStatus: string, ageMs: number): PaymentStatus {
  const code = paymentStatusCode(bankStatus, 'domestic-payment');
  if (code === undefined) return 'following';
  if (terminalPaymentStatuses.has(code)) return ends.get(code) ?? 'following';
  return settledAtDebtorStatuses.has(code) && ageMs > settledAtDebtorTailMs
    ? 'settled-at-debtor'
    : 'following';
}
