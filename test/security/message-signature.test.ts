import { createPublicKey, sign as nodeSign, verify as nodeVerify } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { signMessage, verifyMessage } from '../../security/message-signature.ts';
import { clock, makeSigningKey, nowSeconds, type SigningKey } from './identities.ts';

let seal: SigningKey;
beforeAll(async () => {
  seal = await makeSigningKey('seal-1', 'PS256');
});

const body = Buffer.from('{"Data":{"Amount":"10.00"}}');
const name = (claim: string) => `http://openbanking.org.uk/${claim}`;
const crit = [name('iat'), name('iss'), name('tan')];
const options = { issuer: 'org-1/software-1', trustAnchor: 'openbanking.org.uk', clock };
const padding = { padding: 6, saltLength: 32 }; // RSASSA-PSS

const sign = (style: 'b64-absent' | 'b64-false') => signMessage({ body, ...seal, style, ...options });

const verify = (signature: string, bytes: Buffer = body, changes: object = {}) =>
  verifyMessage({
    ...{ signature, body: bytes, keys: { keys: [seal.publicJwk] }, clock },
    ...{ issuer: 'org-1/software-1', trustAnchors: ['openbanking.org.uk'] },
    ...changes,
  }).then(
    () => 'accepted',
    (error) => error.check,
  );

/** A signature by node:crypto over a header of any shape. */
function forge(header: object): string {
  const encoded = Buffer.from(JSON.stringify(header)).toString('base64url');
  const input = Buffer.from(`${encoded}.${body.toString('base64url')}`);
  const signature = nodeSign('sha256', input, { key: seal.pem, ...padding });
  return `${encoded}..${signature.toString('base64url')}`;
}

const header = () => ({
  ...{ alg: 'PS256', kid: 'seal-1', crit },
  ...{
    [name('iat')]: nowSeconds - 1,
    [name('iss')]: 'org-1/software-1',
    [name('tan')]: 'openbanking.org.uk',
  },
});

describe('signing a message', () => {
  it.each([
    ['b64-absent', (encoded: string) => `${encoded}.${body.toString('base64url')}`],
    ['b64-false', (encoded: string) => `${encoded}.${body}`],
  ] as const)('in the style %s is what node:crypto verifies', async (style, inputOf) => {
    const [encoded = '', middle, signature = ''] = (await sign(style)).split('.');
    expect(middle).toBe('');
    const made = JSON.parse(Buffer.from(encoded, 'base64url').toString());
    const styled = style === 'b64-false' ? { b64: false, crit: ['b64', ...crit] } : {};
    expect(made).toEqual({ ...header(), ...styled });
    const key = { key: createPublicKey(seal.pem), ...padding };
    expect(
      nodeVerify('sha256', Buffer.from(inputOf(encoded)), key, Buffer.from(signature, 'base64url')),
    ).toBe(true);
  });
});

describe('verifying a message', () => {
  it('accepts both styles', async () => {
    expect(await verify(await sign('b64-absent'))).toBe('accepted');
    expect(await verify(await sign('b64-false'))).toBe('accepted');
    expect(await verify(forge({ ...header(), typ: 'JOSE', cty: 'application/json' }))).toBe('accepted');
  });

  it('refuses another body, another key and another sender', async () => {
    const signature = await sign('b64-absent');
    expect(await verify(signature, Buffer.from('{"Data":{"Amount":"99.00"}}'))).toBe('signature');
    expect(await verify(signature, Buffer.from(`${body} `))).toBe('signature');
    expect(await verify(signature, body, { keys: { keys: [] } })).toBe('unknown-key');
    const { publicJwk } = await makeSigningKey('seal-1', 'PS256');
    expect(await verify(signature, body, { keys: { keys: [publicJwk] } })).toBe('signature');
    expect(await verify(signature, body, { issuer: 'org-2' })).toBe('issuer');
    expect(await verify(signature, body, { issuer: undefined })).toBe('accepted');
    expect(await verify(signature, body, { trustAnchors: ['elsewhere.example'] })).toBe('trust-anchor');
  });

  it.each<[string, object, string]>([
    ['made in the future', { [name('iat')]: nowSeconds + 31 }, 'issued-at'],
    ['without a time', { [name('iat')]: 'now' }, 'issued-at'],
    ['that is not critical enough', { crit: crit.slice(1) }, 'header'],
    ['that is critical of more', { crit: [...crit, 'exp'], exp: 1 }, 'header'],
    ['with a member that does not belong', { jwk: {} }, 'header'],
    ['with another type', { typ: 'JWT' }, 'header'],
    ['with b64 true', { b64: true, crit: ['b64', ...crit] }, 'header'],
    ['by another algorithm', { alg: 'RS256' }, 'algorithm'],
    ['by no algorithm', { alg: 'none' }, 'algorithm'],
  ])('refuses one %s', async (_, changes, check) => {
    expect(await verify(forge({ ...header(), ...changes }))).toBe(check);
  });

  it('refuses what is no detached signature', async () => {
    const [encoded, , signature] = (await sign('b64-absent')).split('.');
    for (const wrong of [
      '',
      'a.b',
      `${encoded}.x.${signature}`,
      `${encoded}..${signature}.x`,
      `!..${signature}`,
    ]) {
      expect(await verify(wrong), wrong).toBe('format');
    }
  });
});
