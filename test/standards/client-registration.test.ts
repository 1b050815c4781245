import { describe, expect, it } from 'vitest';
import {
  registrationClaims,
  registrationError,
  registrationErrorCodes,
  registrationResponse,
} from '../../standards/uk-open-banking/client-registration.ts';
import { readPublished, validatorOf } from './published-document.ts';

const published = validatorOf('dcr/v3.3', 'OBClientRegistration1');
const claims = {
  iss: 'Amt8ZRpbrDuEJ0FHZRZPYw',
  iat: 1_790_000_000,
  exp: 1_790_000_600,
  aud: '0015800001041RHAAY',
  jti: '3d0b7d4c-2f52-4f49-9c3f-6b3d1f2a9c10',
  redirect_uris: ['https://tpp.example/redirect'],
  token_endpoint_auth_method: 'private_key_jwt',
  grant_types: ['client_credentials', 'authorization_code', 'refresh_token'],
  response_types: ['code id_token'],
  software_id: 'Amt8ZRpbrDuEJ0FHZRZPYw',
  scope: 'openid accounts payments',
  software_statement: 'a.b.c',
  application_type: 'web',
  id_token_signed_response_alg: 'PS256',
  request_object_signing_alg: 'PS256',
  token_endpoint_auth_signing_alg: 'PS256',
};
const without = (name: string) => Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));

describe('registration claims', () => {
  it('are accepted as published', () => {
    expect(published(claims)).toBe(true);
    expect(registrationClaims.parse(claims)).toEqual(claims);
  });

  it.each(Object.keys(claims))('may lack %s exactly when the published ones may', (name) => {
    expect(registrationClaims.safeParse(without(name)).success).toBe(published(without(name)));
  });

  it.each([
    ['iss', 'not base 62!'],
    ['jti', '3d0b7d4c-2f52-1f49-9c3f-6b3d1f2a9c10'],
    ['redirect_uris', 'https://tpp.example/redirect'],
    ['redirect_uris', [`https://tpp.example/${'x'.repeat(256)}`]],
    ['token_endpoint_auth_method', 'none'],
    ['grant_types', []],
    ['response_types', ['token']],
    ['scope', ''],
    ['application_type', 'native'],
    ['id_token_signed_response_alg', 'none'],
    ['tls_client_auth_subject_dn', 'x'.repeat(129)],
  ])('are refused with %s %j, as published', (name, value) => {
    const changed = { ...claims, [name]: value };
    expect(published(changed)).toBe(false);
    expect(registrationClaims.safeParse(changed).success).toBe(false);
  });

  it('differ from the published ones in two places: no RS256, and an issuer URL as audience', () => {
    const weak = { ...claims, request_object_signing_alg: 'RS256' };
    expect([published(weak), registrationClaims.safeParse(weak).success]).toEqual([true, false]);
    const url = { ...claims, aud: 'https://bank.example' };
    expect([published(url), registrationClaims.safeParse(url).success]).toEqual([false, true]);
  });
});

describe('the answer to a registration', () => {
  it('needs a client id and nothing else, and keeps what it does not know', () => {
    expect(registrationResponse.parse({ client_id: 'c', org_id: 'o' })).toEqual({
      client_id: 'c',
      org_id: 'o',
    });
    expect(registrationResponse.safeParse({ client_secret: 's' }).success).toBe(false);
  });

  it('may be a refusal with a published code or another', () => {
    const codes = Object(readPublished('dcr/v3.3').components.schemas.RegistrationError).properties.error
      .enum;
    expect(registrationErrorCodes).toEqual(codes);
    expect(registrationError.parse({ error: 'invalid_client' }).error).toBe('invalid_client');
    expect(registrationError.safeParse({ message: 'no' }).success).toBe(false);
  });
});
