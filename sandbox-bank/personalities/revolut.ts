// Revolut: a code in the query, ID tokens that say little, and one base for everything.
import { answersInQuery, correctedIndicator } from './habits.ts';
import type { PersonalityFacts } from './personality.ts';

const base = 'https://oba-auth.revolut.com';

export const revolut: PersonalityFacts[] = [
  {
    name: 'Revolut_Revolut',
    displayName: 'Revolut',
    organisationId: '001580000103UAvAAM',
    organisationIdentifier: 'PSDGB-FCA-710013',
    clientAuthMethods: ['tls_client_auth'],
    addresses: {
      issuer: base,
      discovery: 'https://oba.revolut.com/openid-configuration',
      aisp: { 'v3.1': base },
      pisp: { 'v3.1': base },
    },
    registration: { version: '3.2' },
    authorisation: {
      ...answersInQuery,
      strongAuthentication: 'demanded',
      besideRequestObject: [{ parameter: 'nonce' }],
    },
    tokenAnswers: [{ at: ['refresh'], of: ['accounts'], idToken: 'left-out' }],
    idTokens: [
      { at: ['authorisation'], without: ['auth_time'] },
      {
        at: ['exchange'],
        without: ['auth_time', 'openbanking_intent_id', 'acr'],
        expiryInMilliseconds: true,
      },
    ],
    resources: {
      ...correctedIndicator,
      refusedPermissions: [
        ...['ReadPAN', 'ReadOffers', 'ReadParty', 'ReadStatementsBasic', 'ReadStatementsDetail'],
        ...['ReadProducts', 'ReadPartyPSU'],
      ],
      links: [{ paths: ['account-access-consents'], withoutNewId: true }],
    },
  },
];
