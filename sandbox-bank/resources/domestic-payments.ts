// Domestic payments: made once under an authorised consent, then followed by the third party (Domestic Payments profile).
import { isDeepStrictEqual } from 'node:util';
import { ownConsent } from './consent-checks.ts';
import { hasFunds } from './domestic-payment-consents.ts';
import { badRequest, forbidden } from './errors.ts';
import { minorOf } from './money.ts';
import { type Call, dateTime, type Operation } from './operation.ts';
import { debtorOf } from './payment-bodies.ts';
import { isDoomed } from './payment-rules.ts';
import { noteRead, standingOf } from './payment-status.ts';
import type { Payment, PaymentConsent, PaymentRequest } from './records.ts';
import { namesOf } from './version-3-names.ts';

const path = '/domestic-payments';
const rejectionTexts = { AM04: 'Insufficient funds', AC04: 'The creditor account is closed' } as const;

export const domesticPayments: Operation[] = [
  {
    group: 'pisp',
    method: 'POST',
    path,
    caller: 'domestic-payment',
    create(call, consent) {
      // Checked against the published schema before.
      checkOrder(call, consent, call.body as PaymentRequest);
      const amountMinor = minorOf(consent.payment.amount) ?? 0;
      const rejection = rejectionOf(call, consent, amountMinor);
      const { paymentId } = call.deps.state.execute(consent, {
        consentId: consent.consentId,
        clientId: call.caller.clientId,
        version: call.version,
        debtorAccountId: consent.accountIds[0] ?? '',
        amountMinor,
        ...(rejection === undefined ? {} : { rejection }),
      });
      return paymentId;
    },
    show: (call, paymentId) => ({ status: 201, body: bodyOf(call, ownPayment(call, paymentId)) }),
  },
  {
    group: 'pisp',
    method: 'GET',
    path: `${path}/{DomesticPaymentId}`,
    caller: 'client',
    answer(call) {
      const payment = ownPayment(call, call.params.DomesticPaymentId ?? '');
      if (noteRead(payment, call.deps.knobs, call.nowMs))
        call.deps.state.payments.set(payment.paymentId, payment);
      return { status: 200, body: bodyOf(call, payment) };
    },
  },
  {
    group: 'pisp',
    method: 'GET',
    path: `${path}/{DomesticPaymentId}/payment-details`,
    caller: 'client',
    answer: (call) => ({
      status: 200,
      body: detailsOf(call, ownPayment(call, call.params.DomesticPaymentId ?? '')),
    }),
  },
];

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
}

function rejectionOf(call: Call, consent: PaymentConsent, amountMinor: number): Payment['rejection'] {
  if (!hasFunds(call, consent)) return 'AM04';
  return isDoomed(amountMinor) ? 'AC04' : undefined;
}

function ownPayment(call: Call, paymentId: string): Payment {
  const payment = call.deps.state.payments.get(paymentId);
  if (!payment || payment.version !== call.version) throw badRequest('U011', 'there is no such payment');
  if (payment.clientId !== call.caller.clientId)
    throw forbidden('U008', 'the payment is another third party’s');
  return payment;
}

function bodyOf(call: Call, payment: Payment): object {
  const consent = ownConsent(call, payment.consentId, 'domestic-payment');
  const { status, sinceMs } = standingOf(payment, call.deps.knobs, call.nowMs);
  const debtor = debtorOf(call, consent);
  const refund = consent.data.ReadRefundAccount === 'Yes' && debtor ? { Refund: { Account: debtor } } : {};
  return {
    Data: {
      DomesticPaymentId: payment.paymentId,
      ConsentId: payment.consentId,
      CreationDateTime: dateTime(payment.createdAtMs),
      Status: namesOf(call.version).paymentStatus(status),
      StatusUpdateDateTime: dateTime(sinceMs),
      ...(call.version === 'v4.0' && status === 'RJCT' ? { StatusReason: reasonsOf(payment) } : {}),
      ...refund,
      Initiation: consent.data.Initiation,
      Debtor: debtor,
    },
    Links: { Self: `${call.groupUrl}${path}/${payment.paymentId}` },
    Meta: {},
  };
}

function reasonsOf({ rejection }: Payment): object[] {
  if (rejection === undefined) return [];
  return [{ StatusReasonCode: rejection, StatusReasonDescription: rejectionTexts[rejection] }];
}

function detailsOf(call: Call, payment: Payment): object {
  const { status, sinceMs } = standingOf(payment, call.deps.knobs, call.nowMs);
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
