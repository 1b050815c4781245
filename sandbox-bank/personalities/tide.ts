// Tide: its payment consents link to the resource server as its own gateway sees it.
import { apisBelow, correctedIndicator } from './habits.ts';
import type { PersonalityFacts } from './personality.ts';

const api = 'https://rs1.openbanking.api.tide.co:4501';

export const tide: PersonalityFacts[] = [
  {
    name: 'Tide_Tide',
    displayName: 'Tide',
    organisationId: '0015800000TIDEXXXX',
    organisationIdentifier: 'PSDGB-FCA-710016',
    clientAuthMethods: ['tls_client_auth'],
    addresses: { issuer: 'https://issuer1.openbanking.api.tide.co', ...apisBelow(`${api}/v1.0`, 'v3.1') },
    registration: {
      version: '3.2',
      organisationIdentifier: 'oid-hex',
      milliseconds: ['client_id_issued_at'],
      methods: [],
    },
    authorisation: { strongAuthentication: 'demanded' },
    refreshTokensFor: ['accounts', 'payments'],
    resources: {
      ...correctedIndicator,
      links: [
        {
          paths: ['domestic-payment-consents'],
          base: { own: api, written: 'http://rs1.openbanking.api.tide.co' },
        },
        { paths: ['domestic-payments'], withoutNewId: true },
      ],
    },
  },
];
