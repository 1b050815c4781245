// Danske Bank's sandbox: payments only, on version 3.
import type { PersonalityFacts } from './personality.ts';

const host = 'https://sandbox-obp-api.danskebank.com/sandbox-open-banking';

export const danske: PersonalityFacts[] = [
  {
    name: 'Danske_Sandbox',
    displayName: 'Danske Bank Sandbox',
    organisationId: '0015800000jf7AeAAI',
    organisationIdentifier: 'PSDGB-FCA-710004',
    clientAuthMethods: ['tls_client_auth'],
    addresses: { issuer: `${host}/private`, pisp: { 'v3.1': `${host}/v3.1/pisp` } },
    discovery: { responseModes: 'missing' },
    registration: {
      version: '3.2',
      contentTypes: ['application/jose'],
      organisationIdentifier: 'oid-hex',
      methods: [],
    },
    authorisation: { strongAuthentication: 'refused' },
    idTokens: [{ at: ['authorisation', 'exchange'], of: ['payments'], without: ['auth_time'] }],
  },
];
