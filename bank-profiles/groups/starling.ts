import { defineGroup } from '../profile.ts';
import { finlabs } from '../sources.ts';
import { apisAt, version3 } from './addresses.ts';

const noAcr = { idToken: { mayLack: ['acr'] } } as const;

export const starling = defineGroup(
  { group: 'Starling', source: finlabs },
  {
    Starling_Starling: {
      brand: 'Starling Bank',
      organisationId: { configured: 'FinancialId' },
      issuer: 'https://api-openbanking.starlingbank.com/',
      discovery: { url: 'https://openbanking.starlingbank.com/.well-known/openid-configuration' },
      ...apisAt('https://api-openbanking.starlingbank.com/open-banking', version3),
      registration: { tokenEndpointAuthMethod: 'tls_client_auth', read: true, managementScope: 'openid' },
      authorisation: { responseMode: 'query' },
      grants: {
        accountAccess: { authorisation: noAcr, codeExchange: noAcr, refresh: { idTokenIs: 'optional' } },
        domesticPayment: { authorisation: noAcr, codeExchange: { ...noAcr, refreshToken: 'optional' } },
      },
      links: { withoutNewId: ['accountAccessConsent', 'domesticPaymentConsent', 'domesticPayment'] },
      unreliable: ['domesticPayment.debtor'],
    },
  },
);
