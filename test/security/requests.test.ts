import { createPublicKey, verify } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeClientAssertion } from '../../security/client-assertion.ts';
import { importSigningKey } from '../../security/keys.ts';
import { makeRegistrationRequest } from '../../security/registration-request.ts';
import { makeRequestObject } from '../../security/request-object.ts';
import { clock, makeSigningKey, nowSeconds, type SigningKey } from './identities.ts';

const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let seal: SigningKey;
beforeAll(async () => {
  seal = await makeSigningKey('seal-1', 'PS256');
});

/** Verifies with node:crypto, so that the library which signed is not its own judge. */
function opened(jws: string): JWTPayload {
  const [header, payload, signature = ''] = jws.split('.');
  const key = { key: createPublicKey(seal.pem), padding: 6, saltLength: 32 }; // RSASSA-PSS
  const verified = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    key,
    Buffer.from(signature, 'base64url'),
  );
  expect(verified).toBe(true);
  return decodeJwt(jws);
}

describe('client assertions', () => {
  const make = () =>
    makeClientAssertion({ clientId: 'client', audience: 'https://bank.example/token', clock, ...seal });

  it('says who asks whom, for one minute', async () => {
    const assertion = await make();
    expect(decodeProtectedHeader(assertion)).toEqual({ alg: 'PS256', kid: 'seal-1', typ: 'JWT' });
    expect(opened(assertion)).toEqual({
      iss: 'client',
      sub: 'client',
      aud: 'https://bank.example/token',
      jti: expect.stringMatching(uuidV4),
      iat: nowSeconds,
      exp: nowSeconds + 60,
    });
  });

  it('never uses an id twice', async () => {
    expect(decodeJwt(await make()).jti).not.toBe(decodeJwt(await make()).jti);
  });

  it('signs with RS256 for a bank that wants it', async () => {
    const key = await importSigningKey(seal.pem, 'RS256');
    const assertion = await makeClientAssertion({
      clientId: 'client',
      audience: 'https://bank.example',
      key,
      kid: 'seal-1',
      clock,
      algorithm: 'RS256',
    });
    const [header, payload, signature = ''] = assertion.split('.');
    const signed = Buffer.from(`${header}.${payload}`);
    expect(verify('sha256', signed, createPublicKey(seal.pem), Buffer.from(signature, 'base64url'))).toBe(
      true,
    );
    expect(decodeProtectedHeader(assertion).alg).toBe('RS256');
  });
});

describe('request objects', () => {
  const request = {
    clientId: 'client',
    audience: 'https://bank.example',
    redirectUri: 'https://us.example/redirect',
    scope: 'openid accounts',
    state: 'state-1',
    nonce: 'nonce-1',
    consentId: 'consent-1',
    clock,
  };
  const intent = { openbanking_intent_id: { value: 'consent-1', essential: true } };

  it('says everything a hybrid request says', async () => {
    const object = await makeRequestObject({ ...request, responseType: 'code id_token', ...seal });
    expect(decodeProtectedHeader(object)).toEqual({
      alg: 'PS256',
      kid: 'seal-1',
      typ: 'oauth-authz-req+jwt',
    });
    expect(opened(object)).toEqual({
      iss: 'client',
      aud: 'https://bank.example',
      jti: expect.stringMatching(uuidV4),
      iat: nowSeconds,
      nbf: nowSeconds,
      exp: nowSeconds + 300,
      client_id: 'client',
      response_type: 'code id_token',
      redirect_uri: 'https://us.example/redirect',
      scope: 'openid accounts',
      state: 'state-1',
      nonce: 'nonce-1',
      claims: { id_token: intent },
    });
  });

  it('adds what a bank wants besides', async () => {
    const object = await makeRequestObject({
      ...request,
      ...seal,
      responseType: 'code',
      responseMode: 'jwt',
      codeChallenge: 'challenge',
      maxAgeSeconds: 0,
      acrValues: ['urn:openbanking:psd2:sca'],
      intentInUserInfo: true,
    });
    expect(opened(object)).toMatchObject({
      response_type: 'code',
      response_mode: 'jwt',
      code_challenge: 'challenge',
      code_challenge_method: 'S256',
      max_age: 0,
      claims: {
        id_token: { ...intent, acr: { essential: true, values: ['urn:openbanking:psd2:sca'] } },
        userinfo: intent,
      },
    });
  });
});

describe('registration requests', () => {
  it('signs the claims as they are given, with an id, a time and an end', async () => {
    const claims = {
      iss: 'software',
      aud: '0015800000jfQ9aAAE',
      redirect_uris: ['https://us.example/redirect'],
      token_endpoint_auth_method: 'tls_client_auth' as const,
      tls_client_auth_subject_dn: 'CN=us,C=GB',
      grant_types: ['client_credentials' as const, 'authorization_code' as const],
      scope: 'openid accounts',
      software_statement: 'a.b.c',
      application_type: 'web' as const,
      id_token_signed_response_alg: 'PS256' as const,
      request_object_signing_alg: 'PS256' as const,
    };
    const jws = await makeRegistrationRequest({ claims, clock, ...seal });
    expect(decodeProtectedHeader(jws)).toEqual({ alg: 'PS256', kid: 'seal-1', typ: 'JWT' });
    expect(opened(jws)).toEqual({
      ...claims,
      jti: expect.stringMatching(uuidV4),
      iat: nowSeconds,
      exp: nowSeconds + 300,
    });
  });
});
