// The reference's endpoints for trying things out with a browser: there when asked for, and like the reference's.
import { describe, expect, it } from 'vitest';
import type { AuthorisationTerms } from '../../api/bank-reads/bank-reads.ts';
import type { ConsentStatus } from '../../workflows/contracts/consent.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';
import { addConsent, consentId, unknownId } from './stories.ts';

const account = `/aisp/account-access-consents/${consentId}/auth`;
const payment = `/pisp/domestic-payment-consents/${consentId}/auth`;
const recurring = `/vrp/domestic-vrp-consents/${consentId}/auth`;
const terms: AuthorisationTerms = {
  ...{ redirectUri: 'https://tpp.example/auth/query-redirect', redirectMode: 'query', expectsIdToken: false },
};

function withTestEndpoints(
  changes: { terms?: Partial<AuthorisationTerms>; status?: ConsentStatus } = {},
): FakeApi {
  const api = fakeApi({ testEndpoints: true });
  addConsent(api, 'account-access', changes.status ?? 'awaiting-authorisation');
  api.bankReads.authorisationTerms = async () => ({ ...terms, ...changes.terms });
  api.bankReads.authorisationAddress = async (_, { state }) =>
    `https://bank.example/authorise?state=${state}`;
  api.journeys.completeAuthorisation = async (_, { redirectId }) =>
    void api.tables.redirectOutcomes.set(redirectId, { kind: 'authorised' });
  return api;
}

/** As a browser does: goes to the bank with the session that it was given, and comes back with both. */
async function begin(api: FakeApi, headers: Record<string, string> = {}) {
  const sent = await api.send('GET', account, { headers });
  const state = new URL(sent.headers.get('location') ?? '').searchParams.get('state') ?? '';
  const [cookie = '', ...attributes] = sent.headers.get('set-cookie')?.split('; ') ?? [];
  return { sent, state, cookie, attributes };
}

describe('the test endpoints', () => {
  it.each([
    ['GET', account],
    ['GET', payment],
    ['GET', recurring],
    ['GET', '/auth/query-redirect?state=s&code=c'],
    ['POST', '/auth/fragment-redirect-delegate'],
    ['GET', '/auth/fragment-redirect'],
    ['GET', '/auth/fragment-redirect.js'],
  ])('%s %s are not there unless they are asked for', async (method, path) => {
    const { status, json } = await fakeApi().send(method, path);
    expect([status, json.code]).toEqual([404, 'route-not-found']);
  });

  it('send the browser to the bank with a session of ten minutes', async () => {
    const api = withTestEndpoints();
    const { sent, cookie, attributes } = await begin(api, { reference: 'mine', 'x-obc-modified-by': 'me' });
    expect([sent.status, sent.text, sent.headers.get('cache-control')]).toEqual([302, '', 'no-store']);
    expect(cookie).toMatch(/^__Host-Session-Id=[\w-]{43}$/);
    expect(attributes.toSorted()).toEqual(['HttpOnly', 'Max-Age=600', 'Path=/', 'SameSite=Lax', 'Secure']);
    const [context] = api.tables.authContexts.values();
    expect(context).toMatchObject({ consentId, reference: 'mine', createdBy: 'me' });
    expect(api.logLines.join()).not.toContain(cookie.split('=')[1]);
  });

  it('do so for a payment consent, and find no others', async () => {
    const api = withTestEndpoints();
    expect((await api.send('GET', payment)).json.code).toBe('not-found');
    expect((await api.send('GET', account.replace(consentId, unknownId))).json.code).toBe('not-found');
    expect((await api.send('GET', recurring)).json.code).toBe('not-found');
    addConsent(api, 'domestic-payment', 'awaiting-authorisation');
    expect((await api.send('GET', payment)).status).toBe(302);
    addConsent(api, 'domestic-payment', 'authorised');
    const again = await api.send('GET', payment);
    expect([again.status, again.json.code, again.headers.get('set-cookie')]).toEqual([
      409,
      'consent-not-usable',
      null,
    ]);
  });

  it('take the browser back that comes with its session, and answer nothing', async () => {
    const api = withTestEndpoints();
    const { state, cookie } = await begin(api);
    const path = `/auth/query-redirect?state=${state}&code=code-1`;
    const stranger = await api.send('GET', path, { headers: { cookie: '__Host-Session-Id=other' } });
    expect([stranger.status, stranger.json.code]).toEqual([400, 'app-session-mismatch']);
    const back = await api.send('GET', path, { headers: { cookie } });
    expect([back.status, back.text]).toEqual([200, '']);
    expect([...api.tables.redirects.values()]).toMatchObject([{ parameters: { state, code: 'code-1' } }]);
    expect(api.logLines.join()).not.toMatch(/code-1/);
  });

  it('say what the bank refused', async () => {
    const api = withTestEndpoints();
    const { state, cookie } = await begin(api);
    const path = `/auth/query-redirect?state=${state}&error=access_denied`;
    const back = await api.send('GET', path, { headers: { cookie } });
    expect([back.status, back.json.code]).toEqual([400, 'authorisation-refused']);
  });

  it('take what stands behind the # through the page, whose author and session are not for it to say', async () => {
    const api = withTestEndpoints({ terms: { redirectMode: 'fragment', expectsIdToken: true } });
    const page = await api.send('GET', '/auth/fragment-redirect');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect((await api.send('GET', '/auth/fragment-redirect.js')).text).toContain(
      '/auth/fragment-redirect-delegate',
    );
    const { state, cookie } = await begin(api);
    const hand = (more: Record<string, string>, headers: Record<string, string> = { cookie }) =>
      api.send('POST', '/auth/fragment-redirect-delegate', {
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams({ state, code: 'c', id_token: 't', ...more }).toString(),
      });
    expect((await hand({}, { cookie: '__Host-Session-Id=other' })).json.code).toBe('app-session-mismatch');
    expect((await hand({ response_mode: 'query' })).json.code).toBe('response-mode-mismatch');
    expect((await hand({ redirect_uri: 'https://tpp.example/' })).json.code).toBe('redirect-uri-mismatch');
    const taken = await hand({ response_mode: 'fragment', modified_by: 'x', app_session_id: 'other' });
    expect([taken.status, taken.json]).toEqual([
      201,
      { ConsentType: 'AccountAccessConsent', ConsentId: consentId },
    ]);
    expect(taken.headers.get('location')).toBe('about:blank');
    expect([...api.tables.redirects.values()][0]?.parameters).not.toHaveProperty('modified_by');
  });

  it('are in the OpenAPI document when they are there, in a group of their own', async () => {
    const paths = async (api: FakeApi) => {
      const { json } = await api.send('GET', '/swagger/test/swagger.json');
      return Object.keys(json.paths ?? {});
    };
    const paymentConsents = [
      ['domestic-payment', 'domesticPayment'],
      ['domestic-scheduled-payment', 'domesticScheduledPayment'],
      ['domestic-standing-order', 'domesticStandingOrder'],
      ['file-payment', 'filePayment'],
      ['international-payment', 'internationalPayment'],
      ['international-scheduled-payment', 'internationalScheduledPayment'],
      ['international-standing-order', 'internationalStandingOrder'],
    ].map(([family, name]) => `/pisp/${family}-consents/{${name}ConsentId}/auth`);
    expect(await paths(fakeApi())).toEqual([]);
    expect((await paths(withTestEndpoints())).toSorted()).toEqual([
      '/aisp/account-access-consents/{accountAccessConsentId}/auth',
      '/auth/fragment-redirect-delegate',
      '/auth/query-redirect',
      '/cbpii/funds-confirmation-consents/{fundsConfirmationConsentId}/auth',
      ...paymentConsents,
      '/vrp/domestic-vrp-consents/{domesticVrpConsentId}/auth',
    ]);
  });
});
