// A payment: submitted once, however often anything crashes, then followed to a status that says how it ended.
import { allHandlersFinished, condition, defineQuery, defineUpdate, setHandler } from '@temporalio/workflow';
import { idempotentWrites, polls } from './activity-options.ts';
import {
  paymentNames as names,
  type PaymentInput,
  type PaymentResult,
  type PaymentStatus,
} from './contracts/payment.ts';
import { standAt } from './steps/standing.ts';

const submitPayment = defineUpdate<void>(names.submitPayment);
const statusQuery = defineQuery<PaymentStatus>(names.status);

export async function payment(input: PaymentInput): Promise<PaymentResult> {
  const { tenant, paymentId, bank } = input;
  const reference = { tenant, paymentId };
  let status: PaymentStatus = 'submitting';

  const submission = idempotentWrites(bank).submitPayment(reference);
  setHandler(submitPayment, async () => {
    await submission;
  });
  setHandler(statusQuery, () => status);

  try {
    status = (await submission).status;
  } catch (error) {
    standAt('failed', 'Nothing was executed. The failure says why.');
    await condition(allHandlersFinished);
    throw error;
  }
  if (status === 'following') {
    standAt(status, 'The bank has the payment; its status is being followed.');
    status = (await polls(bank).followPaymentStatus(reference)).status;
  }
  standAt(status, explain(status));
  await condition(allHandlersFinished);
  return { status: endOf(status) };
}

function endOf(status: PaymentStatus): PaymentResult['status'] {
  switch (status) {
    case 'submitting':
    case 'following':
    case 'failed':
      throw new Error(`A payment does not end as ${status}.`);
    default:
      return status;
  }
}

function explain(status: PaymentStatus): string {
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
