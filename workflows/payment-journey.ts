// A payment from one request to its end: the consent at the bank, the customer's authorisation, the order submitted once,
// and its status followed, in one workflow that runs the steps of the consent and of the payment itself.
import { defineQuery, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow';
import { idempotentWrites, onceOnly, polls, records, repeatable } from './activity-options.ts';
import { type CompleteAuthorisationRequest, consentNames } from './contracts/consent.ts';
import type { PaymentStatus } from './contracts/payment.ts';
import {
  paymentJourneyNames as names,
  type PaymentJourneyInput,
  type PaymentJourneyResult,
  type PaymentJourneyStatus,
} from './contracts/payment-journey.ts';
import { authorisationDeadlineMs } from './steps/authorisation-deadline.ts';
import { failureOf } from './steps/failure-of.ts';
import { lookSooner, type News } from './steps/look-sooner.ts';
import { notUsable } from './steps/not-usable.ts';
import { endOfPayment, explainPayment } from './steps/payment-end.ts';
import { openRequestDesk, type Ticket } from './steps/request-desk.ts';
import { standAt } from './steps/standing.ts';
import { happensBefore } from './steps/wait-until.ts';

type Asked = {
  authorise: { takes: CompleteAuthorisationRequest; gives: undefined };
  refuse: { takes: undefined; gives: undefined };
  callOff: { takes: undefined; gives: undefined };
};

const begin = defineUpdate<void>(names.begin);
const completeAuthorisation = defineUpdate<void, [CompleteAuthorisationRequest]>(
  consentNames.completeAuthorisation,
);
const customerRefused = defineUpdate<void>(names.customerRefused);
const callOff = defineUpdate<void>(names.callOff);
const bankHasNews = defineSignal(names.bankHasNews);
const statusQuery = defineQuery<PaymentJourneyStatus>(names.status);

export async function paymentJourney(input: PaymentJourneyInput): Promise<PaymentJourneyResult> {
  const { tenant, consentId, paymentId, family, bank } = input;
  const consent = { tenant, consentId, family };
  const desk = openRequestDesk<Asked>();
  const news: News = { isThere: false };
  let status = 'creating' as PaymentJourneyStatus;
  const isAwaited = () => status === 'creating' || status === 'awaiting-authorisation';
  const ask: typeof desk.ask = (kind, request) =>
    isAwaited() ? desk.ask(kind, request) : Promise.reject(notUsable('consent-not-usable'));

  const creation = repeatable(bank).createConsentAtBank(consent);
  setHandler(begin, async () => {
    await creation;
  });
  setHandler(completeAuthorisation, (request) => ask('authorise', request));
  setHandler(customerRefused, () => ask('refuse', undefined));
  setHandler(callOff, () => ask('callOff', undefined));
  setHandler(bankHasNews, () => {
    news.isThere = true;
  });
  setHandler(statusQuery, () => status);

  let deadlineMs: number;
  try {
    deadlineMs = authorisationDeadlineMs(family, Date.now(), (await creation).expiresAtMs);
  } catch (error) {
    await records.recordFailure({ tenant, consentId, failure: failureOf(error) });
    return await failed('The bank did not record the consent. The failure says why.', error);
  }
  enter('awaiting-authorisation', 'Recorded by the bank; waiting for the customer to come back from it.');

  while (status === 'awaiting-authorisation') {
    if (!(await happensBefore(desk.hasNext, deadlineMs, input.clockRecheckMs))) {
      await records.recordConsentEnd({ ...consent, status: 'abandoned' });
      return await ended('abandoned', 'The customer never came back from the bank.');
    }
    const ticket = await desk.next();
    if (ticket.kind === 'callOff') {
      await records.recordConsentEnd({ ...consent, status: 'deleted' });
      ticket.answer(undefined);
      return await ended('called-off', 'Called off before the customer had authorised it.');
    }
    if (ticket.kind === 'authorise') await authorise(ticket);
    else if (await isRefused(ticket)) return await ended('refused', 'The customer said no at the bank.');
  }

  // Whoever called it off while the customer came back is too late.
  while (desk.hasNext()) (await desk.next()).refuse(notUsable('consent-not-usable'));

  let paid: PaymentStatus;
  const reference = { tenant, paymentId };
  try {
    // Somebody may have submitted one under the consent meanwhile: then it is that.
    reference.paymentId = (await records.prepareOrder({ ...consent, paymentId })).paymentId;
    paid = (await idempotentWrites(bank).submitPayment(reference)).status;
  } catch (error) {
    return await failed('Nothing was executed. The failure says why.', error);
  }
  if (paid === 'following') {
    enter(paid, explainPayment(paid));
    paid = (await lookSooner(news, () => polls(bank).followPaymentStatus(reference))).status;
  }
  return await ended(endOfPayment(paid), explainPayment(paid));

  async function authorise(ticket: Extract<Ticket<Asked>, { kind: 'authorise' }>): Promise<void> {
    try {
      await onceOnly(bank).completeAuthorisation({ ...consent, ...ticket.request });
      enter('submitting', explainPayment('submitting'));
      ticket.answer(undefined);
    } catch (error) {
      // It goes to whoever asked; the customer may try again.
      ticket.refuse(error);
    }
  }

  /** Some banks let the customer try again. */
  async function isRefused(ticket: Extract<Ticket<Asked>, { kind: 'refuse' }>): Promise<boolean> {
    try {
      const { isRejected } = await repeatable(bank).lookAtConsent(consent);
      if (isRejected) await records.recordConsentEnd({ ...consent, status: 'rejected' });
      ticket.answer(undefined);
      return isRejected;
    } catch (error) {
      ticket.refuse(error);
      return false;
    }
  }

  function enter(next: PaymentJourneyStatus, text: string): void {
    status = next;
    standAt(next, text);
  }

  async function ended<Status extends PaymentJourneyResult['status']>(end: Status, text: string) {
    enter(end, text);
    await desk.close((ticket) => ticket.refuse(notUsable('consent-not-usable')));
    return { status: end };
  }

  async function failed(text: string, error: unknown): Promise<never> {
    enter('failed', text);
    await desk.close((ticket) => ticket.refuse(notUsable('consent-not-usable')));
    throw error;
  }
}
