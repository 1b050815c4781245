// A payment from one request to its end: the consent at the bank, the customer's authorisation, the order submitted once,
// and its status followed, in one workflow that runs the steps of the consent and of the payment itself.
import {
  defineQuery,
  defineSignal,
  defineUpdate,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { searchAttributes } from '../temporal/search-attributes.ts';
import { idempotentWrites, onceOnly, polls, records, repeatable } from './activity-options.ts';
import { type CompleteAuthorisationRequest, consentNames } from './contracts/consent.ts';
import type { PaymentStatus } from './contracts/payment.ts';
import {
  type BankChoice,
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

/** Of a customer who has a link. */
const patienceMs = 24 * 60 * 60 * 1000;

type Asked = {
  authorise: { takes: CompleteAuthorisationRequest; gives: undefined };
  refuse: { takes: undefined; gives: undefined };
  callOff: { takes: undefined; gives: undefined };
  choose: { takes: BankChoice; gives: undefined };
};

const begin = defineUpdate<void>(names.begin);
const completeAuthorisation = defineUpdate<void, [CompleteAuthorisationRequest]>(
  consentNames.completeAuthorisation,
);
const customerRefused = defineUpdate<void>(names.customerRefused);
const callOff = defineUpdate<void>(names.callOff);
const chooseBank = defineUpdate<void, [BankChoice]>(names.chooseBank);
const bankHasNews = defineSignal(names.bankHasNews);
const statusQuery = defineQuery<PaymentJourneyStatus>(names.status);

export async function paymentJourney(input: PaymentJourneyInput): Promise<PaymentJourneyResult> {
  const { tenant, journeyId, consentId, paymentId, family } = input;
  const consent = { tenant, consentId, family };
  const desk = openRequestDesk<Asked>();
  const news: News = { isThere: false };
  let status = 'creating' as PaymentJourneyStatus;
  const isAwaited = () =>
    status === 'awaiting-bank' || status === 'creating' || status === 'awaiting-authorisation';
  const ask: typeof desk.ask = (kind, request) =>
    isAwaited() ? desk.ask(kind, request) : Promise.reject(notUsable('consent-not-usable'));

  let bank = input.bank ?? '';
  let creation = input.bank === undefined ? undefined : repeatable(bank).createConsentAtBank(consent);
  setHandler(begin, async () => {
    await creation;
  });
  setHandler(completeAuthorisation, (request) => ask('authorise', request));
  setHandler(customerRefused, () => ask('refuse', undefined));
  setHandler(callOff, () => ask('callOff', undefined));
  setHandler(chooseBank, (choice) => ask('choose', choice));
  setHandler(bankHasNews, () => {
    news.isThere = true;
  });
  setHandler(statusQuery, () => status);

  if (creation === undefined) {
    enter('awaiting-bank', 'Waiting for the customer to choose a bank.');
    const chosen = await choice();
    if (typeof chosen === 'string')
      return await ended(chosen, 'Ended before the customer had chosen a bank.');
    creation = chosen.creation;
  }

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
    if (ticket.kind === 'choose') ticket.refuse(notUsable('bank-already-chosen'));
    else if (ticket.kind === 'authorise') await authorise(ticket);
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

  /** The first choice counts, and is answered when the bank has recorded what is to be consented to. */
  async function choice() {
    const untilMs = Date.now() + patienceMs;
    for (;;) {
      if (!(await happensBefore(desk.hasNext, untilMs, input.clockRecheckMs)))
        return await endOpen('abandoned');
      const ticket = await desk.next();
      if (ticket.kind === 'callOff') {
        const end = await endOpen('called-off');
        ticket.answer(undefined);
        return end;
      }
      if (ticket.kind !== 'choose') ticket.refuse(notUsable('consent-not-usable'));
      else {
        const made = await begun(ticket);
        if (made !== undefined) return made;
      }
    }
  }

  async function endOpen<End extends 'abandoned' | 'called-off'>(end: End): Promise<End> {
    await records.recordOpenEnd({ tenant, journeyId, status: end });
    return end;
  }

  async function begun(ticket: Extract<Ticket<Asked>, { kind: 'choose' }>) {
    try {
      await records.recordBankChoice({ tenant, journeyId, ...ticket.request });
    } catch (error) {
      // It goes to whoever chose; the customer may choose another one.
      ticket.refuse(error);
      return undefined;
    }
    bank = ticket.request.bank;
    upsertSearchAttributes([{ key: searchAttributes.bank, value: bank }]);
    enter('creating', `The customer has chosen ${bank}.`);
    const creation = repeatable(bank).createConsentAtBank(consent);
    creation.then(() => ticket.answer(undefined), ticket.refuse);
    return { creation };
  }

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
