// Account-access consents: created, read and deleted by the third party that asks for the access (Account Access Consents profile).
import { ownConsent } from './consent-checks.ts';
import { type ErrorCode, type Fault, Refusal } from './errors.ts';
import { type Call, dateTime, type Operation } from './operation.ts';
import { instantOf } from './published-schema.ts';
import type { AccountAccessConsent, AccountAccessRequest } from './records.ts';
import { namesOf } from './version-3-names.ts';

const path = '/account-access-consents';

export const accountAccessConsents: Operation[] = [
  {
    group: 'aisp',
    method: 'POST',
    path,
    caller: 'client',
    answer(call) {
      // Checked against the published schema before.
      const { Data } = call.body as AccountAccessRequest;
      const faults = [...faultsOf(Data, call.nowMs), ...faultsOfPermissions(call, Data)];
      if (faults.length > 0) throw new Refusal(400, faults);
      const consent = call.deps.state.addConsent({
        family: 'account-access',
        version: call.version,
        clientId: call.caller.clientId,
        permissions: Data.Permissions,
        ...(Data.ExpirationDateTime === undefined ? {} : { expiresAtMs: instantOf(Data.ExpirationDateTime) }),
        data: Data,
      });
      return { status: 201, body: bodyOf(call, ownConsent(call, consent.consentId, 'account-access')) };
    },
  },
  {
    group: 'aisp',
    method: 'GET',
    path: `${path}/{ConsentId}`,
    caller: 'client',
    answer: (call) => ({ status: 200, body: bodyOf(call, requested(call)) }),
  },
  {
    group: 'aisp',
    method: 'DELETE',
    path: `${path}/{ConsentId}`,
    caller: 'client',
    answer(call) {
      call.deps.state.removeConsent(requested(call).consentId);
      return { status: 204 };
    },
  },
];

function requested(call: Call): AccountAccessConsent {
  return ownConsent(call, call.params.ConsentId ?? '', 'account-access');
}

function bodyOf(call: Call, consent: AccountAccessConsent): object {
  const { Permissions, ExpirationDateTime, TransactionFromDateTime, TransactionToDateTime } = consent.data;
  return {
    Data: {
      ConsentId: consent.consentId,
      CreationDateTime: dateTime(consent.createdAtMs),
      Status: namesOf(call.version).consentStatus(consent.status),
      StatusUpdateDateTime: dateTime(consent.statusChangedAtMs),
      // As they were sent: the bank must not alter them. JSON leaves out what is undefined.
      Permissions,
      ExpirationDateTime,
      TransactionFromDateTime,
      TransactionToDateTime,
    },
    Risk: {},
    Links: { Self: `${call.groupUrl}${path}/${consent.consentId}` },
    Meta: {},
  };
}

/** Permissions that this bank grants to nobody. */
function faultsOfPermissions(call: Call, { Permissions }: AccountAccessRequest['Data']): Fault[] {
  const { refusedPermissions } = call.deps.choices;
  return Permissions.flatMap((permission, index) =>
    refusedPermissions.includes(permission)
      ? [{ code: 'U002', message: 'is not granted here', path: `Data.Permissions[${index}]` }]
      : [],
  );
}

/** What the schema cannot say: which permissions need each other, and which dates make sense. */
function faultsOf(data: AccountAccessRequest['Data'], nowMs: number): Fault[] {
  const has = (...permissions: string[]) =>
    permissions.some((permission) => data.Permissions.includes(permission));
  const faults: Fault[] = [];
  const fault = (code: ErrorCode, message: string, member: string) =>
    faults.push({ code, message, path: `Data.${member}` });
  if (!has('ReadAccountsBasic', 'ReadAccountsDetail')) {
    fault('U002', 'needs ReadAccountsBasic or ReadAccountsDetail', 'Permissions');
  }
  const level = has('ReadTransactionsBasic', 'ReadTransactionsDetail');
  const direction = has('ReadTransactionsCredits', 'ReadTransactionsDebits');
  if (level && !direction)
    fault('U002', 'needs ReadTransactionsCredits or ReadTransactionsDebits', 'Permissions');
  if (direction && !level)
    fault('U002', 'needs ReadTransactionsBasic or ReadTransactionsDetail', 'Permissions');
  const { ExpirationDateTime, TransactionFromDateTime: from, TransactionToDateTime: to } = data;
  if (ExpirationDateTime !== undefined && instantOf(ExpirationDateTime) <= nowMs) {
    fault('U003', 'is in the past', 'ExpirationDateTime');
  }
  if (from !== undefined && to !== undefined && instantOf(from) > instantOf(to)) {
    fault('U003', 'is before TransactionFromDateTime', 'TransactionToDateTime');
  }
  return faults;
}
