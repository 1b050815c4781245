// Wise: a code in the query; tokens come with more than was asked for, under a type in small letters.
import { answersInQuery, correctedIndicator } from './habits.ts';
import type { PersonalityFacts } from './personality.ts';

const base = 'https://openbanking.transferwise.com';

export const wise: PersonalityFacts[] = [
  {
    name: 'Wise_Wise',
    displayName: 'Wise',
    organisationId: '0015800000WISEXXXX',
    organisationIdentifier: 'PSDGB-FCA-710018',
    clientAuthMethods: ['tls_client_auth'],
    addresses: {
      issuer: base,
      discovery: 'https://wise.com/openbanking/.well-known/openid-configuration',
      aisp: { 'v3.1': `${base}/open-banking/v3.1.11/aisp` },
      pisp: { 'v3.1': `${base}/open-banking/v3.1.11/pisp` },
    },
    registration: { version: '3.3', methods: [] },
    authorisation: { ...answersInQuery, strongAuthentication: 'demanded' },
    refreshTokensFor: ['accounts', 'payments'],
    tokenAnswers: [
      { at: ['client-credentials', 'exchange'], tokenType: 'bearer', scope: 'with-more' },
      { at: ['client-credentials'], refreshToken: 'unasked' },
      { at: ['refresh'], of: ['accounts'], tokenType: 'bearer', scope: 'with-more', idToken: 'left-out' },
    ],
    resources: {
      ...correctedIndicator,
      refusedPermissions: [
        ...['ReadBeneficiariesBasic', 'ReadBeneficiariesDetail', 'ReadOffers', 'ReadPAN', 'ReadParty'],
        ...['ReadPartyPSU', 'ReadProducts', 'ReadScheduledPaymentsBasic', 'ReadScheduledPaymentsDetail'],
        ...['ReadStandingOrdersBasic', 'ReadStandingOrdersDetail'],
        ...['ReadStatementsBasic', 'ReadStatementsDetail'],
      ],
    },
  },
];
