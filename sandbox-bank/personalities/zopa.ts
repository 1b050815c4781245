// Zopa: payments only, on version 4, authorised in its app.
import type { PersonalityFacts } from './personality.ts';

export const zopa: PersonalityFacts[] = [
  {
    name: 'Zopa_Zopa',
    displayName: 'Zopa',
    organisationId: '0015800000ZOPAXXXX',
    organisationIdentifier: 'PSDGB-FCA-710019',
    clientAuthMethods: ['tls_client_auth'],
    addresses: {
      issuer: 'https://auth1.openbanking.zopa.com',
      paymentAuthorisation: 'zopa://open-banking/pis-single-payment-consent',
      pisp: { 'v4.0': 'https://rs1.openbanking.zopa.com/open-banking/v4.0/pisp' },
    },
    registration: { version: '3.2', methods: ['GET', 'PUT'], milliseconds: ['client_id_issued_at'] },
    authorisation: { strongAuthentication: 'demanded' },
    refreshTokensFor: ['accounts', 'payments'],
  },
];
