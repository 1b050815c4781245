// The page that customers come back to: strict in what it may load, plain in what it says, silent about what it got.
import { runInNewContext } from 'node:vm';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { appSessionIdHash } from '../../api/app-session.ts';
import { createPublicApp } from '../../api/public-app.ts';
import type { AuthContext } from '../../store/auth-contexts.ts';
import { JourneyFailure, JourneyInProgress, JourneysUnavailable } from '../../temporal/journeys.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';
import { testStart } from './fake-records.ts';
import { addConsent, consentId } from './stories.ts';

const contextId = '44444444-4444-4444-8444-444444444444';

function waiting(changes: Partial<AuthContext> = {}) {
  const api = fakeApi();
  addConsent(api, 'account-access', 'awaiting-authorisation');
  api.tables.authContexts.set(contextId, {
    ...{ id: contextId, created: testStart, createdBy: null, reference: null, consentId },
    ...{ family: 'account-access', bankProfile: 'Sandbox_Hybrid', state: 'state-1', nonce: 'nonce-1' },
    ...{ codeVerifier: 'verifier-1', appSessionIdHash: appSessionIdHash('session-1'), returned: false },
    ...{ redirectUri: 'https://tpp.example/', redirectMode: 'query', expectsIdToken: false },
    workflowId: `consent/${consentId}`,
    ...changes,
  });
  api.journeys.completeAuthorisation = async (_, { redirectId }) =>
    void api.tables.redirectOutcomes.set(redirectId, { kind: 'authorised' });
  return { api, app: createPublicApp(api.deps) };
}

const journeyId = '55555555-5555-4555-8555-555555555555';
const signedClaims = Buffer.from(JSON.stringify({ state: 'state-1' })).toString('base64url');

function addJourney(api: FakeApi): void {
  api.tables.paymentJourneys.set(journeyId, {
    ...{ id: journeyId, createdBy: null, reference: null, consentId, paymentId: consentId },
    returnUrl: 'https://shop.example/orders?of="me"&x=<b>',
  });
}

type App = ReturnType<typeof createPublicApp>;

/** As a browser does: goes on to the page that it is sent to, whose address tells nothing of what the bank sent. */
async function visit(app: App, address: string, options: RequestInit = {}): Promise<Response> {
  const answer = await app.request(address, options);
  expect(answer.status).toBe(303);
  const location = answer.headers.get('location') ?? '';
  expect(location).toMatch(/^\/auth\/outcome\/[a-z-]+(\?reference=[0-9a-f-]{36})?$/);
  return app.request(location);
}

const postFragment = (app: App, form: Record<string, string>) =>
  visit(app, '/auth/fragment-redirect-delegate', { method: 'POST', body: new URLSearchParams(form) });

function headline(text: string): string | undefined {
  return /<h1>(.*?)<\/h1>/.exec(text)?.[1];
}

describe('coming back from a payment that was asked for in one request', () => {
  it('goes on to where the service wants the customer, with a result that it can verify', async () => {
    const { api, app } = waiting();
    addConsent(api, 'domestic-payment', 'awaiting-authorisation');
    addJourney(api);
    const answer = await app.request('/auth/query-redirect?state=state-1&code=code-1');
    const location = answer.headers.get('location') ?? '';
    expect([answer.status, location]).toEqual([303, `/pay/link-of-${journeyId}/returned`]);
    const page = await app.request(location);
    const text = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const back = `https://shop.example/orders?of=%22me%22&amp;x=%3Cb%3E&amp;paymentJourneyId=${journeyId}`;
    const [, address = ''] = /content="0; url=([^"]+)"/.exec(text) ?? [];
    expect(address.startsWith(`${back}&amp;paymentJourneyResult=`)).toBe(true);
    expect(text).toContain(`<a href="${address}"`);
    const keys = createLocalJWKSet(JSON.parse(await (await app.request('/.well-known/jwks.json')).text()));
    const result = new URL(address.replaceAll('&amp;', '&')).searchParams.get('paymentJourneyResult') ?? '';
    const { payload } = await jwtVerify(result, keys, {
      ...{ audience: 'https://shop.example', typ: 'payment-journey-result+jwt', algorithms: ['ES256'] },
      ...{ issuer: 'https://pay.example', subject: journeyId, currentDate: testStart },
    });
    expect(payload).toMatchObject({ status: 'awaiting-authorisation', isFinal: false });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(600);
    expect(api.logLines.join()).not.toContain('link-of');
    for (const unknown of [journeyId, consentId, 'nonsense'])
      expect((await app.request(`/pay/${unknown}/returned`)).status).toBe(404);
    expect((await app.request(`/auth/returned/${journeyId}`)).status).toBe(404);
  });
});

describe('coming back from a payment that the customer did not want', () => {
  it.each([
    ['said so', 'error=access_denied'],
    ['said so in a signed response', `response=e30.${signedClaims}.s`],
  ])('%s: the journey is told, and the service hears of it', async (_, query) => {
    const isSigned = query.startsWith('response');
    const { api, app } = waiting({
      workflowId: `payment-journey/${journeyId}`,
      ...(isSigned ? { redirectMode: 'jwt' } : {}),
    });
    addConsent(api, 'domestic-payment', 'awaiting-authorisation');
    addJourney(api);
    api.journeys.completeAuthorisation = async () => {
      throw new JourneyFailure('RedirectRefused', 'refused', { code: 'authorisation-refused' });
    };
    const told: string[] = [];
    api.journeys.customerRefused = async (workflowId, authContextId) => {
      told.push(workflowId, authContextId);
      if (isSigned) throw new JourneysUnavailable('for a while');
    };
    const answer = await app.request(`/auth/query-redirect?state=state-1&${query}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      `/pay/link-of-${journeyId}/returned`,
    ]);
    expect(told).toEqual([`payment-journey/${journeyId}`, contextId]);
  });
});

describe('coming back with the answer in the query', () => {
  it('ends on a page that says so, without a word of what the bank sent', async () => {
    const { api, app } = waiting();
    const response = await visit(app, '/auth/query-redirect?state=state-1&code=code-1');
    const text = await response.text();
    expect([response.status, headline(text)]).toEqual([200, 'Thank you']);
    expect(text + api.logLines.join()).not.toMatch(/code-1|state-1/);
    expect(api.tables.redirects.get(contextId)?.parameters).toEqual({ state: 'state-1', code: 'code-1' });
  });

  it('of a signed response is taken whole', async () => {
    const { api, app } = waiting({ redirectMode: 'jwt' });
    expect((await visit(app, `/auth/query-redirect?response=e30.${signedClaims}.s`)).status).toBe(200);
    expect(api.tables.redirects.get(contextId)?.parameters).toMatchObject({
      response: `e30.${signedClaims}.s`,
    });
  });

  it('without any answer is refused', async () => {
    expect((await visit(waiting().app, '/auth/query-redirect')).status).toBe(400);
  });

  it('of a bank that answers in the fragment is refused', async () => {
    const { app } = waiting({ redirectMode: 'fragment' });
    expect((await visit(app, '/auth/query-redirect?state=state-1&code=c')).status).toBe(400);
  });

  it('cannot claim an author, an address or a mode', async () => {
    const { api, app } = waiting();
    const claims = 'modified_by=me&redirect_uri=https://evil.example&response_mode=fragment';
    expect((await visit(app, `/auth/query-redirect?state=state-1&code=c&${claims}`)).status).toBe(200);
    expect(api.tables.redirects.get(contextId)?.parameters).not.toHaveProperty('modified_by');
  });

  it('in another session is refused when the browser was given one', async () => {
    const { app } = waiting();
    const come = (session: string) =>
      visit(app, '/auth/query-redirect?state=state-1&code=c', {
        headers: { cookie: `__Host-Session-Id=${session}` },
      });
    expect((await come('session-2')).status).toBe(400);
    expect((await come('session-1')).status).toBe(200);
  });

  it('in one of several sessions of the browser is taken', async () => {
    const { app } = waiting();
    const cookie = '__Host-Session-Id=session-9.session-1';
    const query = '/auth/query-redirect?state=state-1&code=c';
    expect((await visit(app, query, { headers: { cookie } })).status).toBe(200);
  });

  it('without the session that the browser was given on a page of ours is refused', async () => {
    const { api, app } = waiting({ sessionRequired: true });
    const query = '/auth/query-redirect?state=state-1&code=c';
    expect((await visit(app, query)).status).toBe(400);
    expect(api.tables.redirects.size).toBe(0);
    const headers = { cookie: '__Host-Session-Id=session-1' };
    expect((await visit(app, query, { headers })).status).toBe(200);
  });
});

describe('coming back with the answer in the fragment', () => {
  it('goes through a page whose script hands it on and clears the address', async () => {
    const { app } = waiting();
    const text = await (await app.request('/auth/fragment-redirect')).text();
    expect(text).toContain('<noscript>');
    expect(text).not.toMatch(/<script>|<style|style=|onload/);
    const script = await (await app.request('/auth/fragment-redirect.js')).text();
    const sent = runInBrowser(script, '#state=state-1&code=c%26d&response_mode=query');
    expect(sent).toEqual({
      ...{
        method: 'post',
        action: '/auth/fragment-redirect-delegate',
        replacedBy: '/auth/fragment-redirect',
      },
      fields: { state: 'state-1', code: 'c&d', response_mode: 'fragment' },
    });
  });

  it('is taken', async () => {
    const { app } = waiting({ redirectMode: 'fragment', expectsIdToken: true });
    const response = await postFragment(app, { state: 'state-1', code: 'c', id_token: 't' });
    expect([response.status, headline(await response.text())]).toEqual([200, 'Thank you']);
  });

  it('is refused when it is too large', async () => {
    expect((await postFragment(waiting().app, { state: 'x'.repeat(70_000) })).status).toBe(413);
  });
});

describe('a page about what went wrong', () => {
  it.each([
    ['state=state-1&error=access_denied', 400, 'You did not agree'],
    ['state=other&code=c', 400, 'That did not work'],
  ])('after %s', async (query, status, title) => {
    const response = await visit(waiting().app, `/auth/query-redirect?${query}`);
    const text = await response.text();
    expect([response.status, headline(text)]).toEqual([status, title]);
    expect(text).toMatch(/Reference: [0-9a-f-]{36}/);
  });

  it.each([
    [new JourneyInProgress('x'), 504, 'Nearly there'],
    [new JourneysUnavailable('x'), 503, 'We cannot do that just now'],
    [new JourneyFailure('RedirectRefused', 'token xyz', { code: 'x' }), 400, 'That did not work'],
    [new Error('token xyz'), 500, 'That did not work'],
  ])('after %s', async (error, status, title) => {
    const { api, app } = waiting();
    api.journeys.completeAuthorisation = () => Promise.reject(error);
    const response = await visit(app, '/auth/query-redirect?state=state-1&code=c');
    const text = await response.text();
    expect([response.status, headline(text)]).toEqual([status, title]);
    expect(text + api.logLines.join()).not.toContain('xyz');
  });

  it('after ten minutes', async () => {
    const { api, app } = waiting();
    api.time.nowMs += 11 * 60 * 1000;
    const response = await visit(app, '/auth/query-redirect?state=state-1&code=c');
    expect(headline(await response.text())).toBe('That took too long');
  });
});

describe('the public listener', () => {
  it.each(['/auth/query-redirect', '/auth/fragment-redirect', '/auth/page.css', '/nowhere'])(
    '%s is protected by its headers',
    async (path) => {
      const { headers } = await waiting().app.request(path);
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
    },
  );

  it('offers nothing else', async () => {
    const { app } = waiting();
    for (const path of [
      '/manage/software-statements',
      '/aisp/accounts',
      '/metrics',
      '/health/live',
      '/docs',
      '/',
    ])
      expect((await app.request(path)).status).toBe(404);
    expect((await app.request('/auth/redirect-delegate', { method: 'POST' })).status).toBe(404);
  });
});

/** As much of a browser as the script needs. */
function runInBrowser(script: string, hash: string) {
  const fields: Record<string, string> = {};
  const sent = { method: '', action: '', replacedBy: '', fields };
  const form = {
    method: '',
    action: '',
    append: (field: { name: string; value: string }) =>
      void Object.assign(fields, { [field.name]: field.value }),
    submit: () => Object.assign(sent, { method: form.method, action: form.action }),
  };
  runInNewContext(script, {
    URLSearchParams,
    location: { hash, pathname: '/auth/fragment-redirect' },
    history: {
      replaceState: (_state: null, _title: string, path: string) => Object.assign(sent, { replacedBy: path }),
    },
    document: { createElement: (name: string) => (name === 'form' ? form : {}), body: { append: () => {} } },
  });
  return sent;
}
