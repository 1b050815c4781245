import { SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { readAuthorisationResponse } from '../../security/jarm.ts';
import { clock, makeSigningKey, nowSeconds, type SigningKey } from './identities.ts';

let bank: SigningKey;
let stranger: SigningKey;
beforeAll(async () => {
  [bank, stranger] = await Promise.all([
    makeSigningKey('bank-1', 'PS256'),
    makeSigningKey('bank-1', 'PS256'),
  ]);
});

const right = {
  ...{ iss: 'https://bank.example', aud: 'client-1', exp: nowSeconds + 60 },
  ...{ code: 'code-1', state: 'state-1' },
};

const sign = (claims: object, { key, kid } = bank) =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'PS256', kid }).sign(key);

const read = (response: string) =>
  readAuthorisationResponse({
    ...{ response, keys: { keys: [bank.publicJwk] }, clock },
    ...{ issuer: 'https://bank.example', clientId: 'client-1' },
  });

describe('a signed authorisation answer', () => {
  it('gives what is inside, the envelope left out', async () => {
    expect(await read(await sign(right))).toEqual({ code: 'code-1', state: 'state-1' });
    const refusal = { ...right, code: undefined, error: 'access_denied', error_description: 'No.' };
    expect(await read(await sign(refusal))).toEqual({
      ...{ error: 'access_denied', error_description: 'No.', state: 'state-1' },
    });
  });

  it.each([
    [{ iss: 'https://elsewhere.example' }, 'issuer'],
    [{ aud: 'client-2' }, 'audience'],
    [{ aud: ['client-1', 'client-2'] }, 'audience'],
    [{ exp: nowSeconds - 31 }, 'expiry'],
    [{ exp: undefined }, 'expiry'],
  ])('with %o is refused', async (changes, check) => {
    await expect(read(await sign({ ...right, ...changes }))).rejects.toMatchObject({ check });
  });

  it("without the bank's signature is refused", async () => {
    await expect(read(await sign(right, stranger))).rejects.toMatchObject({ check: 'signature' });
    await expect(read(await sign(right, { ...bank, kid: 'x' }))).rejects.toMatchObject({
      check: 'unknown-key',
    });
    const [, payload] = (await sign(right)).split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    await expect(read(`${none}.${payload}.`)).rejects.toMatchObject({
      name: 'AuthorisationResponseRefused',
    });
  });
});
