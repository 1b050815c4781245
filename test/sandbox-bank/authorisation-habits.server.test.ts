// How banks want to be asked for an authorisation, what their documents say of it, and where they answer.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonalityFacts } from '../../sandbox-bank/personalities/personality.ts';
import { authorise, getTokens, type Journey, makeConsent, refusalOf, startJourney } from './journey.ts';
import { oddBank, placeOf, resourceOf } from './odd-banks.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { ThirdParty } from './third-party.ts';
import { acr, ask, at, claimsIn, discover, makeRequest, sendCustomer, type World } from './visitor.ts';

const codeInQuery = {
  responseTypes: ['code' as const],
  responseMode: 'query' as const,
  fapi: 'none' as const,
};
const habits: Record<string, Partial<PersonalityFacts>> = {
  usual: {},
  query: { authorisation: codeInQuery },
  hybridQuery: { authorisation: { responseMode: 'query' } },
  strong: { authorisation: { strongAuthentication: 'demanded' } },
  weak: { authorisation: { strongAuthentication: 'refused' } },
  house: { authorisation: { audience: 'https://house.example' } },
  prefixed: { authorisation: { consentIdPrefix: 'urn:bank:' } },
  repeated: {
    authorisation: {
      besideRequestObject: [{ parameter: 'nonce', of: ['accounts'] }, { parameter: 'state' }],
    },
  },
  pkce: { authorisation: { pkce: 'required' } },
  apps: {
    addresses: {
      issuer: 'https://apps.example/bank',
      paymentAuthorisation: 'apps://open-banking/payment',
      aisp: { 'v4.0': 'https://api.apps.example/open-banking/v4.0/aisp' },
      pisp: { 'v4.0': 'https://api.apps.example/open-banking/v4.0/pisp' },
    },
  },
  mute: { discovery: { responseModes: 'missing' } },
  liar: {
    discovery: { responseModes: ['query'], tokenAuthMethods: ['client_secret_post'], bareKeySet: true },
  },
  hidden: { discovery: { served: false } },
};

let sandbox: Sandbox;
let world: World;

beforeAll(async () => {
  sandbox = await openSandbox({
    personalities: Object.entries(habits).map(([name, more]) => oddBank(name, more)),
  });
  world = { sandbox, thirdParty: new ThirdParty(sandbox) };
});
afterAll(async () => {
  await world.thirdParty.close();
  await sandbox.remove();
});

const journeyAt = (name: string): Promise<Journey> =>
  startJourney(world, placeOf(name), (kind) =>
    resourceOf(sandbox.urls.api, name, `/v4.0/${kind === 'accounts' ? 'aisp' : 'pisp'}`),
  );

describe('an answer', () => {
  it('comes in the fragment, signed by an ID token', async () => {
    const { by, back, request } = await getTokens(await journeyAt('usual'), 'accounts');
    expect(by).toBe('fragment');
    expect(back).toMatchObject({ state: request.state, id_token: expect.any(String) });
  });

  it('comes in the query as a bare code', async () => {
    const journey = await journeyAt('query');
    expect(journey.document).toMatchObject({
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
    });
    const { by, back, request, answer } = await getTokens(journey, 'accounts');
    expect({ by, back }).toEqual({
      by: 'query',
      back: { code: expect.any(String), state: request.state, iss: journey.document.issuer },
    });
    expect(claimsIn(answer.body.id_token).nonce).toBe(request.nonce);
    expect(await refusalOf(journey, 'accounts', { object: { response_mode: 'fragment' } })).toBe(
      'invalid_request',
    );
  });
});

describe('an answer to a hybrid request', () => {
  it('comes in the query where the bank has it so, a refusal too', async () => {
    const journey = await journeyAt('hybridQuery');
    const { by, back, answer } = await getTokens(journey, 'accounts');
    expect({ by, back }).toMatchObject({ by: 'query', back: { id_token: expect.any(String) } });
    expect(answer.status).toBe(200);
    const { consentId } = await makeConsent(journey, 'accounts');
    const request = await makeRequest(world, journey.document, journey.client, consentId);
    const refused = await sendCustomer(world, request, { decision: 'deny' });
    expect(refused).toMatchObject({ by: 'query', back: { error: 'access_denied' } });
  });
});

describe('a request', () => {
  it.each<[string, Parameters<typeof refusalOf>[2], Parameters<typeof refusalOf>[2]]>([
    ['strong', { acr: acr.strong }, { acr: acr.weak }],
    ['weak', { acr: acr.weak }, { acr: acr.strong }],
    ['prefixed', { prefix: 'urn:bank:' }, {}],
    ['repeated', { repeat: ['nonce', 'state'] }, { repeat: ['state'] }],
    ['repeated', { repeat: ['nonce', 'state'] }, { repeat: ['nonce'] }],
    ['repeated', { repeat: ['nonce', 'state'] }, { repeat: ['state'], beside: { nonce: 'another-nonce' } }],
    ['pkce', {}, { object: { code_challenge: undefined, code_challenge_method: undefined } }],
  ])('is made as the %s bank wants it, or is refused', async (name, good, bad) => {
    const journey = await journeyAt(name);
    expect(await refusalOf(journey, 'accounts', bad)).toBe('invalid_request');
    expect(await refusalOf(journey, 'accounts', good)).toBeUndefined();
  });

  it('need not repeat what the bank wants for the other kind of consent', async () => {
    expect(await refusalOf(await journeyAt('repeated'), 'payments', { repeat: ['state'] })).toBeUndefined();
  });

  it('is addressed to the house, where the bank has one', async () => {
    const journey = await journeyAt('house');
    const house = `${sandbox.urls.browser}/at/https/house.example`;
    // Not sent back: who could not be understood may not say where to.
    await expect(refusalOf(journey, 'accounts', {})).rejects.toThrow('invalid_request_object');
    const { back, answer } = await getTokens(journey, 'accounts', { object: { aud: house } });
    expect(back).toHaveProperty('code');
    expect(claimsIn(answer.body.id_token).iss).toBe(journey.document.issuer);
  });

  it('is answered with the bare consent id, whatever stood before it', async () => {
    const { consentId, answer } = await getTokens(await journeyAt('prefixed'), 'accounts', {
      prefix: 'urn:bank:',
    });
    expect(claimsIn(answer.body.id_token).openbanking_intent_id).toBe(consentId);
  });

  it('names the authentication that was done', async () => {
    const { answer } = await getTokens(await journeyAt('weak'), 'accounts', { acr: acr.weak });
    expect(claimsIn(answer.body.id_token).acr).toBe('urn:openbanking:psd2:ca');
  });

  it('goes to the endpoint of its kind of consent', async () => {
    const journey = await journeyAt('apps');
    const endpoint = `${sandbox.urls.browser}/at/apps/open-banking/payment`;
    expect(await refusalOf(journey, 'payments', {})).toBe('invalid_request');
    expect(await refusalOf(journey, 'payments', { endpoint })).toBeUndefined();
    expect(await refusalOf(journey, 'accounts', { endpoint })).toBe('invalid_request');
    expect(await refusalOf(journey, 'accounts', {})).toBeUndefined();
  });

  it('leads through pages of the bank’s own', async () => {
    const journey = await journeyAt('usual');
    const { consentId } = await makeConsent(journey, 'accounts');
    const request = await makeRequest(world, journey.document, journey.client, consentId);
    const answer = await world.thirdParty.fetch(request.url, { redirect: 'manual' });
    const page = new URL(answer.headers.get('location') ?? '', request.url);
    expect(page.pathname).toMatch(/^\/at\/https\/usual\.example\/bank\/interaction\//);
    const cookies = answer.headers.getSetCookie();
    expect(cookies.join()).toContain(`usual_interaction=`);
    const headers = { cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') };
    const { body } = await ask(world.thirdParty, 'GET', page.href, { headers });
    expect(body).toContain('Bank of usual');
    const refused = await sendCustomer(world, request, { decision: 'deny' });
    expect(refused.back).toMatchObject({ error: 'access_denied', state: request.state });
    expect((await authorise(journey, consentId, 'accounts')).back.error).toBe('invalid_request');
  });
});

describe('a discovery document', () => {
  it('may say too little, or what is not so', async () => {
    expect(await discover(world, placeOf('mute'))).not.toHaveProperty('response_modes_supported');
    const liar = await discover(world, placeOf('liar'));
    expect(liar).toMatchObject({
      response_modes_supported: ['query'],
      token_endpoint_auth_methods_supported: ['client_secret_post'],
    });
    const keys = await world.thirdParty.fetch(liar.jwks_uri);
    expect(await keys.json()).toEqual([expect.objectContaining({ kty: 'RSA' })]);
  });

  it('may not be there at all', async () => {
    const { discovery } = placeOf('hidden');
    expect((await ask(world.thirdParty, 'GET', at(sandbox.urls.browser, discovery))).status).toBe(404);
  });
});
