// A consent that was made elsewhere: taken over as it is said to be, with nothing asked of the bank.
import { describe, expect, it } from 'vitest';
import { paymentConsentRequest } from '../standards/sample-bodies.ts';
import { fakeApi } from './fake-api.ts';
import { addRegistration, registrationId } from './stories.ts';

const path = '/aisp/account-access-consents';
const AuthContext = { State: 's', Nonce: 'n' };

function setUp() {
  const api = fakeApi();
  addRegistration(api);
  const started: unknown[] = [];
  api.journeys.createConsent = async (reference) => {
    started.push(reference);
    const consent = api.tables.consents.get(reference.consentId);
    if (consent !== undefined) api.tables.consents.set(consent.id, { ...consent, status: 'authorised' });
  };
  const take = (ExternalApiObject: object, headers: Record<string, string> = {}) =>
    api.send('POST', path, { body: { BankRegistrationId: registrationId, ExternalApiObject }, headers });
  return { ...api, started, take };
}

describe('an import', () => {
  it('is answered with what is known, and its journey is told what it is', async () => {
    const api = setUp();
    const { status, json } = await api.take({
      ExternalApiId: 'bank-7',
      AuthContext: { ...AuthContext, ModifiedBy: 'elsewhere', Modified: '2026-10-01T00:00:00Z' },
    });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      ...{ ExternalApiId: 'bank-7', Status: 'authorised', CreatedWithV4: false },
      ...{ AuthContextModifiedBy: 'elsewhere', AuthContextModified: '2026-10-01T00:00:00.000Z' },
      ReconfirmationDue: '2026-12-30T00:00:00.000Z',
    });
    expect(json).not.toHaveProperty('ExternalApiResponse');
    expect(api.started).toMatchObject([{ consentId: json.Id, family: 'account-access', isImported: true }]);
    expect([api.tables.requestBodies.size, api.tables.tokens.size]).toEqual([0, 0]);
  });

  it('with a refresh token keeps it, before its journey begins and once, and shows it nowhere', async () => {
    const api = setUp();
    const headers = { 'x-idempotency-key': 'k' };
    const imported = {
      ExternalApiId: 'bank-7',
      AuthContext: { ...AuthContext, RefreshToken: 'secret-token' },
    };
    const { json, text } = await api.take(imported, headers);
    const tokens = { fromVersion: 1, accessToken: '', refreshToken: 'secret-token' };
    expect([...api.tables.tokens]).toMatchObject([[json.Id, tokens]]);
    expect(text).not.toContain('secret-token');
    expect((await api.take(imported, headers)).json).toEqual(json);
    expect(api.started).toHaveLength(1);
  });

  it('counts before a request or a template', async () => {
    const api = setUp();
    const { json } = await api.send('POST', path, {
      body: {
        ...{ BankRegistrationId: registrationId, ExternalApiObject: { ExternalApiId: 'bank-7' } },
        TemplateRequest: { Type: 'MaximumPermissions' },
      },
    });
    expect(json.ExternalApiId).toBe('bank-7');
    expect(api.started).toMatchObject([{ isImported: true }]);
  });

  it.each<[object, string]>([
    [{}, 'ExternalApiObject.ExternalApiId'],
    [{ ExternalApiId: '' }, 'ExternalApiObject.ExternalApiId'],
    [{ ExternalApiId: 'c', AuthContext: { State: 's' } }, 'ExternalApiObject.AuthContext.Nonce'],
    [
      { ExternalApiId: 'c', AuthContext: { ...AuthContext, RefreshToken: ' ' } },
      'ExternalApiObject.AuthContext.RefreshToken',
    ],
    [
      { ExternalApiId: 'c', AuthContext: { ...AuthContext, Modified: '2026-11-20T12:00:01Z' } },
      'ExternalApiObject.AuthContext.Modified',
    ],
  ])('of %j is refused', async (imported, field) => {
    const api = setUp();
    const { status, json } = await api.take(imported);
    expect([status, Object.keys(json.errors ?? {})]).toEqual([400, [field]]);
    expect(api.tables.consents.size).toBe(0);
  });

  it('of a payment consent is refused', async () => {
    const body = { BankRegistrationId: registrationId, ExternalApiRequest: paymentConsentRequest('v4.0') };
    const { status, json } = await setUp().send('POST', '/pisp/domestic-payment-consents', {
      body: { ...body, ExternalApiObject: { ExternalApiId: 'x' } },
    });
    expect([status, Object.keys(json.errors ?? {})]).toEqual([400, ['ExternalApiObject']]);
  });
});
