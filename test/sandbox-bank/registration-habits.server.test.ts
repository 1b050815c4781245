// What banks want of a registration and what they answer: each habit seen by a client that has it, and by one that has not.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonalityFacts } from '../../sandbox-bank/personalities/personality.ts';
import { oddBank, placeOf } from './odd-banks.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { ThirdParty } from './third-party.ts';
import {
  ask,
  askRegistration,
  type Body,
  discover,
  type Method,
  ownToken,
  type RegistrationChanges,
  register,
  subjectName,
  visitPortal,
  type World,
} from './visitor.ts';

type Habits = NonNullable<PersonalityFacts['registration']>;

const tls = { clientAuthMethods: ['tls_client_auth' as const] };
const habits: Record<string, [Habits, Partial<PersonalityFacts>?]> = {
  plain: [{}, tls],
  jose: [{ contentTypes: ['application/jose'] }],
  issuer: [{ audience: 'issuer' }],
  grants: [{ grantTypes: ['client_credentials', 'authorization_code'] }],
  subject: [{ subjectType: 'pairwise' }],
  hex: [{ organisationIdentifier: 'oid-hex' }, tls],
  oid: [{ organisationIdentifier: 'oid-text' }, tls],
  always: [{ organisationIdentifier: 'oid-hex', subjectName: 'always' }],
  welcome: [{ subjectName: 'welcome' }],
  list: [{ scopeInRequest: 'list', scopeInAnswer: 'list' }],
  times: [{ milliseconds: ['iat', 'exp', 'client_id_issued_at'] }],
  single: [{ oneApiPerClient: true }],
  latest: [{ version: '3.4' }, tls],
  fixed: [{ methods: [] }],
  readable: [{ methods: ['GET', 'PUT'] }],
  openid: [{ managedWith: 'client-token-openid' }],
  firstApi: [{ managedWith: 'client-token-first-api' }],
  itsOwn: [{ managedWith: 'registration-access-token' }],
  basic: [{}, { clientAuthMethods: ['client_secret_basic'] }],
  post: [{}, { clientAuthMethods: ['client_secret_post'] }],
  portal: [{ offered: false }, tls],
};

let sandbox: Sandbox;
let world: World;

beforeAll(async () => {
  const banks = Object.entries(habits).map(([name, [registration, more]]) =>
    oddBank(name, { registration, ...more }),
  );
  sandbox = await openSandbox({ personalities: banks });
  world = { sandbox, thirdParty: new ThirdParty(sandbox) };
});
afterAll(async () => {
  await world.thirdParty.close();
  await sandbox.remove();
});

function at(name: string) {
  const method: Method = habits[name]?.[1]?.clientAuthMethods?.[0] ?? 'private_key_jwt';
  const place = placeOf(name, method);
  return {
    place,
    document: () => discover(world, place),
    ask: async (changes: RegistrationChanges = {}) =>
      askRegistration(world, place, await discover(world, place), changes),
  };
}

const dn = (form: 'name' | 'oid-hex' | 'oid-text') => ({
  claims: { tls_client_auth_subject_dn: subjectName(world.thirdParty, form) },
});

describe('a registration', () => {
  it.each<[string, string, () => RegistrationChanges, () => RegistrationChanges]>([
    ['application/jwt', 'plain', () => ({}), () => ({ contentType: 'application/jose' })],
    ['application/jose', 'jose', () => ({ contentType: 'application/jose' }), () => ({})],
    [
      'its issuer as the audience',
      'issuer',
      () => ({ claims: { aud: `${sandbox.urls.browser}/at/https/issuer.example/bank` } }),
      () => ({}),
    ],
    [
      'its organisation as the audience',
      'plain',
      () => ({}),
      () => ({ claims: { aud: `${sandbox.urls.browser}/at/https/plain.example/bank` } }),
    ],
    [
      'two grant types',
      'grants',
      () => ({ claims: { grant_types: ['authorization_code', 'client_credentials'] } }),
      () => ({}),
    ],
    [
      'all three grant types',
      'plain',
      () => ({}),
      () => ({ claims: { grant_types: ['authorization_code', 'client_credentials'] } }),
    ],
    ['a subject type', 'subject', () => ({ claims: { subject_type: 'pairwise' } }), () => ({})],
    ['the organisation identifier by name', 'plain', () => dn('name'), () => dn('oid-text')],
    ['the organisation identifier in hex', 'hex', () => dn('oid-hex'), () => dn('name')],
    ['the organisation identifier by number', 'oid', () => dn('oid-text'), () => dn('oid-hex')],
    ['a subject name whatever the method', 'always', () => dn('oid-hex'), () => ({})],
    ['a subject name if there is one', 'welcome', () => dn('name'), () => dn('oid-hex')],
    ['scopes as a list', 'list', () => ({ claims: { scope: ['openid', 'accounts'] } }), () => ({})],
    ['scopes as a text', 'plain', () => ({}), () => ({ claims: { scope: ['openid', 'accounts'] } })],
    [
      'one API for each client',
      'single',
      () => ({ claims: { scope: 'openid payments' } }),
      () => ({ claims: { scope: 'openid accounts payments' } }),
    ],
    [
      'an application type of its version',
      'latest',
      () => ({ claims: { application_type: 'native' } }),
      () => ({ claims: { application_type: 'mobile' } }),
    ],
    [
      'its own method of authentication',
      'plain',
      () => ({}),
      () => ({
        claims: {
          token_endpoint_auth_method: 'private_key_jwt',
          token_endpoint_auth_signing_alg: 'PS256',
          tls_client_auth_subject_dn: undefined,
        },
      }),
    ],
  ])('names %s, or is refused', async (_, name, good, bad) => {
    expect((await at(name).ask(bad())).body).toMatchObject({ error: 'invalid_client_metadata' });
    expect(await at(name).ask(good())).toMatchObject({ status: 201 });
  });

  it('may name another’s subject nowhere', async () => {
    const claims = { tls_client_auth_subject_dn: 'CN=other,organizationIdentifier=PSDGB-FCA-1,O=Other,C=GB' };
    expect((await at('plain').ask({ claims })).status).toBe(400);
  });

  it('is kept from subject names at a bank that has no use for them, but not where they are welcome', async () => {
    expect((await at('times').ask(dn('name'))).status).toBe(400);
    expect((await at('welcome').ask()).status).toBe(201);
  });
});

describe('the answer', () => {
  it('has times in seconds, scopes as a text and the request’s envelope', async () => {
    const { body } = await at('plain').ask();
    expect(body).toMatchObject({ aud: '0015800000ODDBANKX', scope: 'openid accounts payments' });
    for (const name of ['iat', 'exp', 'client_id_issued_at']) expect(body[name]).toBeLessThan(1e11);
  });

  it('has times in milliseconds, and scopes as a list, where the bank does so', async () => {
    const { body } = await at('times').ask();
    for (const name of ['iat', 'exp', 'client_id_issued_at']) expect(body[name]).toBeGreaterThan(1e12);
    const list = await at('list').ask({ claims: { scope: ['openid', 'accounts'] } });
    expect(list.body.scope).toEqual(['openid', 'accounts']);
  });

  it.each(['basic', 'post'] as const)('brings a secret that opens the token endpoint (%s)', async (name) => {
    const { place, document } = at(name);
    const client = await register(world, place, await document());
    expect(client.secret).toMatch(/^.{20,36}$/);
    expect(await ownToken(world, await document(), client, 'accounts')).toBeTruthy();
    await expect(ownToken(world, await document(), { ...client, secret: 'wrong' })).rejects.toThrow('401');
  });
});

describe('a registration that is made', () => {
  async function made(name: string) {
    const { place, document } = at(name);
    const known: Body = await document();
    const client = await register(world, place, known);
    const url = `${known.registration_endpoint}/${client.id}`;
    const manage = async (method: string, token: string) =>
      (await ask(world.thirdParty, method, url, { headers: { authorization: `Bearer ${token}` } })).status;
    const change = async (token: string) =>
      (await askRegistration(world, place, known, {}, { method: 'PUT', url, token })).status;
    return {
      known,
      client,
      manage,
      change,
      token: (scope?: string) => ownToken(world, known, client, scope),
    };
  }

  it('can be read, changed and deleted', async () => {
    const { manage, change, token } = await made('plain');
    const own = await token();
    expect([await manage('GET', own), await change(own)]).toEqual([200, 200]);
    expect([await manage('DELETE', own), await manage('GET', own)]).toEqual([204, 401]);
  });

  it('cannot be where the bank does not offer it', async () => {
    const fixed = await made('fixed');
    const own = await fixed.token();
    expect([await fixed.manage('GET', own), await fixed.change(own)]).toEqual([405, 405]);
    expect(await fixed.manage('DELETE', own)).toBe(405);
    const readable = await made('readable');
    const other = await readable.token();
    expect([await readable.manage('GET', other), await readable.manage('DELETE', other)]).toEqual([200, 405]);
    await sandbox.control('POST', '/knobs', { bank: 'readable', registrationPut: false });
    expect(await readable.change(other)).toBe(405);
    await sandbox.control('POST', '/knobs', { bank: 'readable', registrationPut: true });
    expect(await readable.change(other)).toBe(200);
  });

  it('is opened by a token of the scope that the bank wants', async () => {
    const openid = await made('openid');
    expect(await openid.manage('GET', await openid.token('accounts'))).toBe(403);
    expect(await openid.manage('GET', await openid.token('openid'))).toBe(200);
    const first = await made('firstApi');
    expect(await first.manage('GET', await first.token())).toBe(403);
    expect(await first.manage('GET', await first.token('payments'))).toBe(403);
    expect(await first.manage('GET', await first.token('accounts'))).toBe(200);
  });

  it('is opened by its own token, and by nothing else, where the bank hands one out', async () => {
    const { client, manage, change, token } = await made('itsOwn');
    const { registration_access_token: own } = client.answer;
    expect(await manage('GET', await token())).toBe(401);
    expect([await manage('GET', own), await change(own), await manage('DELETE', own)]).toEqual([
      200, 200, 204,
    ]);
    expect(await manage('GET', own)).toBe(401);
  });
});

describe('the portal', () => {
  it('makes clients where nobody can register', async () => {
    const { document, place } = at('portal');
    expect(await document()).not.toHaveProperty('registration_endpoint');
    const { api } = sandbox.urls;
    const register = `${api}/at/https/portal.example/bank/register`;
    expect((await ask(world.thirdParty, 'POST', register)).status).toBe(404);
    const client = await visitPortal(world, place, 'openid accounts');
    expect(await ownToken(world, await document(), client, 'accounts')).toBeTruthy();
    await expect(ownToken(world, await document(), client, 'payments')).rejects.toThrow('invalid_scope');
  });

  it('makes clients elsewhere too, with all that opens them', async () => {
    const basic = await visitPortal(world, at('basic').place);
    expect(await ownToken(world, await at('basic').document(), basic, 'accounts')).toBeTruthy();
    const own = await visitPortal(world, at('itsOwn').place);
    const known = await at('itsOwn').document();
    const headers = { authorization: `Bearer ${own.accessToken}` };
    const answer = await ask(world.thirdParty, 'GET', `${known.registration_endpoint}/${own.id}`, {
      headers,
    });
    expect(answer).toMatchObject({ status: 200, body: { client_id: own.id } });
  });

  it('knows its banks, their third parties and what may be asked', async () => {
    const { softwareId, redirectUris } = world.thirdParty.facts;
    const form = { bank: 'portal', softwareId, redirectUris, scope: 'openid accounts' };
    const status = async (changes: object) =>
      (await sandbox.control('POST', '/clients', { ...form, ...changes })).status;
    expect(await status({ bank: 'nobody' })).toBe(404);
    expect(await status({ softwareId: 'nobody' })).toBe(404);
    expect(await status({ scope: 'openid everything' })).toBe(400);
    expect(await status({ redirectUris: [] })).toBe(400);
    expect(await status({ bank: 'single', scope: 'openid accounts payments' })).toBe(400);
    expect(await status({ bank: 'single' })).toBe(201);
  });
});
