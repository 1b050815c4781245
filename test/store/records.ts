// Records to test with: one of each kind, under fresh ids, each with what it hangs on.
import { randomUUID } from 'node:crypto';
import type { NewAccessRecord } from '../../store/access-records.ts';
import type { NewAuthContext } from '../../store/auth-contexts.ts';
import type { ObSealCertificate, ObWacCertificate } from '../../store/certificates.ts';
import type { NewConsent } from '../../store/consents.ts';
import type { RecordedFailure } from '../../store/failures.ts';
import type { NewPayment } from '../../store/payments.ts';
import type { RegisteredClient, RequestedRegistration } from '../../store/registrations.ts';
import type { SoftwareStatement } from '../../store/software-statements.ts';
import type { Store } from '../../store/store.ts';

export const tenant = 'default';
export const otherTenant = 'other';

const entity = () => ({ id: randomUUID(), createdBy: 'test', reference: 'a reference' });

export const newObWac = (): ObWacCertificate => ({
  ...entity(),
  associatedKey: { source: 'File', name: 'transport.key' },
  certificate: 'transport certificate, PEM',
});

export const newObSeal = (): ObSealCertificate => ({
  ...entity(),
  associatedKeyId: 'kid-1',
  associatedKey: { source: 'Configuration', name: 'Keys:Signing' },
  certificate: 'signing certificate, PEM',
});

export const newStatement = (obWacId: string, obSealId: string): SoftwareStatement => ({
  ...entity(),
  organisationId: 'org',
  softwareId: 'software',
  sandboxEnvironment: true,
  defaultObWacCertificateId: obWacId,
  defaultObSealCertificateId: obSealId,
  defaultQueryRedirectUrl: 'https://tpp.example/query',
  defaultFragmentRedirectUrl: 'https://tpp.example/fragment',
});

export const newRegistration = (softwareStatementId: string): RequestedRegistration => ({
  ...entity(),
  softwareStatementId,
  bankProfile: 'Sandbox_Hybrid',
  bankGroup: 'Sandbox',
  registrationScope: 'All',
  aispUseV4: true,
  pispUseV4: true,
  vrpUseV4: false,
  cbpiiUseV4: false,
});

export const newClient = (): RegisteredClient => ({
  externalApiId: randomUUID(),
  tokenEndpointAuthMethod: 'private_key_jwt',
  jwksUri: 'https://bank.example/jwks',
  tokenEndpoint: 'https://bank.example/token',
  authorizationEndpoint: 'https://bank.example/authorize',
  registrationEndpoint: 'https://bank.example/register',
  registrationScope: 'All',
  defaultFragmentRedirectUri: 'https://tpp.example/fragment',
  defaultQueryRedirectUri: 'https://tpp.example/query',
  redirectUris: ['https://tpp.example/fragment', 'https://tpp.example/query'],
});

export const newConsent = (bankRegistrationId: string, values: Partial<NewConsent> = {}): NewConsent => ({
  ...entity(),
  family: 'account-access',
  bankRegistrationId,
  externalApiUserId: null,
  requestBody: '{"Data":{"Permissions":["ReadBalances"]},"Risk":{}}',
  useV4: true,
  ...values,
});

export const newAuthContext = (consentId: string): NewAuthContext => ({
  ...entity(),
  consentId,
  state: randomUUID(),
  nonce: randomUUID(),
  codeVerifier: `verifier-${randomUUID()}`,
  appSessionIdHash: 'hash',
  redirectUri: 'https://tpp.example/fragment',
  redirectMode: 'fragment',
  expectsIdToken: true,
  workflowId: `consent/${consentId}`,
});

export const newAccessRecord = (
  consentId: string,
  values: Partial<NewAccessRecord> = {},
): NewAccessRecord => ({
  ...{ id: randomUUID(), consentId, created: new Date('2026-11-20T12:00:00Z'), operation: 'GET /accounts' },
  ...{ status: 200, outcome: 'answered', attended: true, interactionId: null, used: true },
  ...values,
});

export const newPayment = (consentId: string): NewPayment => ({
  id: randomUUID(),
  consentId,
  family: 'domestic-payment',
  body: '{"Data":{"Initiation":{"InstructedAmount":{"Amount":"10.00","Currency":"GBP"}}}}',
  bankIdempotencyKey: randomUUID(),
});

export const bankResponse = (body: unknown) => ({
  body,
  interactionId: randomUUID(),
  url: 'https://bank.example/thing',
});

export const failure: RecordedFailure = {
  type: 'BankRejectedRequest',
  details: { code: 'bank-rejected-request', httpStatus: 400, errorCodes: ['U004'] },
  bank: {
    endpointHttpMethod: 'POST',
    endpointUrl: 'https://bank.example/consents',
    endpointResponse: { Message: 'the account of Jane Planted-Name is closed' },
  },
};

/** A registered client with everything below it. */
export async function addRegistration(store: Store, of = tenant): Promise<string> {
  const obWac = await store.obWacCertificates.insert(of, newObWac());
  const obSeal = await store.obSealCertificates.insert(of, newObSeal());
  const statement = await store.softwareStatements.insert(of, newStatement(obWac.id, obSeal.id));
  const registration = newRegistration(statement.id);
  await store.registrations.insertRequested(of, registration);
  await store.registrations.recordRegistered(of, registration.id, { client: newClient() });
  return registration.id;
}

/** A consent that the bank has recorded and that waits for its customer. */
export async function addConsent(
  store: Store,
  registrationId: string,
  values: Partial<NewConsent> = {},
  of = tenant,
): Promise<string> {
  const consent = newConsent(registrationId, values);
  await store.consents.insert(of, consent);
  const created = { externalApiId: `bank-${consent.id}`, bankResponse: bankResponse({ Data: {} }) };
  await store.consents.recordCreated(of, consent.id, created);
  return consent.id;
}
