// A house in which every request of the reference is a success, and which remembers what it was asked.
import { randomBytes } from 'node:crypto';
import { appSessionIdHash } from '../../api/app-session.ts';
import type { TestCertificate } from './certificates.ts';
import { type FakeApi, fakeApi, profilesLike } from './fake-api.ts';
import { testStart } from './fake-records.ts';
import { fullPaymentConsent } from './full-payment.ts';
import type { Request } from './reference-requests.ts';
import {
  addConsent,
  consentId,
  recordConsentAtBank,
  registeredClient,
  registrationId,
  statementId,
} from './stories.ts';

type Json = Record<string, unknown>;

export interface Seen {
  record: Json;
  body: unknown;
  bank: unknown[];
  journey: unknown[];
  answer: Json;
  status: number;
}

export async function house(
  request: Request,
  issued: TestCertificate,
): Promise<{ api: FakeApi; seen: Seen }> {
  const seen: Seen = { record: {}, body: undefined, bank: [], journey: [], answer: {}, status: 0 };
  const isAbout = (text: string) => request.operation.includes(text);
  const secret = isAbout('encryption-key') ? randomBytes(32).toString('base64') : issued.key;
  const api = fakeApi({
    testEndpoints: true,
    bankProfiles: profilesLike({ usesClientSecret: true }),
    readSecret: async () => secret,
  });
  await addObjects(api, issued);
  const isAccess = isAbout('account-access');
  addConsent(
    ...([api, isAccess ? 'account-access' : 'domestic-payment'] as const),
    isAbout('POST /pisp/domestic-payments') ? 'authorised' : 'awaiting-authorisation',
  );
  api.tables.requestBodies.set(consentId, JSON.stringify(fullPaymentConsent()));
  addReturn(api, isAbout('query-redirect') ? 'query' : 'fragment');
  if (isAbout('{externalApiId}')) addPayment(api);
  remember(api, seen);
  return { api, seen };
}

async function addObjects({ records }: FakeApi, issued: TestCertificate): Promise<void> {
  const entity = { createdBy: null, reference: null };
  const values = { certificate: issued.certificate, associatedKey: { source: 'File', name: 'k' } as const };
  for (const id of [consentId, registrationId]) {
    await records.obWacCertificates.insert('default', { id, ...entity, ...values });
    await records.obSealCertificates.insert('default', { id, ...entity, ...values, associatedKeyId: 'kid' });
  }
  await records.softwareStatements.insert('default', {
    ...{ id: statementId, ...entity, organisationId: 'o', softwareId: 's', sandboxEnvironment: true },
    ...{ defaultObWacCertificateId: consentId, defaultObSealCertificateId: consentId },
    ...{ defaultQueryRedirectUrl: 'https://a.example/', defaultFragmentRedirectUrl: 'https://a.example/' },
  });
}

function addReturn({ tables }: FakeApi, redirectMode: 'query' | 'fragment'): void {
  tables.authContexts.set('attempt', {
    ...{ id: 'attempt', created: testStart, createdBy: null, reference: null, consentId },
    ...{ family: 'account-access', bankProfile: 'Sandbox_Hybrid', state: 'state-1', nonce: 'nonce-1' },
    ...{ codeVerifier: 'v', appSessionIdHash: appSessionIdHash('session-1'), returned: false },
    ...{ redirectUri: 'https://a.example/', redirectMode, expectsIdToken: true, workflowId: 'w' },
  });
}

function addPayment({ tables }: FakeApi): void {
  tables.payments.set('payment', {
    ...{ id: 'payment', created: testStart, modifiedBy: null, consentId, family: 'domestic-payment' },
    ...{ consentExternalApiId: 'c', bankProfile: 'Sandbox_Hybrid', bankRegistrationId: registrationId },
    ...{ useV4: true, status: 'following', externalApiId: 'bank-1', bankStatus: null, failure: null },
    ...{ firstSentAt: null, lastSentAt: null, body: '', bankIdempotencyKey: 'k' },
  });
}

function remember(api: FakeApi, seen: Seen): void {
  const { records, journeys, bankReads, tables } = api;
  const noting =
    <Values, Answer>(insert: (tenant: string, values: Values) => Promise<Answer>) =>
    (tenant: string, values: Values): Promise<Answer> => {
      seen.record = Object.fromEntries(Object.entries(values ?? {}));
      const text = seen.record.requestBody ?? seen.record.body;
      if (typeof text === 'string') seen.body = JSON.parse(text);
      return insert(tenant, values);
    };
  for (const table of [records.obWacCertificates, records.obSealCertificates, records.softwareStatements])
    Object.assign(table, {
      insert: noting(table.insert as (tenant: string, values: object) => Promise<unknown>),
    });
  const {
    encryptionKeyDescriptions: keys,
    registrations,
    consents,
    authContexts,
    payments,
    redirects,
  } = records;
  keys.insert = noting(keys.insert);
  keys.setCurrent = async () => void Object.assign(seen.record, { isCurrent: true });
  registrations.insertRequested = noting(registrations.insertRequested);
  consents.insert = noting(consents.insert);
  const { recordDeletionAsked } = consents;
  consents.recordDeletionAsked = async (tenant, id, values) => {
    seen.record = { ...values };
    await recordDeletionAsked(tenant, id, values);
  };
  authContexts.insert = noting(authContexts.insert);
  payments.insert = noting(payments.insert);
  const { record } = redirects;
  redirects.record = (tenant, redirect) => {
    seen.record = { ...redirect.parameters };
    return record(tenant, redirect);
  };

  const asked = async (...request: unknown[]): Promise<void> => {
    seen.journey = request;
  };
  journeys.deleteRegistration = async (...request) => {
    await asked(...request);
    return { leftAtBank: false };
  };
  journeys.deleteConsent = asked;
  journeys.registerClient = async ({ registrationId: id }) => {
    const registration = tables.registrations.get(id);
    if (registration !== undefined)
      tables.registrations.set(id, { ...registration, client: registeredClient });
  };
  journeys.createConsent = async ({ consentId: id }) => recordConsentAtBank(api, id, {}, '/consents');
  journeys.submitPayment = async ({ paymentId }) => {
    const payment = tables.payments.get(paymentId);
    if (payment !== undefined) tables.payments.set(paymentId, { ...payment, externalApiId: 'bank-1' });
    tables.bankResponses.set(paymentId, { body: {}, interactionId: null, url: 'https://bank.example/' });
  };
  journeys.completeAuthorisation = async (_, { redirectId }) =>
    void tables.redirectOutcomes.set(redirectId, { kind: 'authorised' });
  const answer = { body: {}, interactionId: null, url: 'https://bank.example/' };
  const told = async (_: string, read: unknown) => {
    seen.bank.push(read);
    return answer;
  };
  Object.assign(bankReads, { readUnderConsent: told, readAsClient: told, readRegistration: told });
  bankReads.authorisationTerms = async () => ({
    ...{ redirectUri: 'https://a.example/', redirectMode: 'query', expectsIdToken: false },
  });
  bankReads.authorisationAddress = async () => 'https://bank.example/';
}
