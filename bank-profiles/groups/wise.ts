import { defineGroup } from '../profile.ts';
import { finlabs } from '../sources.ts';

const tokens = { tokenType: 'any-case', extraScopes: 'ignored' } as const;
const apis = 'https://openbanking.transferwise.com/open-banking/v3.1.11';

export const wise = defineGroup(
  { group: 'Wise', source: finlabs },
  {
    Wise_Wise: {
      brand: 'Wise',
      organisationId: { configured: 'FinancialId' },
      issuer: 'https://openbanking.transferwise.com',
      discovery: { url: 'https://wise.com/openbanking/.well-known/openid-configuration' },
      accountInformation: { baseUrls: { 'v3.1': `${apis}/aisp` } },
      paymentInitiation: { baseUrls: { 'v3.1': `${apis}/pisp` } },
      registration: { tokenEndpointAuthMethod: 'tls_client_auth' },
      authorisation: { responseMode: 'query' },
      clientCredentials: { ...tokens, refreshToken: 'ignored' },
      grants: {
        accountAccess: { codeExchange: tokens, refresh: { ...tokens, idTokenIs: 'optional' } },
        domesticPayment: { codeExchange: tokens },
      },
      unreliable: ['domesticPayment.debtor', 'domesticPayment.refund'],
      permissionsNotOffered: [
        'ReadBeneficiariesBasic',
        'ReadBeneficiariesDetail',
        'ReadOffers',
        'ReadPAN',
        'ReadParty',
        'ReadPartyPSU',
        'ReadProducts',
        'ReadScheduledPaymentsBasic',
        'ReadScheduledPaymentsDetail',
        'ReadStandingOrdersBasic',
        'ReadStandingOrdersDetail',
        'ReadStatementsBasic',
        'ReadStatementsDetail',
      ],
    },
  },
);
