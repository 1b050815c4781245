// Payment consents of every family: created and read by the third party (Payment Initiation, consents of each profile).

import { chargesOf } from './charges.ts';
import { ownPaymentConsent } from './consent-checks.ts';
import { cutOffOf, executionFrom, expectedTimes, isClosed } from './cut-off.ts';
import { badRequest, type Fault, Refusal } from './errors.ts';
import { quoteBody, quoteFor } from './exchange-quotes.ts';
import { type Call, dateTime, type Operation } from './operation.ts';
import { debtorOf } from './payment-bodies.ts';
import { allPaymentFamilies, type FamilyFacts } from './payment-families.ts';
import { fundsConfirmation } from './payment-funds.ts';
import { faultsOfInitiation } from './payment-rules.ts';
import { summaryOf } from './payment-summary.ts';
import type { PaymentConsent, PaymentConsentRequest } from './records.ts';
import { namesOf } from './version-3-names.ts';

export const paymentConsents: readonly Operation[] = allPaymentFamilies.flatMap((facts) => [
  creation(facts),
  reading(facts),
  ...(facts.confirmsFunds ? [fundsConfirmation(facts)] : []),
]);

function creation(facts: FamilyFacts): Operation {
  const { family, consents: path } = facts;
  return {
    group: 'pisp',
    method: 'POST',
    path,
    family,
    caller: 'client',
    create(call) {
      // Checked against the published schema before.
      const { Data, Risk } = call.body as PaymentConsentRequest;
      const faults = [...faultsOfInitiation(Data.Initiation, facts, call), ...faultsOfRefund(call, Data)];
      if (faults.length > 0) throw new Refusal(400, faults);
      const { knobs } = call.deps;
      if (isClosed(knobs, facts, call.nowMs)) throw badRequest('U012', 'nothing more is taken today');
      const cutOffMs = cutOffOf(knobs, facts, call.nowMs);
      const expectedAtMs = executionFrom(knobs, facts, Data.Initiation, call.nowMs);
      const quote = quoteFor(Data.Initiation, facts, call.nowMs + knobs.quoteMs);
      const { consentId } = call.deps.state.addConsent({
        family,
        version: call.version,
        clientId: call.caller.clientId,
        permissions: [],
        payment: summaryOf(Data.Initiation, facts, quote),
        data: Data,
        ...(quote ? { quote } : {}),
        ...(cutOffMs === undefined ? {} : { cutOffMs }),
        ...(expectedAtMs === undefined ? {} : { expectedAtMs }),
        ...(Risk === undefined ? {} : { risk: Risk }),
      });
      return consentId;
    },
    show: (call, consentId) => ({ status: 201, body: bodyOf(call, facts, consentId) }),
  };
}

function reading(facts: FamilyFacts): Operation {
  return {
    group: 'pisp',
    method: 'GET',
    path: `${facts.consents}/{ConsentId}`,
    family: facts.family,
    caller: 'client',
    answer: (call) => ({ status: 200, body: bodyOf(call, facts, call.params.ConsentId ?? '') }),
  };
}

function faultsOfRefund(call: Call, { ReadRefundAccount }: PaymentConsent['data']): Fault[] {
  if (ReadRefundAccount === undefined || call.deps.choices.refundAccounts) return [];
  return [{ code: 'U005', message: 'is not offered', path: 'Data.ReadRefundAccount' }];
}

function bodyOf(call: Call, facts: FamilyFacts, consentId: string): object {
  const { family, consents } = facts;
  const consent = ownPaymentConsent(call, consentId, family);
  const { Initiation, Permission, ReadRefundAccount, Authorisation, SCASupportData } = consent.data;
  return {
    Data: {
      ConsentId: consent.consentId,
      CreationDateTime: dateTime(consent.createdAtMs),
      Status: namesOf(call.version).consentStatus(consent.status),
      StatusUpdateDateTime: dateTime(consent.statusChangedAtMs),
      // JSON leaves out what is undefined.
      Permission,
      ReadRefundAccount,
      Initiation,
      Authorisation,
      SCASupportData,
      CutOffDateTime: consent.cutOffMs === undefined ? undefined : dateTime(consent.cutOffMs),
      ...expectedTimes(facts, consent.expectedAtMs),
      Charges: chargesOf(Initiation),
      ExchangeRateInformation: quoteBody(consent.quote),
      Debtor: debtorOf(call, consent),
    },
    Risk: consent.risk,
    Links: { Self: `${call.groupUrl}${consents}/${consent.consentId}` },
    Meta: {},
  };
}
