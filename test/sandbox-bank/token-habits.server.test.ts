// Tokens and ID tokens that are not as the specification has them: each habit, and a bank without it beside.
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonalityFacts } from '../../sandbox-bank/personalities/personality.ts';
import { authorise, getTokens, type Journey, makeConsent, startJourney, type Tokens } from './journey.ts';
import { oddBank, placeOf, resourceOf } from './odd-banks.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { ThirdParty } from './third-party.ts';
import { askToken, type Body, claimsIn, exchange, type Kind, refresh, type World } from './visitor.ts';

const weak = 'urn:openbanking:psd2:ca';
const other = 'https://house.example/name';
const habits: Record<string, Partial<PersonalityFacts>> = {
  usual: { refreshTokensFor: ['accounts', 'payments'] },
  frugal: {
    refreshTokensFor: [],
    tokenAnswers: [{ at: ['client-credentials'], scope: 'empty' }],
  },
  chatty: {
    tokenAnswers: [
      { tokenType: 'bearer', scope: 'with-more' },
      { at: ['client-credentials'], refreshToken: 'unasked' },
      { at: ['refresh'], of: ['accounts'], idToken: 'left-out' },
    ],
  },
  formal: { tokenAnswers: [{ at: ['exchange', 'refresh'], demandsScope: true }] },
  silent: {
    idTokens: [
      { at: ['authorisation'], without: ['acr'] },
      { at: ['exchange'], without: ['nonce', 'auth_time', 'acr', 'openbanking_intent_id'] },
    ],
  },
  late: { idTokens: [{ at: ['exchange'], expiryInMilliseconds: true }] },
  house: { idTokens: [{ issuer: other, acr: weak }] },
  named: {
    subject: 'customer',
    idTokens: [
      { at: ['authorisation'], of: ['payments'], subject: 'client' },
      { at: ['refresh'], subject: 'consent' },
    ],
  },
  repeating: { idTokens: [{ repeatsFirstNonce: true }] },
  worthless: { idTokens: [{ of: ['accounts'], worthless: true }] },
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

async function tokensAt(name: string, kind: Kind = 'accounts', more: Record<string, string> = {}) {
  const journey = await journeyAt(name);
  const tokens = await getTokens(journey, kind, {}, more);
  return { journey, tokens, ...tokens, beside: claimsIn(tokens.back.id_token ?? '') };
}

async function refreshed({ world, document, client }: Journey, { answer }: Tokens, more = {}): Promise<Body> {
  return (await refresh(world, document, client, answer.body.refresh_token, more)).body;
}

/** Verifies by the keys that the bank publishes. */
async function judgeOf({ document }: Journey) {
  const keys = createLocalJWKSet((await (await world.thirdParty.fetch(document.jwks_uri)).json()) as Body);
  return (jwt: string) => jwtVerify(jwt, keys);
}

describe('a bank without peculiarities', () => {
  it.each(['accounts', 'payments'] as const)('answers as the specification has it (%s)', async (kind) => {
    const { journey, tokens, consentId, answer, beside } = await tokensAt('usual', kind);
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer', scope: `openid ${kind}` } });
    const later = await refreshed(journey, tokens);
    for (const claims of [beside, claimsIn(answer.body.id_token), claimsIn(later.id_token)])
      expect(claims).toMatchObject({
        iss: journey.document.issuer,
        sub: consentId,
        openbanking_intent_id: consentId,
        nonce: tokens.request.nonce,
        acr: 'urn:openbanking:psd2:sca',
        auth_time: expect.any(Number),
      });
    expect(beside).toMatchObject({ c_hash: expect.any(String), s_hash: expect.any(String) });
    const judged = await judgeOf(journey);
    await expect(judged(tokens.back.id_token ?? '')).resolves.toBeTruthy();
    await expect(judged(answer.body.id_token)).resolves.toBeTruthy();
  });

  it('gives a client a token and nothing else', async () => {
    const { document, client } = await journeyAt('usual');
    const form = { grant_type: 'client_credentials', scope: 'accounts' };
    const { body } = await askToken(world, document, client, form);
    expect(body).toMatchObject({ token_type: 'Bearer', scope: 'accounts' });
    expect(body).not.toHaveProperty('refresh_token');
  });
});

describe('the token endpoint', () => {
  it('answers with more than was asked for', async () => {
    const { journey, tokens, answer } = await tokensAt('chatty');
    expect(answer.body).toMatchObject({ token_type: 'bearer', scope: 'openid accounts extended' });
    expect(answer.body).toHaveProperty('id_token');
    const later = await refreshed(journey, tokens);
    expect(later).toMatchObject({ token_type: 'bearer', scope: 'openid accounts extended' });
    expect(later).not.toHaveProperty('id_token');
    const { document, client } = journey;
    const form = { grant_type: 'client_credentials', scope: 'accounts' };
    const own = await askToken(world, document, client, form);
    expect(own.body).toMatchObject({ scope: 'accounts extended', refresh_token: expect.any(String) });
  });

  it('answers with less', async () => {
    const { journey, answer } = await tokensAt('frugal');
    expect(answer.body).not.toHaveProperty('refresh_token');
    const { document, client } = journey;
    const form = { grant_type: 'client_credentials', scope: 'accounts' };
    expect((await askToken(world, document, client, form)).body.scope).toBe('');
  });

  it('wants the scope named, at every use of a grant', async () => {
    const { answer } = await tokensAt('formal');
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    const { journey, tokens, ...good } = await tokensAt('formal', 'accounts', { scope: 'accounts' });
    expect(good.answer.status).toBe(200);
    expect(await refreshed(journey, tokens)).toMatchObject({ error: 'invalid_request' });
    expect(await refreshed(journey, tokens, { scope: 'accounts' })).toHaveProperty('access_token');
  });
});

describe('ID tokens', () => {
  it('say little', async () => {
    const { answer, beside } = await tokensAt('silent');
    expect(beside).not.toHaveProperty('acr');
    expect(beside).toHaveProperty('nonce');
    const claims = claimsIn(answer.body.id_token);
    for (const name of ['nonce', 'auth_time', 'acr', 'openbanking_intent_id'])
      expect(claims).not.toHaveProperty(name);
  });

  it('end in milliseconds', async () => {
    const { answer, beside } = await tokensAt('late');
    expect(beside.exp).toBeLessThan(1e11);
    expect(claimsIn(answer.body.id_token).exp).toBeGreaterThan(1e12);
  });

  it('speak in the name of a house, and of weaker authentication than was asked for', async () => {
    const { journey, answer, beside } = await tokensAt('house');
    for (const claims of [beside, claimsIn(answer.body.id_token)])
      expect(claims).toMatchObject({ iss: `${sandbox.urls.browser}/at/https/house.example/name`, acr: weak });
    expect(journey.document.issuer).toBe(`${sandbox.urls.browser}/at/https/house.example/bank`);
  });

  it('name the customer, the client or the consent, by place and kind', async () => {
    const { journey, tokens, consentId, answer, beside } = await tokensAt('named');
    const later = claimsIn((await refreshed(journey, tokens)).id_token);
    const subjects = [beside, claimsIn(answer.body.id_token), later].map(({ sub }) => sub);
    expect(subjects).toEqual(['alice', 'alice', consentId]);
    const payment = await tokensAt('named', 'payments');
    expect(payment.beside.sub).toBe(payment.journey.client.id);
    expect(claimsIn(payment.answer.body.id_token).sub).toBe('alice');
  });

  it('repeat the nonce of the first authorisation', async () => {
    const journey = await journeyAt('repeating');
    const { consentId } = await makeConsent(journey, 'accounts');
    const { document, client } = journey;
    const once = async () => {
      const { request, back } = await authorise(journey, consentId, 'accounts');
      const { body } = await exchange(world, document, client, request, back.code);
      return { sent: request.nonce, got: claimsIn(body.id_token).nonce };
    };
    const [first, second] = [await once(), await once()];
    expect(first.got).toBe(first.sent);
    expect(second.got).toBe(first.sent);
    expect(second.sent).not.toBe(first.sent);
  });

  it('are worthless for accounts, and good for payments', async () => {
    const { journey, back, answer } = await tokensAt('worthless');
    const judged = await judgeOf(journey);
    await expect(judged(back.id_token ?? '')).rejects.toThrow('signature');
    await expect(judged(answer.body.id_token)).rejects.toThrow('signature');
    const payment = await tokensAt('worthless', 'payments');
    await expect(judged(payment.answer.body.id_token)).resolves.toBeTruthy();
  });
});
