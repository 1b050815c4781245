import { describe, expect, it } from 'vitest';
import { findProfile, profileNames } from '../../bank-profiles/index.ts';
import { bankProfileSchema, defineGroup } from '../../bank-profiles/profile.ts';
import { ConfigurationMissing, resolveProfile } from '../../bank-profiles/resolve-profile.ts';

const settings = {
  SANDBOX_BANK_BROWSER_URL: 'https://localhost:8443/',
  SANDBOX_BANK_API_URL: 'https://localhost:8444',
};

describe('bank profiles', () => {
  it('are found by their public names', () => {
    expect(profileNames).toEqual(['Sandbox_Hybrid', 'Sandbox_Jarm']);
    expect(findProfile('Sandbox_Jarm')?.registration.tokenEndpointAuthMethod).toBe('tls_client_auth');
    expect(findProfile('sandbox_jarm')).toBeUndefined();
  });

  it('are as the specification has it wherever they say nothing', () => {
    const profile = bankProfileSchema.parse({
      group: 'Any',
      organisationId: '0015800000000ANY',
      issuer: 'https://any.example',
    });
    expect(profile).toEqual({
      group: 'Any',
      organisationId: '0015800000000ANY',
      issuer: 'https://any.example',
      registration: {
        contentType: 'application/jwt',
        audience: 'organisation',
        tokenEndpointAuthMethod: 'private_key_jwt',
        subjectDn: 'oid-string',
        read: false,
        delete: false,
      },
      authorisation: {
        responseType: 'code id_token',
        responseMode: 'fragment',
        pushedAuthorisationRequest: false,
        pkce: false,
      },
      messageSigning: { style: 'b64-absent', responses: 'required', trustAnchors: ['openbanking.org.uk'] },
      permissionsNotOffered: [],
    });
  });

  it('are refused when they say something that is not known', () => {
    const issuer = 'https://any.example';
    expect(() => defineGroup('Any', { Bank: { organisationId: '', issuer } })).toThrow();
    const misspelt = { organisationId: 'A', issuer, pushedAuthorizationRequest: true };
    expect(() => defineGroup('Any', { Bank: misspelt })).toThrow('pushedAuthorizationRequest');
  });
});

describe('addresses that are left to configuration', () => {
  it('are filled in with their path', () => {
    const profile = resolveProfile('Sandbox_Hybrid', settings);
    expect(profile?.issuer).toBe('https://localhost:8443/hybrid');
    expect(profile?.paymentInitiation?.baseUrls['v3.1']).toBe(
      'https://localhost:8444/hybrid/open-banking/v3.1/pisp',
    );
  });

  it('name every variable that is missing, before anything is sent', () => {
    const failure = () => resolveProfile('Sandbox_Hybrid', { SANDBOX_BANK_API_URL: 'no address' });
    expect(failure).toThrow(ConfigurationMissing);
    expect(failure).toThrow('SANDBOX_BANK_BROWSER_URL, SANDBOX_BANK_API_URL');
  });

  it('do not make up a profile', () => {
    expect(resolveProfile('Bank_Of_Nowhere', settings)).toBeUndefined();
  });
});
