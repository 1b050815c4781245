// How a payment's status is told to people, and with which of them it ends.
import type { PaymentResult, PaymentStatus } from '../contracts/payment.ts';

/** @throws for a status that a payment does not end with */
export function endOfPayment(status: PaymentStatus): PaymentResult['status'] {
  switch (status) {
    case 'submitting':
    case 'following':
    case 'failed':
      throw new Error(`A payment does not end as ${status}.`);
    default:
      return status;
  }
}

export function explainPayment(status: PaymentStatus): string {
  switch (status) {
    case 'submitting':
      return 'Being submitted to the bank.';
    case 'following':
      return 'The bank has the payment; its status is being followed.';
    case 'settled':
      return 'Settled: the creditor has the money.';
    case 'settled-at-debtor':
      return "Settled at the debtor's bank, which says no more than that.";
    case 'initiated':
      return 'In place at the bank, which carries it out.';
    case 'initiation-failed':
      return 'The bank could not put it in place.';
    case 'rejected':
      return 'Rejected by the bank.';
    case 'cancelled':
      return 'Cancelled.';
    case 'blocked':
      return "Blocked at the receiver's side.";
    case 'executed-id-unknown':
      return "Executed for certain, but the bank's id for it was never heard.";
    case 'outcome-unknown':
      return 'What became of it is unknown and nothing will be sent again: somebody has to look.';
    case 'failed':
      return 'Nothing was executed.';
    default:
      return status satisfies never;
  }
}
