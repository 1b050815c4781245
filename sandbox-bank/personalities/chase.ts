// Chase: clients are made in its portal; tokens come with more than was asked for.
import { correctedIndicator } from './habits.ts';
import type { PersonalityFacts } from './personality.ts';

const api = 'https://api.openbanking-obie.chase.co.uk';

export const chase: PersonalityFacts[] = [
  {
    name: 'Chase_Chase',
    displayName: 'Chase',
    organisationId: '0015800000CHASEXXX',
    organisationIdentifier: 'PSDGB-FCA-710002',
    clientAuthMethods: ['private_key_jwt'],
    addresses: {
      issuer: 'https://auth.openbanking-obie.chase.co.uk/auth/realms/provider',
      aisp: { 'v3.1': `${api}/obie2-aisp/open-banking/v3.1/aisp` },
      pisp: { 'v3.1': `${api}/obie2-pisp/open-banking/v3.1/pisp` },
    },
    registration: { offered: false, version: '3.2' },
    authorisation: { strongAuthentication: 'demanded' },
    refreshTokensFor: ['accounts', 'payments'],
    tokenAnswers: [
      { at: ['client-credentials'], refreshToken: 'unasked' },
      { at: ['exchange'], scope: 'with-more' },
      { at: ['refresh'], of: ['accounts'], scope: 'with-more' },
    ],
    subject: 'customer',
    resources: {
      ...correctedIndicator,
      refusedPermissions: ['ReadOffers', 'ReadPAN', 'ReadStatementsBasic', 'ReadStatementsDetail'],
      refundAccounts: false,
    },
  },
];
