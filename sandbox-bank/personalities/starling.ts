// Starling: a code in the query, ID tokens that do not tell how the customer signed in.
import { answersInQuery, answersWithoutNewId, apisBelow, correctedIndicator } from './habits.ts';
import type { PersonalityFacts } from './personality.ts';

export const starling: PersonalityFacts[] = [
  {
    name: 'Starling_Starling',
    displayName: 'Starling',
    organisationId: '0015800000STARLING',
    organisationIdentifier: 'PSDGB-FCA-710015',
    clientAuthMethods: ['tls_client_auth'],
    addresses: {
      issuer: 'https://api-openbanking.starlingbank.com/',
      discovery: 'https://openbanking.starlingbank.com/.well-known/openid-configuration',
      ...apisBelow('https://api-openbanking.starlingbank.com', 'v3.1'),
    },
    registration: { version: '3.3', methods: ['GET', 'PUT'], managedWith: 'client-token-openid' },
    authorisation: { ...answersInQuery, strongAuthentication: 'demanded' },
    tokenAnswers: [{ at: ['refresh'], of: ['accounts'], idToken: 'left-out' }],
    idTokens: [{ at: ['authorisation', 'exchange'], without: ['acr'] }],
    resources: { ...correctedIndicator, ...answersWithoutNewId },
  },
];
