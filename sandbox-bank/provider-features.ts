// Which of oidc-provider's features a bank has, and the checks that hang on them (FAPI 1.0 Advanced, RFC 8705, RFC 9101).
import type { ProviderClient, ProviderContext } from 'oidc-provider';
import { checkRequest } from './authorisation-checks.ts';
import { clientCertificate, namesSubject } from './client-certificate.ts';
import type { BankParts } from './running-bank.ts';

export function providerFeatures(bank: BankParts): object {
  const { authorisation } = bank.personality;
  const usesOpenId = authorisation.plainOAuth === undefined;
  const on = { enabled: true };
  const off = { enabled: false };
  return {
    devInteractions: off,
    // Nobody reaches the endpoint; without it oidc-provider refuses requests that name the consent among its claims too.
    userinfo: on,
    dPoP: off,
    rpInitiatedLogout: off,
    resourceIndicators: off,
    clientCredentials: on,
    introspection: on,
    revocation: on,
    jwtResponseModes: { enabled: authorisation.signedResponses },
    pushedAuthorizationRequests: { enabled: authorisation.pushedRequests },
    requestObjects: usesOpenId ? { enabled: true, requireSignedRequestObject: true } : off,
    fapi: authorisation.fapi === 'none' ? off : { enabled: true, profile: authorisation.fapi },
    claimsParameter: usesOpenId
      ? {
          enabled: true,
          assertClaimsParameter: async (context: ProviderContext, claims: unknown, client: ProviderClient) =>
            checkRequest(bank, context, claims, client),
        }
      : off,
    mTLS: {
      enabled: true,
      // Without it the binding that clients register is dropped silently.
      certificateBoundAccessTokens: true,
      tlsClientAuth: true,
      getCertificate: (context: ProviderContext) => clientCertificate(context.req),
      certificateAuthorized: (context: ProviderContext) => clientCertificate(context.req) !== undefined,
      certificateSubjectMatches: (context: ProviderContext, property: string, expected: string) => {
        const certificate = clientCertificate(context.req);
        return (
          property === 'tls_client_auth_subject_dn' &&
          certificate !== undefined &&
          namesSubject(certificate, expected)
        );
      },
    },
  };
}
