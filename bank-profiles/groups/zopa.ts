// Zopa: payments only, authorised in its app.
import { defineGroup } from '../profile.ts';
import { finlabs } from '../sources.ts';
import { apisAt, version4 } from './addresses.ts';

const { paymentInitiation } = apisAt('https://rs1.openbanking.zopa.com/open-banking', version4);

export const zopa = defineGroup(
  { group: 'Zopa', source: finlabs },
  {
    Zopa_Zopa: {
      brand: 'Zopa',
      organisationId: { configured: 'FinancialId' },
      issuer: 'https://auth1.openbanking.zopa.com',
      paymentInitiation,
      registration: {
        version: '3.2',
        tokenEndpointAuthMethod: 'tls_client_auth',
        answerTimes: { client_id_issued_at: 'milliseconds' },
        read: true,
      },
      grants: {
        domesticPayment: { authorisation: { endpoint: 'zopa://open-banking/pis-single-payment-consent' } },
      },
      unreliable: ['domesticPayment.debtor', 'domesticPayment.refund'],
    },
  },
);
