// Every check of an ID token, once where it holds and once where it does not.
import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { type IdTokenExpectations, leftHalfHash, validateIdToken } from '../../security/id-token.ts';
import { clock, makeSigningKey, nowSeconds, type SigningKey } from './identities.ts';

let bank: SigningKey;
let elliptic: SigningKey;
let stranger: SigningKey;
let old: SigningKey;

beforeAll(async () => {
  [bank, elliptic, stranger, old] = await Promise.all([
    makeSigningKey('bank-1', 'PS256'),
    makeSigningKey('bank-2', 'ES256'),
    makeSigningKey('bank-1', 'PS256'),
    makeSigningKey('bank-3', 'RS256'),
  ]);
});

const half = (value: string) =>
  createHash('sha256').update(value).digest().subarray(0, 16).toString('base64url');

const right = {
  iss: 'https://bank.example',
  aud: 'client-1',
  sub: 'consent-1',
  exp: nowSeconds + 300,
  iat: nowSeconds,
  nonce: 'nonce-1',
  openbanking_intent_id: 'consent-1',
  c_hash: half('code-1'),
  s_hash: half('state-1'),
};

type Claims = Record<string, unknown>;

/** Claims that are undefined are left out. */
function sign(claims: Claims, key = bank, header: object = {}): Promise<string> {
  const present = Object.entries(claims).filter(([, value]) => value !== undefined);
  const alg = key === elliptic ? 'ES256' : key === old ? 'RS256' : 'PS256';
  return new SignJWT(Object.fromEntries(present))
    .setProtectedHeader({ alg, kid: key.kid, ...header })
    .sign(key.key);
}

function expectations(idToken: string, changes: Partial<IdTokenExpectations> = {}): IdTokenExpectations {
  return {
    ...{ idToken, keys: { keys: [bank.publicJwk, elliptic.publicJwk, old.publicJwk] }, clock },
    ...{ issuer: 'https://bank.example', clientId: 'client-1', nonce: 'nonce-1', consentId: 'consent-1' },
    ...{ code: 'code-1', state: 'state-1' },
    ...changes,
  };
}

const validate = async (claims: Claims, changes: Partial<IdTokenExpectations> = {}) =>
  validateIdToken(expectations(await sign({ ...right, ...claims }), changes));

describe('an ID token', () => {
  it('that is right is accepted, by either algorithm of FAPI', async () => {
    for (const key of [bank, elliptic]) {
      const { subject, claims } = await validateIdToken(expectations(await sign(right, key)));
      expect([subject, claims.nonce]).toEqual(['consent-1', 'nonce-1']);
    }
  });

  it.each<[string, Claims, string]>([
    ['another issuer', { iss: 'https://bank.example/' }, 'issuer'],
    ['no issuer', { iss: undefined }, 'issuer'],
    ['another audience', { aud: 'client-2' }, 'audience'],
    ['no audience', { aud: undefined }, 'audience'],
    ['an empty audience', { aud: [] }, 'audience'],
    ['one audience too many', { aud: ['client-1', 'client-2'] }, 'audience'],
    ['one audience too many, with our azp', { aud: ['client-1', 'x'], azp: 'client-1' }, 'audience'],
    ["somebody else's azp", { azp: 'client-2' }, 'audience'],
    ['an end in the past', { exp: nowSeconds - 31 }, 'expiry'],
    ['no end', { exp: undefined }, 'expiry'],
    ['an end that is no number', { exp: 'tomorrow' }, 'expiry'],
    ['a beginning in the future', { nbf: nowSeconds + 31 }, 'not-before'],
    ['no time of issue', { iat: undefined }, 'issued-at'],
    ['a time of issue in the future', { iat: nowSeconds + 31 }, 'issued-at'],
    ['a time of issue a week ago', { iat: nowSeconds - 7 * 86_400 }, 'issued-at'],
    ['no subject', { sub: undefined }, 'subject'],
    ['an empty subject', { sub: '' }, 'subject'],
    ['another nonce', { nonce: 'nonce-2' }, 'nonce'],
    ['no nonce', { nonce: undefined }, 'nonce'],
    ['another consent', { openbanking_intent_id: 'consent-2' }, 'intent-id'],
    ['no consent', { openbanking_intent_id: undefined }, 'intent-id'],
    ['another code', { c_hash: half('code-2') }, 'code-hash'],
    ['no code hash', { c_hash: undefined }, 'code-hash'],
    ['another state', { s_hash: half('state-2') }, 'state-hash'],
    ['no state hash', { s_hash: undefined }, 'state-hash'],
    ['a time of authentication in the future', { auth_time: nowSeconds + 31 }, 'auth-time'],
  ])('with %s is refused', async (_, claims, check) => {
    await expect(validate(claims)).rejects.toMatchObject({ name: 'IdTokenRefused', check });
  });

  it('may be off by half a minute', async () => {
    await validate({ exp: nowSeconds - 29, iat: nowSeconds + 29, nbf: nowSeconds + 29 });
  });

  it('has to be about the same person, and fit the access token it came with', async () => {
    await expect(validate({}, { subject: 'somebody-else' })).rejects.toMatchObject({ check: 'subject' });
    await validate({}, { subject: 'consent-1', accessToken: 'token-1' }); // at_hash may be absent
    await validate({ at_hash: half('token-1') }, { accessToken: 'token-1' });
    const other = validate({ at_hash: half('token-2') }, { accessToken: 'token-1' });
    await expect(other).rejects.toMatchObject({ check: 'access-token-hash' });
  });

  it('has to show the authentication that was asked for', async () => {
    const sca = 'urn:openbanking:psd2:sca';
    await validate({ acr: sca, auth_time: nowSeconds - 10 }, { acrValues: [sca], maxAgeSeconds: 60 });
    await expect(validate({ acr: 'weak' }, { acrValues: [sca] })).rejects.toMatchObject({ check: 'acr' });
    await expect(validate({}, { acrValues: [sca] })).rejects.toMatchObject({ check: 'acr' });
    await expect(validate({}, { maxAgeSeconds: 60 })).rejects.toMatchObject({ check: 'auth-time' });
    await expect(validate({}, { requireAuthTime: true })).rejects.toMatchObject({ check: 'auth-time' });
    const stale = validate({ auth_time: nowSeconds - 91 }, { maxAgeSeconds: 60 });
    await expect(stale).rejects.toMatchObject({ check: 'auth-time' });
  });

  it('is forgiven only what it is said to be forgiven', async () => {
    for (const claim of ['nonce', 's_hash', 'c_hash', 'openbanking_intent_id'] as const) {
      await validate({ [claim]: undefined }, { tolerance: { mayBeAbsent: [claim] } });
      const wrong = validate({ [claim]: 'wrong' }, { tolerance: { mayBeAbsent: [claim] } });
      await expect(wrong).rejects.toMatchObject({ name: 'IdTokenRefused' });
    }
    await validate({ exp: (nowSeconds + 300) * 1000 }, { tolerance: { expiryUnit: 'milliseconds' } });
    await expect(validate({ exp: (nowSeconds + 300) * 1000 })).rejects.toThrow('expiry');
    await validate({ acr: 'other' }, { acrValues: ['asked'], tolerance: { acr: 'any' } });
  });
});

describe('the signature of an ID token', () => {
  const check = (token: string, changes: Partial<IdTokenExpectations> = {}) =>
    validateIdToken(expectations(token, changes)).then(
      () => 'accepted',
      (error) => error.check,
    );

  it('has to be there, by an algorithm of FAPI, and by the key that it names', async () => {
    const [header = '', payload = ''] = (await sign(right)).split('.');
    const none = Buffer.from('{"alg":"none","kid":"bank-1"}').toString('base64url');
    expect(await check(`${none}.${payload}.`)).not.toBe('accepted');
    expect(await check(`${header}.${payload}.`)).toBe('signature');
    expect(await check(await sign(right, old))).toBe('algorithm');
    expect(await check(await sign(right, elliptic), { algorithm: 'PS256' })).toBe('algorithm');
    expect(await check(await sign(right, stranger))).toBe('signature');
    expect(await check(await sign(right, bank, { kid: 'nobody' }))).toBe('unknown-key');
    expect(await check('no token at all')).toBe('format');
    expect(await check(await sign(right), { keys: { keys: [] } })).toBe('unknown-key');
  });

  it('by the public key as a shared secret is refused', async () => {
    const header = Buffer.from('{"alg":"HS256","kid":"bank-1"}').toString('base64url');
    const [, payload] = (await sign(right)).split('.');
    const secret = JSON.stringify(bank.publicJwk);
    const mac = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');
    expect(await check(`${header}.${payload}.${mac}`)).toBe('algorithm');
  });

  it('does not survive the change of a single character', async () => {
    const token = await sign(right);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    const changes = fc.record({
      // The last character of a part may carry bits that count for nothing.
      at: fc.nat(token.length - 2).filter((at) => token[at + 1] !== '.'),
      by: fc.constantFrom(...alphabet),
    });
    await fc.assert(
      fc.asyncProperty(changes, async ({ at, by }) => {
        fc.pre(token[at] !== by);
        expect(await check(token.slice(0, at) + by + token.slice(at + 1))).not.toBe('accepted');
      }),
      { numRuns: 300 },
    );
  });
});

it('hashes codes and states as the published example does', () => {
  // OpenID Connect Core appendix A.3 and A.4: at_hash and c_hash of the examples there, SHA-256.
  expect(leftHalfHash('jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y', 'RS256')).toBe('77QmUPtjPfzWtF2AnpK9RQ');
  expect(leftHalfHash('Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk', 'RS256')).toBe(
    'LDktKdoQak3Pk0cnXxCltA',
  );
});
