// Two brands that speak plain OAuth 2: no discovery, no ID tokens, everything in one parameter, two entrances to one server.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, makeConsent } from './journey.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { ThirdParty } from './third-party.ts';
import { call } from './visited-resources.ts';
import { ask, at, exchange, refresh, sendCustomer, visitPortal, type World } from './visitor.ts';

const host = 'https://openbanking-retail.apis.co-operativebank.co.uk';
const pages = 'https://bank.co-operativebank.co.uk/openbanking';

let sandbox: Sandbox;
let world: World;
let journey: Journey;
let accounts: string;

beforeAll(async () => {
  sandbox = await openSandbox();
  world = { sandbox, thirdParty: new ThirdParty(sandbox) };
  const { browser, api } = sandbox.urls;
  accounts = at(api, `${host}/apis/retail/open-banking/v3.1/aisp`);
  journey = {
    world,
    // Read in the bank's handbook, not asked for.
    document: {
      token_endpoint: at(api, `${host}/apis/oauth/v1/oauth2/token`),
      authorization_endpoint: at(browser, `${pages}/coop/oauthRedirect`),
    },
    client: await visitPortal(
      world,
      { bank: 'Cooperative_Cooperative', method: 'client_secret_post' },
      'accounts',
    ),
    base: () => accounts,
  };
});
afterAll(async () => {
  await world.thirdParty.close();
  await sandbox.remove();
});

interface Plain {
  parameters?: Record<string, string | undefined>;
  endpoint?: string;
  /** Makes the address of the joined parameters. */
  address?: (joined: string) => string;
}

const base64url = (text: string) => Buffer.from(text).toString('base64url');

async function go(consentId: string, { parameters = {}, endpoint, address }: Plain = {}) {
  const [state, verifier] = [randomUUID(), randomBytes(32).toString('base64url')];
  const redirectUri = world.thirdParty.facts.redirectUris[0] ?? '';
  const all = {
    client_id: journey.client.id,
    redirect_uri: redirectUri,
    state,
    response_type: 'code',
    scope: 'accounts+offline',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    login_hint: 'coop',
    display: consentId,
    ...parameters,
  };
  const joined = Object.entries(all)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
    .join('&');
  const query = (address ?? ((text) => `data=${base64url(text)}`))(joined);
  const url = `${endpoint ?? journey.document.authorization_endpoint}?${query}`;
  const request = { url, state, nonce: '', verifier, redirectUri };
  return { request, ...(await sendCustomer(world, request)) };
}

async function tokensOf(consentId: string, plain: Plain = {}) {
  const { request, back, by } = await go(consentId, plain);
  expect({ by, back }).toMatchObject({ by: 'query', back: { state: request.state } });
  return exchange(world, journey.document, journey.client, request, back.code);
}

describe('the bank', () => {
  it('says nothing of itself', async () => {
    const well = `${host}/.well-known/openid-configuration`;
    expect((await ask(world.thirdParty, 'GET', at(sandbox.urls.browser, well))).status).toBe(404);
    expect((await ask(world.thirdParty, 'GET', at(sandbox.urls.browser, `${host}/jwks`))).status).toBe(404);
    expect((await ask(world.thirdParty, 'POST', at(sandbox.urls.api, `${host}/register`))).status).toBe(404);
  });

  it('gives access to accounts without any ID token, and again when asked again', async () => {
    const { consentId } = await makeConsent(journey, 'accounts');
    const { body } = await tokensOf(consentId);
    expect(body).toMatchObject({ token_type: 'bearer', refresh_token: expect.any(String) });
    expect(body).not.toHaveProperty('id_token');
    expect((await call(world, 'GET', `${accounts}/accounts`, body.access_token)).status).toBe(200);
    const later = await refresh(world, journey.document, journey.client, body.refresh_token);
    expect((await call(world, 'GET', `${accounts}/accounts`, later.body.access_token)).status).toBe(200);
    expect((await go(consentId)).back.error).toBe('invalid_request');
    const again = await tokensOf(consentId, { parameters: { stepUp: 'require' } });
    expect((await call(world, 'GET', `${accounts}/accounts`, again.body.access_token)).status).toBe(200);
  });

  it.each<[string, Plain]>([
    ['without its hint', { parameters: { login_hint: undefined } }],
    ['with another brand’s hint', { parameters: { login_hint: 'smile' } }],
    ['for less than the whole scope', { parameters: { scope: 'accounts' } }],
    ['for an OpenID scope', { parameters: { scope: 'openid+accounts+offline' } }],
    ['without PKCE', { parameters: { code_challenge: undefined, code_challenge_method: undefined } }],
    ['with a step up that nobody needs', { parameters: { stepUp: 'require' } }],
    ['without a consent', { parameters: { display: undefined } }],
    ['about another consent', { parameters: { display: 'aac-other' } }],
  ])('refuses a request %s', async (_, plain) => {
    const { consentId } = await makeConsent(journey, 'accounts');
    expect((await go(consentId, plain)).back.error).toMatch(/^invalid_(request|scope)$/);
  });

  it.each<[string, Plain]>([
    ['its parameters side by side', { address: (joined) => joined }],
    ['another parameter beside the one', { address: (joined) => `data=${base64url(joined)}&x=y` }],
    ['another encoding of the one', { address: (joined) => `data=${encodeURIComponent(`${joined}~`)}` }],
    ['encoded parameters', { parameters: { redirect_uri: encodeURIComponent('https://127.0.0.1:8081/') } }],
    ['a space in it', { parameters: { scope: 'accounts offline' } }],
  ])('cannot read a request with %s', async (_, plain) => {
    const { consentId } = await makeConsent(journey, 'accounts');
    await expect(go(consentId, plain)).rejects.toThrow('the bank answered 400');
  });
});

describe('the second brand', () => {
  it('is another entrance, with a hint of its own, to the same server', async () => {
    const endpoint = at(sandbox.urls.browser, `${pages}/smile/oauthRedirect`);
    const { consentId } = await makeConsent(journey, 'accounts');
    expect((await go(consentId, { endpoint })).back.error).toBe('invalid_request');
    const { body } = await tokensOf(consentId, { endpoint, parameters: { login_hint: 'smile' } });
    expect((await call(world, 'GET', `${accounts}/accounts`, body.access_token)).status).toBe(200);
    const counters = (await sandbox.control('GET', '/counters')).body;
    expect(counters.Cooperative_Smile).toEqual(counters.Cooperative_Cooperative);
  });
});
