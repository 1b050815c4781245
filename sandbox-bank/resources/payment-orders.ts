// Payment orders of every family: made once under an authorised consent, then followed by the third party.
import { isDeepStrictEqual } from 'node:util';
import { ownPaymentConsent } from './consent-checks.ts';
import { executionFrom, isTooLate } from './cut-off.ts';
import { badRequest, forbidden } from './errors.ts';
import { isLapsed } from './exchange-quotes.ts';
import { authorisersOf } from './multi-authorisation.ts';
import type { Call, Operation } from './operation.ts';
import { orderBody } from './payment-bodies.ts';
import { paymentDetails } from './payment-details.ts';
import { allPaymentFamilies, type FamilyFacts } from './payment-families.ts';
import { hasFunds } from './payment-funds.ts';
import { isDoomed } from './payment-rules.ts';
import { noteRead } from './payment-status.ts';
import { debitOf } from './payment-summary.ts';
import type { Payment, PaymentConsent, PaymentRequest } from './records.ts';

export const paymentOrders: readonly Operation[] = allPaymentFamilies.flatMap((facts) => [
  creation(facts),
  reading(facts),
  details(facts),
]);

function creation(facts: FamilyFacts): Operation {
  const { family, orders: path } = facts;
  return {
    group: 'pisp',
    method: 'POST',
    path,
    family,
    caller: 'payment',
    create(call, consent) {
      // Checked against the published schema before.
      checkOrder(call, consent, call.body as PaymentRequest);
      const amountMinor = debitOf(consent.payment) ?? 0;
      const rejection = rejectionOf(call, consent, facts, amountMinor);
      const authorisers = authorisersOf(call.deps.knobs, call.nowMs);
      const executeAtMs = executionFrom(call.deps.knobs, facts, consent.data.Initiation, call.nowMs);
      const { paymentId } = call.deps.state.execute(consent, {
        consentId: consent.consentId,
        clientId: call.caller.clientId,
        version: call.version,
        debtorAccountId: consent.accountIds[0] ?? '',
        amountMinor,
        ...(authorisers ? { authorisers } : {}),
        ...(executeAtMs === undefined ? {} : { executeAtMs }),
        ...(rejection === undefined ? {} : { rejection }),
      });
      return paymentId;
    },
    show: (call, paymentId) => ({
      status: 201,
      body: bodyOf(call, facts, ownPayment(call, facts, paymentId)),
    }),
  };
}

function reading(facts: FamilyFacts): Operation {
  const { family, orders, idParameter } = facts;
  return {
    group: 'pisp',
    method: 'GET',
    path: `${orders}/{${idParameter}}`,
    family,
    caller: 'client',
    answer(call) {
      const payment = ownPayment(call, facts, call.params[idParameter] ?? '');
      if (noteRead(payment, call.deps.knobs, call.nowMs))
        call.deps.state.payments.set(payment.paymentId, payment);
      return { status: 200, body: bodyOf(call, facts, payment) };
    },
  };
}

function details(facts: FamilyFacts): Operation {
  const { family, orders, idParameter } = facts;
  const path = `${orders}/{${idParameter}}/payment-details`;
  return {
    group: 'pisp',
    method: 'GET',
    path,
    family,
    caller: 'client',
    answer(call) {
      const payment = ownPayment(call, facts, call.params[idParameter] ?? '');
      const consent = ownPaymentConsent(call, payment.consentId, family);
      return { status: 200, body: paymentDetails(call, payment, consent) };
    },
  };
}

/** Under its own consent, authorised and unused, word for word what the customer agreed to. */
function checkOrder(call: Call, consent: PaymentConsent, { Data, Risk }: PaymentRequest): void {
  if (Data.ConsentId !== consent.consentId)
    throw badRequest('U008', 'the token belongs to another consent', 'Data.ConsentId');
  const usable = consent.status === 'AUTH' || (consent.status === 'COND' && !call.deps.knobs.honourSingleUse);
  if (!usable) throw badRequest('U009', 'the consent is not authorised, or used up', 'Data.ConsentId');
  if (!isDeepStrictEqual(Data.Initiation, consent.data.Initiation)) {
    throw badRequest('U008', 'differs from the consent', 'Data.Initiation');
  }
  if (!isDeepStrictEqual(Risk, consent.risk)) throw badRequest('U008', 'differs from the consent', 'Risk');
  checkTime(call, consent);
}

/** What was agreed to is not to be had any more: the bank ends the consent. */
function checkTime(call: Call, consent: PaymentConsent): void {
  if (consent.status !== 'AUTH') return;
  const isLate = isTooLate(call.deps.knobs, consent, call.nowMs);
  if (!isLate && !isLapsed(consent.quote, call.nowMs)) return;
  call.deps.state.turnDown(consent.consentId);
  if (isLate) throw badRequest('U012', 'the cut-off time has passed', 'Data.ConsentId');
  throw badRequest('U009', 'the exchange rate has lapsed, and the consent with it', 'Data.ConsentId');
}

/** The money has to be there on the day it leaves, and not before. */
function rejectionOf(
  call: Call,
  consent: PaymentConsent,
  { execution }: FamilyFacts,
  amountMinor: number,
): Payment['rejection'] {
  const isLater = execution === 'scheduled' || execution === 'standing-order';
  if (!isLater && !hasFunds(call, consent)) return 'AM04';
  return isDoomed(amountMinor) ? 'AC04' : undefined;
}

export function ownPayment(call: Call, { family }: FamilyFacts, paymentId: string): Payment {
  const payment = call.deps.state.payments.get(paymentId);
  if (!payment || payment.family !== family || payment.version !== call.version)
    throw badRequest('U011', 'there is no such payment');
  if (payment.clientId !== call.caller.clientId)
    throw forbidden('U008', 'the payment is another third party’s');
  return payment;
}

function bodyOf(call: Call, facts: FamilyFacts, payment: Payment): object {
  return orderBody(call, facts, payment, ownPaymentConsent(call, payment.consentId, facts.family));
}
