import { defineGroup } from '../profile.ts';
import { finlabs } from '../sources.ts';
import { apisAt, version3 } from './addresses.ts';

const noAuthTime = { idToken: { mayLack: ['auth_time'] } } as const;
const { paymentInitiation } = apisAt('https://sandbox-obp-api.danskebank.com/sandbox-open-banking', version3);

export const danske = defineGroup(
  { group: 'Danske', source: finlabs },
  {
    Danske_Sandbox: {
      brand: 'Danske Bank sandbox',
      environment: 'sandbox',
      organisationId: '0015800000jf7AeAAI',
      issuer: 'https://sandbox-obp-api.danskebank.com/sandbox-open-banking/private',
      paymentInitiation,
      discovery: { responseModes: ['fragment'] },
      registration: {
        version: '3.2',
        contentType: 'application/jose',
        tokenEndpointAuthMethod: 'tls_client_auth',
        subjectDn: 'oid-hex',
      },
      authorisation: { strongAuthentication: false },
      grants: {
        domesticPayment: {
          authorisation: noAuthTime,
          codeExchange: { ...noAuthTime, refreshToken: 'optional' },
        },
      },
      risk: { misspelt: ['payments'] },
      unreliable: [
        'domesticPayment.debtorIdentification',
        'domesticPayment.debtorSchemeName',
        'domesticPayment.refund',
      ],
    },
  },
);
