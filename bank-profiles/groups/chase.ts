import { defineGroup } from '../profile.ts';
import { finlabs } from '../sources.ts';
import { apisAt, version3 } from './addresses.ts';
import { eachRequest, refundableConsents } from './payment-requests.ts';

const host = 'https://api.openbanking-obie.chase.co.uk';
const { accountInformation } = apisAt(`${host}/obie2-aisp/open-banking`, version3);
const { paymentInitiation } = apisAt(`${host}/obie2-pisp/open-banking`, version3);

export const chase = defineGroup(
  { group: 'Chase', source: finlabs },
  {
    Chase_Chase: {
      brand: 'Chase',
      organisationId: { configured: 'FinancialId' },
      issuer: 'https://auth.openbanking-obie.chase.co.uk/auth/realms/provider',
      accountInformation,
      paymentInitiation,
      registration: { dynamic: false, version: '3.2' },
      idToken: { subject: 'customer' },
      clientCredentials: { refreshToken: 'ignored' },
      grants: {
        accountAccess: { codeExchange: { extraScopes: 'ignored' }, refresh: { extraScopes: 'ignored' } },
        domesticPayment: { codeExchange: { extraScopes: 'ignored' } },
      },
      requests: eachRequest(refundableConsents, { omit: ['Data.ReadRefundAccount'] }),
      unreliable: [
        'domesticPayment.debtor',
        'domesticPayment.refund',
        'domesticPaymentConsent.contractPresentIndicator',
      ],
      permissionsNotOffered: ['ReadOffers', 'ReadPAN', 'ReadStatementsBasic', 'ReadStatementsDetail'],
    },
  },
);
