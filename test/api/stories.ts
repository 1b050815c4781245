// Where tests begin: a registration that is made, a consent that the bank has recorded, an attempt to authorise it.
import type { Consent } from '../../store/consents.ts';
import type { BankRegistration } from '../../store/registrations.ts';
import type { ConsentFamily, ConsentStatus } from '../../workflows/contracts/consent.ts';
import { paymentConsentRequest } from '../standards/sample-bodies.ts';
import type { FakeApi } from './fake-api.ts';
import { testStart } from './fake-records.ts';

export const registrationId = '11111111-1111-4111-8111-111111111111';
export const consentId = '22222222-2222-4222-8222-222222222222';
export const statementId = '33333333-3333-4333-8333-333333333333';
export const unknownId = '99999999-9999-4999-8999-999999999999';
export const bankApi = 'https://bank.example/open-banking/v4.0';

export const registeredClient = {
  externalApiId: 'client-1',
  tokenEndpointAuthMethod: 'private_key_jwt',
  jwksUri: 'https://bank.example/jwks',
  tokenEndpoint: 'https://bank.example/token',
  authorizationEndpoint: 'https://bank.example/auth',
  registrationEndpoint: null,
  registrationScope: 'All' as const,
  defaultFragmentRedirectUri: 'https://tpp.example/fragment',
  defaultQueryRedirectUri: 'https://tpp.example/query',
  redirectUris: ['https://tpp.example/fragment', 'https://tpp.example/query'],
};

export function addRegistration({ tables }: FakeApi, changes: Partial<BankRegistration> = {}): void {
  tables.registrations.set(registrationId, {
    ...{ id: registrationId, created: testStart, createdBy: null, reference: null, status: 'registered' },
    ...{ softwareStatementId: statementId, bankProfile: 'Sandbox_Hybrid', bankGroup: 'Sandbox' },
    ...{
      aispUseV4: true,
      pispUseV4: true,
      vrpUseV4: true,
      cbpiiUseV4: true,
      client: registeredClient,
      failure: null,
    },
    ...{ revision: 1, requested: {} },
    ...changes,
  });
}

export function addConsent(
  api: FakeApi,
  family: ConsentFamily,
  status: ConsentStatus,
  changes: Partial<Consent> = {},
): void {
  addRegistration(api);
  api.tables.consents.set(consentId, {
    ...{ id: consentId, created: testStart, createdBy: null, reference: null, family, status },
    ...{ bankRegistrationId: registrationId, bankProfile: 'Sandbox_Hybrid', externalApiId: 'bank-consent-1' },
    ...{ externalApiUserId: null, authContextModified: testStart, authContextModifiedBy: null },
    ...{ createdWithV4: true, expiresAt: null, failure: null, permissions: null },
    ...{ bankStatus: null, bankStatusConfirmed: null, reconfirmed: null, reconfirmationReminded: null },
    lastUsedAt: null,
    ...changes,
  });
  api.tables.requestBodies.set(consentId, JSON.stringify(paymentConsentRequest('v4.0')));
}

/** What a journey's step does when the bank has recorded a consent. */
export function recordConsentAtBank({ tables }: FakeApi, id: string, body: object, path: string): void {
  const consent = tables.consents.get(id);
  if (consent === undefined) throw new Error('no such consent');
  tables.consents.set(id, { ...consent, status: 'awaiting-authorisation', externalApiId: 'bank-consent-1' });
  tables.bankResponses.set(id, { body, interactionId: 'interaction-1', url: `${bankApi}${path}` });
}
