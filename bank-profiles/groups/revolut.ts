import { defineGroup } from '../profile.ts';
import { finlabs } from '../sources.ts';

const codeExchange = {
  idToken: { mayLack: ['auth_time', 'openbanking_intent_id', 'acr'], expiryUnit: 'milliseconds' },
} as const;
const authorisation = { nonceParameter: true, idToken: { mayLack: ['auth_time'] } } as const;
const apis = 'https://oba-auth.revolut.com';

export const revolut = defineGroup(
  { group: 'Revolut', source: finlabs },
  {
    Revolut_Revolut: {
      brand: 'Revolut',
      organisationId: '001580000103UAvAAM',
      issuer: 'https://oba-auth.revolut.com',
      discovery: { url: 'https://oba.revolut.com/openid-configuration' },
      accountInformation: { baseUrls: { 'v3.1': apis } },
      paymentInitiation: { baseUrls: { 'v3.1': apis } },
      registration: { version: '3.2', tokenEndpointAuthMethod: 'tls_client_auth', read: true, delete: true },
      authorisation: { responseMode: 'query' },
      grants: {
        accountAccess: { authorisation, codeExchange, refresh: { idTokenIs: 'optional' } },
        domesticPayment: { authorisation, codeExchange: { ...codeExchange, refreshToken: 'optional' } },
      },
      links: { withoutNewId: ['accountAccessConsent'] },
      unreliable: ['domesticPayment.debtor', 'domesticPayment.refund'],
      permissionsNotOffered: [
        'ReadOffers',
        'ReadPAN',
        'ReadParty',
        'ReadPartyPSU',
        'ReadProducts',
        'ReadStatementsBasic',
        'ReadStatementsDetail',
      ],
    },
  },
);
