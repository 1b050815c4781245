// A bank as most are: response type `code id_token` in the fragment, clients known by signed assertions.
import { ownHabits } from './own-habits.ts';
import type { PersonalityFacts } from './personality.ts';

export const hybrid: PersonalityFacts = {
  ...ownHabits,
  name: 'hybrid',
  displayName: 'Halyard Bank',
  organisationId: '0015800001HALYARDB',
  organisationIdentifier: 'PSDGB-FCA-700001',
  clientAuthMethods: ['private_key_jwt', 'tls_client_auth', 'client_secret_basic'],
  authorisation: { responseMode: 'any' },
  subject: 'pairwise',
};
