// Customers' returns that are not what they should be: each is refused by name, none reaches the token endpoint, and the
// customer may try again.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { redirectForm } from '../../cli/sandbox-customer.ts';
import {
  authorise,
  type Consent,
  createAccess,
  delegate,
  read,
  register,
  startAuthorisation,
  visitBank,
} from './customer-journeys.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let hybrid: string;
let jarm: string;

beforeAll(async () => {
  house = await openHouse();
  hybrid = (await register(house, 'Sandbox_Hybrid')).Id;
  jarm = (await register(house, 'Sandbox_Jarm')).Id;
});
afterAll(() => house.close());
afterEach(() => house.control('POST', '/knobs', { bank: 'hybrid', idTokenChanges: null }));

const family = 'account-access';

async function codeExchanges(): Promise<number> {
  const requests: Record<string, string>[] = await house.control('GET', '/requests');
  return requests.filter(({ grantType }) => grantType === 'authorization_code').length;
}

async function refused(form: URLSearchParams, code: string) {
  const before = await codeExchanges();
  const answer = await delegate(house, form);
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 400, body: { code } });
  expect(await codeExchanges()).toBe(before);
}

const anHourAgo = Math.floor(Date.parse('2026-01-01') / 1000);
const forgeries: [string, object][] = [
  ['is not signed', { signature: 'none' }],
  ["is signed by somebody else's key", { signature: 'other-key' }],
  ['is from another issuer', { claims: { iss: 'https://elsewhere.example' } }],
  ['is for another client', { claims: { aud: 'somebody-else' } }],
  ['is for another client too', { claims: { aud: ['somebody-else', 'and-us'] } }],
  ['has another nonce', { claims: { nonce: 'another-nonce' } }],
  ['has no nonce', { claims: { nonce: null } }],
  ['belongs to another state', { claims: { s_hash: 'AAAAAAAAAAAAAAAAAAAAAA' } }],
  ['has no state hash', { claims: { s_hash: null } }],
  ['belongs to another code', { claims: { c_hash: 'AAAAAAAAAAAAAAAAAAAAAA' } }],
  ['has no code hash', { claims: { c_hash: null } }],
  ['has expired', { claims: { exp: anHourAgo } }],
  ['never expires', { claims: { exp: null } }],
  ['is about another consent', { claims: { openbanking_intent_id: 'another-consent' } }],
];

describe('a return whose ID token', () => {
  it.each(forgeries)('%s is refused, and the customer may try again', async (_, changes) => {
    const consent = await createAccess(house, hybrid);
    await house.control('POST', '/knobs', {
      bank: 'hybrid',
      idTokenChanges: { from: 'authorisation', ...changes },
    });
    const form = await visitBank(house, family, consent);
    await refused(form, 'redirect-refused');
    await refused(form, 'redirect-refused'); // and stays refused
    expect((await read(house, consent, '/aisp/accounts')).body.code).toBe('authorisation-needed');
    await house.control('POST', '/knobs', { bank: 'hybrid', idTokenChanges: null });
    await authorise(house, family, consent);
    expect((await read(house, consent, '/aisp/accounts')).status).toBe(200);
  });
});

it.each(forgeries.filter(([what]) => !/hash|belongs/.test(what)))(
  'tokens whose ID token %s are not used',
  async (_, changes) => {
    const consent = await createAccess(house, hybrid);
    await house.control('POST', '/knobs', { bank: 'hybrid', idTokenChanges: { from: 'token', ...changes } });
    const answer = await delegate(house, await visitBank(house, family, consent));
    expect(answer).toMatchObject({ status: 502, body: { code: 'bank-response-invalid' } });
    expect((await read(house, consent, '/aisp/accounts')).body.code).toBe('authorisation-needed');
  },
);

describe('a return that', () => {
  let consent: Consent;
  beforeAll(async () => {
    consent = await createAccess(house, hybrid);
  });

  it('is repeated is answered the same, and exchanged once', async () => {
    const before = await codeExchanges();
    const own = await createAccess(house, hybrid);
    const form = await visitBank(house, family, own);
    const answers = [await delegate(house, form), await delegate(house, form)];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    expect((await codeExchanges()) - before).toBe(1);
  });

  it('brings another code for the same state is refused', async () => {
    const own = await createAccess(house, hybrid);
    const form = await visitBank(house, family, own);
    expect((await delegate(house, form)).status).toBe(201);
    form.set('code', 'another-code');
    await refused(form, 'redirect-already-used');
  });

  it('has a tampered code is refused', async () => {
    const form = await visitBank(house, family, consent);
    form.set('code', `${form.get('code')}x`);
    await refused(form, 'redirect-refused');
  });

  it('has an unknown state is refused', async () => {
    const form = await visitBank(house, family, consent);
    form.set('state', 'nobody-knows-this');
    await refused(form, 'auth-context-not-found');
  });

  it('comes without its ID token is refused', async () => {
    const form = await visitBank(house, family, consent);
    form.delete('id_token');
    await refused(form, 'redirect-incomplete');
  });

  it('belongs to another session of the application is refused', async () => {
    const form = await visitBank(house, family, consent);
    form.set('app_session_id', 'somebody-else');
    await refused(form, 'app-session-mismatch');
  });

  it('arrived at another address or in another way is refused', async () => {
    const form = await visitBank(house, family, consent);
    form.set('redirect_uri', 'https://elsewhere.example/');
    await refused(form, 'redirect-uri-mismatch');
    form.delete('redirect_uri');
    form.set('response_mode', 'query');
    await refused(form, 'response-mode-mismatch');
  });

  it('says that the customer refused is refused, also when it is signed', async () => {
    for (const registrationId of [hybrid, jarm]) {
      const own = await createAccess(house, registrationId);
      const { AuthUrl } = await startAuthorisation(house, family, own);
      const form = redirectForm(await house.authorise(AuthUrl, { decision: 'deny' }));
      await refused(form, 'authorisation-refused');
    }
  });

  it('is signed is refused when a character of it was changed', async () => {
    const own = await createAccess(house, jarm);
    const form = await visitBank(house, family, own);
    const [header = '', payload = '', signature = ''] = (form.get('response') ?? '').split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const changed = Buffer.from(JSON.stringify({ ...claims, code: 'another' })).toString('base64url');
    form.set('response', [header, changed, signature].join('.'));
    await refused(form, 'redirect-refused');
  });

  it('takes more than ten minutes is refused', async () => {
    const own = await createAccess(house, hybrid);
    const form = await visitBank(house, family, own);
    await house.moveClockMs(10 * 60_000 + 1_000);
    await refused(form, 'auth-context-stale');
  });
});
