// The model bank of Open Banking Limited.
import { defineGroup } from '../profile.ts';
import { finlabs } from '../sources.ts';
import { apisAt, version3 } from './addresses.ts';

export const obie = defineGroup(
  { group: 'Obie', source: finlabs },
  {
    Obie_Model2023: {
      brand: 'OBL model bank (2023)',
      environment: 'model',
      organisationId: '0015800001041RHAAY',
      issuer: 'https://auth1.obie.uk.ozoneapi.io',
      ...apisAt('https://rs1.obie.uk.ozoneapi.io/open-banking', version3),
      variableRecurringPayments: {},
      registration: {
        version: '3.2',
        tokenEndpointAuthMethod: 'tls_client_auth',
        answerTimes: { client_id_issued_at: 'milliseconds' },
        delete: true,
      },
      authorisation: { strongAuthentication: false },
      risk: { misspelt: ['variable-recurring-payments'] },
      unreliable: ['domesticPayment.debtor', 'domesticVrp.debtorAccount', 'domesticVrp.refund'],
    },
  },
);
