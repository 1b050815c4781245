// A bank as most are: response type `code id_token` in the fragment, clients known by signed assertions.
import type { Personality } from './personality.ts';

export const hybrid: Personality = {
  name: 'hybrid',
  displayName: 'Halyard Bank',
  organisationId: '0015800001HALYARDB',
  organisationIdentifier: 'PSDGB-FCA-700001',
  clientAuthMethods: ['private_key_jwt', 'tls_client_auth', 'client_secret_basic'],
  responseTypes: ['code id_token'],
  fapi: '1.0 Final',
  signedAuthorisationResponses: false,
  pushedAuthorisationRequests: false,
  pkce: 'optional',
  subject: 'consent',
  strictTls: false,
  knobs: { rotateRefreshTokens: false },
};
