// A bank with newer habits: response type `code` in a signed answer (JARM), PAR and PKCE, clients known by certificate.
import type { Personality } from './personality.ts';

export const jarm: Personality = {
  name: 'jarm',
  displayName: 'Kestrel Building Society',
  organisationId: '0015800001KESTRELB',
  organisationIdentifier: 'PSDGB-FCA-700002',
  clientAuthMethods: ['tls_client_auth', 'private_key_jwt'],
  responseTypes: ['code'],
  fapi: '1.0 Final',
  signedAuthorisationResponses: true,
  pushedAuthorisationRequests: true,
  pkce: 'required',
  subject: 'customer',
  strictTls: true,
  knobs: { rotateRefreshTokens: true },
};
