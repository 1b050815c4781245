// A bank with newer habits: response type `code` in a signed answer (JARM), PAR and PKCE, clients known by certificate.
import { ownHabits } from './own-habits.ts';
import type { PersonalityFacts } from './personality.ts';

export const jarm: PersonalityFacts = {
  ...ownHabits,
  name: 'jarm',
  displayName: 'Kestrel Building Society',
  organisationId: '0015800001KESTRELB',
  organisationIdentifier: 'PSDGB-FCA-700002',
  clientAuthMethods: ['tls_client_auth', 'private_key_jwt'],
  authorisation: {
    responseTypes: ['code'],
    responseMode: 'any',
    signedResponses: true,
    pushedRequests: true,
    pkce: 'required',
  },
  subject: 'customer',
  strictTls: true,
  knobs: { rotateRefreshTokens: true },
};
