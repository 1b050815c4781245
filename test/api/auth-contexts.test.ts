// Auth contexts: made for consents that can be authorised, secret where they must be, the same when asked for twice.
import { describe, expect, it } from 'vitest';
import { isSameAppSession } from '../../api/app-session.ts';
import type { ConsentStatus } from '../../workflows/contracts/consent.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';
import { addConsent, consentId, unknownId } from './stories.ts';

const accountPath = '/aisp/account-access-consent-auth-contexts';
const paymentPath = '/pisp/domestic-payment-consent-auth-contexts';

function withTerms(api: FakeApi): void {
  api.bankReads.authorisationTerms = async () => ({
    ...{ redirectUri: 'https://tpp.example/fragment', redirectMode: 'fragment', expectsIdToken: true },
  });
  api.bankReads.authorisationAddress = async (_, { state, externalApiConsentId }) =>
    `https://bank.example/auth?state=${state}&consent=${externalApiConsentId}`;
}

function authorisable(status: ConsentStatus = 'awaiting-authorisation'): FakeApi {
  const api = fakeApi();
  addConsent(api, 'account-access', status);
  withTerms(api);
  return api;
}

const body = { AccountAccessConsentId: consentId };

describe('creating an auth context', () => {
  it.each(['awaiting-authorisation', 'authorised'] as const)(
    'of a consent to ask about funds is possible before and after it was authorised: %s',
    async (status) => {
      const api = fakeApi();
      addConsent(api, 'funds-confirmation', status);
      withTerms(api);
      const path = '/cbpii/funds-confirmation-consent-auth-contexts';
      const answer = await api.send('POST', path, { body: { FundsConfirmationConsentId: consentId } });
      expect([answer.status, answer.json.FundsConfirmationConsentId]).toEqual([201, consentId]);
      expect((await api.send('GET', `${path}/${answer.json.Id}`)).status).toBe(200);
    },
  );

  it('answers with the address to go to and the id of the session', async () => {
    const api = authorisable();
    const { status, json, headers } = await api.send('POST', accountPath, {
      body: { ...body, CreatedBy: 'me' },
    });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`${accountPath}/${json.Id}`);
    expect(json).toMatchObject({ ...body, CreatedBy: 'me', State: expect.stringMatching(/^[\w-]{32}$/) });
    expect(json.AuthUrl).toBe(`https://bank.example/auth?state=${json.State}&consent=bank-consent-1`);
    expect(json.AppSessionId).toMatch(/^[\w-]{43}$/);
  });

  it('keeps the waiting journey, a verifier and a nonce, and of the session id only a hash', async () => {
    const api = authorisable();
    const { json } = await api.send('POST', accountPath, { body });
    const row = api.tables.authContexts.get(String(json.Id));
    expect(row).toMatchObject({
      workflowId: `consent/${consentId}`,
      codeVerifier: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(JSON.stringify(row)).not.toContain(json.AppSessionId);
    expect(isSameAppSession(String(json.AppSessionId), row?.appSessionIdHash ?? '')).toBe(true);
  });

  it('reads back without address and session id', async () => {
    const api = authorisable();
    const { json } = await api.send('POST', accountPath, { body });
    const { AuthUrl, AppSessionId, ...rest } = json;
    expect([AuthUrl, AppSessionId]).not.toContain(undefined);
    expect((await api.send('GET', `${accountPath}/${json.Id}`)).json).toEqual(rest);
    expect((await api.send('GET', `${paymentPath}/${json.Id}`)).status).toBe(404);
    expect((await api.send('GET', `${accountPath}/${unknownId}`)).status).toBe(404);
  });

  it('takes a state of the caller, once', async () => {
    const api = authorisable();
    const first = await api.send('POST', accountPath, { body: { ...body, State: 'mine' } });
    expect(first.json.State).toBe('mine');
    const second = await api.send('POST', accountPath, { body: { ...body, State: 'mine' } });
    expect([second.status, second.json.code]).toEqual([409, 'state-already-used']);
  });

  it.each(['', 'é', 'x'.repeat(257)])('refuses the state %j', async (State) => {
    const { status, json } = await authorisable().send('POST', accountPath, { body: { ...body, State } });
    expect([status, Object.keys(json.errors ?? {})]).toEqual([400, ['State']]);
  });

  it('made twice with one key is one attempt with the same secrets', async () => {
    const api = authorisable();
    const request = { body, headers: { 'x-idempotency-key': 'k' } };
    const first = await api.send('POST', accountPath, request);
    const second = await api.send('POST', accountPath, request);
    expect(second.json).toEqual(first.json);
    expect(api.tables.authContexts.size).toBe(1);
  });

  it('is refused where the consent stands elsewhere', async () => {
    for (const status of ['creating', 'rejected', 'revoked', 'expired', 'abandoned', 'failed'] as const) {
      const { status: answered, json } = await authorisable(status).send('POST', accountPath, { body });
      expect([answered, json.code]).toEqual([409, 'consent-not-usable']);
    }
  });

  it('is possible again for account access, and not for a payment that was authorised', async () => {
    expect((await authorisable('authorised').send('POST', accountPath, { body })).status).toBe(201);
    const api = fakeApi();
    withTerms(api);
    const paymentBody = { DomesticPaymentConsentId: consentId };
    addConsent(api, 'domestic-payment', 'awaiting-authorisation');
    expect((await api.send('POST', paymentPath, { body: paymentBody })).status).toBe(201);
    addConsent(api, 'domestic-payment', 'authorised');
    expect((await api.send('POST', paymentPath, { body: paymentBody })).status).toBe(409);
  });

  it('needs a consent that is there', async () => {
    const api = authorisable();
    expect(
      (await api.send('POST', accountPath, { body: { AccountAccessConsentId: unknownId } })).status,
    ).toBe(404);
    expect(
      (await api.send('POST', paymentPath, { body: { DomesticPaymentConsentId: consentId } })).status,
    ).toBe(404);
    expect((await api.send('POST', accountPath, { body: {} })).status).toBe(400);
  });
});
