import { defineGroup } from '../profile.ts';
import { finlabs } from '../sources.ts';
import { apisAt, version3 } from './addresses.ts';

export const tsb = defineGroup(
  { group: 'Tsb', source: finlabs },
  {
    Tsb_Tsb: {
      brand: 'TSB',
      organisationId: { configured: 'FinancialId' },
      issuer: 'https://apis.tsb.co.uk/apis/open-banking/v3.1/',
      ...apisAt('https://apis.tsb.co.uk/apis/open-banking', version3),
      registration: { version: '3.2', read: true, delete: true },
      idToken: { subject: 'customer' },
      grants: { accountAccess: { refresh: { idTokenIs: 'optional' } } },
      messageSigning: { style: 'b64-false' },
      unreliable: ['domesticPayment.debtor', 'domesticPayment.refund'],
      permissionsNotOffered: ['ReadOffers', 'ReadParty', 'ReadPartyPSU'],
    },
  },
);
