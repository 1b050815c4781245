// Domestic payment consents: created and read by the third party, and asked about funds by the customer's token
// (Domestic Payment Consents profile).
import { ownConsent } from './consent-checks.ts';
import { badRequest, Refusal } from './errors.ts';
import { balancesOf } from './ledger.ts';
import { minorOf } from './money.ts';
import { type Call, dateTime, type Operation } from './operation.ts';
import { debtorOf } from './payment-bodies.ts';
import { faultsOfInitiation, summaryOf } from './payment-rules.ts';
import type { PaymentConsent, PaymentConsentRequest } from './records.ts';
import { namesOf } from './version-3-names.ts';

const path = '/domestic-payment-consents';

export const domesticPaymentConsents: Operation[] = [
  {
    group: 'pisp',
    method: 'POST',
    path,
    caller: 'client',
    create(call) {
      // Checked against the published schema before.
      const { Data, Risk } = call.body as PaymentConsentRequest;
      const faults = faultsOfInitiation(Data.Initiation);
      if (Data.ReadRefundAccount !== undefined && !call.deps.choices.refundAccounts)
        faults.push({ code: 'U005', message: 'is not offered', path: 'Data.ReadRefundAccount' });
      if (faults.length > 0) throw new Refusal(400, faults);
      const { consentId } = call.deps.state.addConsent({
        family: 'domestic-payment',
        version: call.version,
        clientId: call.caller.clientId,
        permissions: [],
        payment: summaryOf(Data.Initiation),
        data: Data,
        risk: Risk,
      });
      return consentId;
    },
    show: (call, consentId) => ({
      status: 201,
      body: bodyOf(call, ownConsent(call, consentId, 'domestic-payment')),
    }),
  },
  {
    group: 'pisp',
    method: 'GET',
    path: `${path}/{ConsentId}`,
    caller: 'client',
    answer: (call) => ({
      status: 200,
      body: bodyOf(call, ownConsent(call, call.params.ConsentId ?? '', 'domestic-payment')),
    }),
  },
  {
    group: 'pisp',
    method: 'GET',
    path: `${path}/{ConsentId}/funds-confirmation`,
    caller: 'domestic-payment',
    answer(call, consent) {
      if (call.params.ConsentId !== consent.consentId) {
        throw badRequest('U008', 'the token belongs to another consent', 'ConsentId');
      }
      if (consent.status !== 'AUTH') throw badRequest('U009', 'the consent is not authorised');
      const result = {
        FundsAvailableDateTime: dateTime(call.nowMs),
        FundsAvailable: hasFunds(call, consent),
      };
      return {
        status: 200,
        body: { Data: { FundsAvailableResult: result }, Links: { Self: call.selfUrl }, Meta: {} },
      };
    },
  },
];

/** Whether the account that is to pay could pay now. */
export function hasFunds(call: Call, consent: PaymentConsent): boolean {
  if (!call.deps.knobs.checkFunds) return true;
  const account = call.deps.state.account(consent.accountIds[0] ?? '');
  const amountMinor = minorOf(consent.payment.amount);
  if (!account || amountMinor === undefined) return false;
  return balancesOf(call.deps, account).availableMinor >= amountMinor;
}

function bodyOf(call: Call, consent: PaymentConsent): object {
  const { Initiation, ReadRefundAccount, Authorisation, SCASupportData } = consent.data;
  return {
    Data: {
      ConsentId: consent.consentId,
      CreationDateTime: dateTime(consent.createdAtMs),
      Status: namesOf(call.version).consentStatus(consent.status),
      StatusUpdateDateTime: dateTime(consent.statusChangedAtMs),
      ReadRefundAccount,
      Initiation,
      Authorisation,
      SCASupportData,
      Debtor: debtorOf(call, consent),
    },
    Risk: consent.risk,
    Links: { Self: `${call.groupUrl}${path}/${consent.consentId}` },
    Meta: {},
  };
}
