// A payment: submitted once, however often anything crashes, then followed to a status that says how it ended.
import {
  allHandlersFinished,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  patched,
  setHandler,
} from '@temporalio/workflow';
import { idempotentWrites, polls } from './activity-options.ts';
import {
  paymentNames as names,
  type PaymentInput,
  type PaymentResult,
  type PaymentStatus,
} from './contracts/payment.ts';
import { lookSooner, type News } from './steps/look-sooner.ts';
import { endOfPayment, explainPayment } from './steps/payment-end.ts';
import { standAt } from './steps/standing.ts';

const submitPayment = defineUpdate<void>(names.submitPayment);
const bankHasNews = defineSignal(names.bankHasNews);
const statusQuery = defineQuery<PaymentStatus>(names.status);

export async function payment(input: PaymentInput): Promise<PaymentResult> {
  const { tenant, paymentId, bank } = input;
  const reference = { tenant, paymentId };
  const news: News = { isThere: false };
  let status: PaymentStatus = 'submitting';

  const submission = idempotentWrites(bank).submitPayment(reference);
  setHandler(submitPayment, async () => {
    await submission;
  });
  setHandler(bankHasNews, () => {
    // Those that were told before anybody listened went on without.
    news.isThere = patched('bank-has-news');
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
    status = (await lookSooner(news, () => polls(bank).followPaymentStatus(reference))).status;
  }
  standAt(status, explainPayment(status));
  await condition(allHandlersFinished);
  return { status: endOfPayment(status) };
}
