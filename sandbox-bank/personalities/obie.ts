// The model bank of Open Banking Limited: as the specification has it, but for one time in milliseconds.
import { apisBelow, correctedIndicator } from './habits.ts';
import type { PersonalityFacts } from './personality.ts';

export const obie: PersonalityFacts[] = [
  {
    name: 'Obie_Model2023',
    displayName: 'OBIE Model Bank (2023)',
    organisationId: '0015800001041RHAAY',
    organisationIdentifier: 'PSDGB-FCA-710010',
    clientAuthMethods: ['tls_client_auth'],
    addresses: {
      issuer: 'https://auth1.obie.uk.ozoneapi.io',
      ...apisBelow('https://rs1.obie.uk.ozoneapi.io', 'v3.1'),
    },
    registration: { version: '3.2', methods: ['DELETE'], milliseconds: ['client_id_issued_at'] },
    authorisation: { strongAuthentication: 'refused' },
    refreshTokensFor: ['accounts', 'payments'],
    resources: correctedIndicator,
  },
];
