// Consents to ask whether an account has funds: created, read and deleted by the third party (Funds Confirmation Consent
// profile).
import { ownConsent } from './consent-checks.ts';
import { type Fault, Refusal } from './errors.ts';
import { type Call, dateTime, type Operation } from './operation.ts';
import { accountFault } from './payment-rules.ts';
import { instantOf } from './published-schema.ts';
import type { FundsConsent, FundsConsentRequest } from './records.ts';
import { namesOf } from './version-3-names.ts';

const path = '/funds-confirmation-consents';

export const fundsConfirmationConsents: Operation[] = [
  {
    group: 'cbpii',
    method: 'POST',
    path,
    caller: 'client',
    answer(call) {
      // Checked against the published schema before.
      const { Data } = call.body as FundsConsentRequest;
      const faults = faultsOf(Data, call.nowMs);
      if (faults.length > 0) throw new Refusal(400, faults);
      const { consentId } = call.deps.state.addConsent({
        family: 'funds-confirmation',
        version: call.version,
        clientId: call.caller.clientId,
        permissions: [],
        debtorAccount: Data.DebtorAccount,
        ...(Data.ExpirationDateTime === undefined ? {} : { expiresAtMs: instantOf(Data.ExpirationDateTime) }),
        data: Data,
      });
      return { status: 201, body: bodyOf(call, ownConsent(call, consentId, 'funds-confirmation')) };
    },
  },
  {
    group: 'cbpii',
    method: 'GET',
    path: `${path}/{ConsentId}`,
    caller: 'client',
    answer: (call) => ({ status: 200, body: bodyOf(call, requested(call)) }),
  },
  {
    group: 'cbpii',
    method: 'DELETE',
    path: `${path}/{ConsentId}`,
    caller: 'client',
    answer(call) {
      call.deps.state.removeConsent(requested(call).consentId);
      return { status: 204 };
    },
  },
];

function requested(call: Call): FundsConsent {
  return ownConsent(call, call.params.ConsentId ?? '', 'funds-confirmation');
}

function bodyOf(call: Call, consent: FundsConsent): object {
  const { ExpirationDateTime, DebtorAccount } = consent.data;
  return {
    Data: {
      ConsentId: consent.consentId,
      CreationDateTime: dateTime(consent.createdAtMs),
      Status: namesOf(call.version).fundsConsentStatus(consent.status),
      StatusUpdateDateTime: dateTime(consent.statusChangedAtMs),
      // As they were sent: the bank must not alter them. JSON leaves out what is undefined.
      ExpirationDateTime,
      DebtorAccount,
    },
    Links: { Self: `${call.groupUrl}${path}/${consent.consentId}` },
    Meta: {},
  };
}

/** What the schema cannot say: which accounts there are, and which dates make sense. */
function faultsOf(
  { DebtorAccount, ExpirationDateTime }: FundsConsentRequest['Data'],
  nowMs: number,
): Fault[] {
  const faults: Fault[] = [];
  const code = accountFault(DebtorAccount, ['UK.OBIE.PAN']);
  if (code) faults.push({ code, message: 'names no account of this bank', path: 'Data.DebtorAccount' });
  if (ExpirationDateTime !== undefined && instantOf(ExpirationDateTime) <= nowMs)
    faults.push({ code: 'U003', message: 'is in the past', path: 'Data.ExpirationDateTime' });
  return faults;
}
