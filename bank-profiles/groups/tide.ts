import { defineGroup } from '../profile.ts';
import { finlabs } from '../sources.ts';
import { apisAt, version3 } from './addresses.ts';

export const tide = defineGroup(
  { group: 'Tide', source: finlabs },
  {
    Tide_Tide: {
      brand: 'Tide',
      organisationId: { configured: 'FinancialId' },
      issuer: 'https://issuer1.openbanking.api.tide.co',
      ...apisAt('https://rs1.openbanking.api.tide.co:4501/v1.0/open-banking', version3),
      registration: {
        version: '3.2',
        tokenEndpointAuthMethod: 'tls_client_auth',
        subjectDn: 'oid-hex',
        answerTimes: { client_id_issued_at: 'milliseconds' },
      },
      links: {
        withoutNewId: ['domesticPayment'],
        otherBaseUrls: {
          paymentInitiation: {
            'v3.1': 'http://rs1.openbanking.api.tide.co/v1.0/open-banking/v3.1/pisp',
          },
        },
      },
      unreliable: ['domesticPayment.debtor', 'domesticPayment.refund'],
    },
  },
);
