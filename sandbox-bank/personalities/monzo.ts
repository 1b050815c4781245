// Monzo: a client for accounts and another for payments; scopes and token types in its answers are its own.
import { apisBelow, correctedIndicator } from './habits.ts';
import type { PersonalityFacts } from './personality.ts';

const common = {
  organisationId: '0015800000MONZOXXX',
  organisationIdentifier: 'PSDGB-FCA-710007',
  clientAuthMethods: ['tls_client_auth'],
  registration: { version: '3.2', organisationIdentifier: 'oid-hex', methods: [], oneApiPerClient: true },
  refreshTokensFor: ['accounts', 'payments'],
  tokenAnswers: [
    { tokenType: 'bearer' },
    { at: ['client-credentials'], scope: 'empty', refreshToken: 'unasked' },
    // Both are seen, so that whoever copes with one of them only is found out.
    { at: ['exchange', 'refresh'], scope: 'either' },
    { at: ['refresh'], idToken: 'left-out' },
  ],
} satisfies Partial<PersonalityFacts>;

export const allMonzo: PersonalityFacts[] = [
  {
    ...common,
    name: 'Monzo_Monzo',
    displayName: 'Monzo',
    addresses: {
      issuer: 'https://api.monzo.com/open-banking/',
      ...apisBelow('https://openbanking.monzo.com', 'v3.1'),
    },
    authorisation: { strongAuthentication: 'demanded' },
    resources: { ...correctedIndicator, pots: true },
  },
  {
    ...common,
    name: 'Monzo_Sandbox',
    displayName: 'Monzo Sandbox',
    addresses: {
      issuer: 'https://api.s101.nonprod-ffs.io/open-banking/',
      ...apisBelow('https://openbanking.s101.nonprod-ffs.io', 'v3.1'),
    },
    authorisation: { strongAuthentication: 'refused' },
    resources: {
      ...correctedIndicator,
      pots: true,
      supplement: {
        accounts: {
          DesiredStatus: 'Authorised',
          UserID: 'user_0000A4C4ZChWNMEvew2U77',
          AccountID: 'acc_0000A4C4ZSskDOixqNPfpR',
        },
        payments: {
          DesiredStatus: 'Authorised',
          UserID: 'user_0000A4C4nqORb7K9YYW3r0',
          AccountID: 'acc_0000A4C4o66FCYJoERQhHN',
        },
      },
    },
  },
];
