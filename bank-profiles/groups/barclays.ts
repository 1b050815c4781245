// Barclays: clients are handed out on its developer portal, one for all brands.
import { defineGroup } from '../profile.ts';
import { finlabs } from '../sources.ts';
import { apisAt, bothVersions } from './addresses.ts';

const noIdTokenOnRefresh = { refresh: { idTokenIs: 'optional' } } as const;
const worthless = { idToken: { validation: 'none' } } as const;

const noStatementsNorOffers = [
  'ReadOffers',
  'ReadPAN',
  'ReadPartyPSU',
  'ReadStatementsBasic',
  'ReadStatementsDetail',
];
const beneficiaries = ['ReadBeneficiariesBasic', 'ReadBeneficiariesDetail'];
const standingOrders = ['ReadStandingOrdersBasic', 'ReadStandingOrdersDetail'];
const scheduledPayments = ['ReadScheduledPaymentsBasic', 'ReadScheduledPaymentsDetail'];
const directDebits = ['ReadDirectDebits'];

const production = (path: string, brand: string, permissionsNotOffered: string[]) => ({
  brand,
  issuer: `https://oauth.tiaa.barclays.com/${path}`,
  permissionsNotOffered,
});

export const barclays = defineGroup(
  {
    group: 'Barclays',
    source: finlabs,
    organisationId: { configured: 'FinancialId' },
    ...apisAt('https://telesto.api.barclays:443/open-banking', bothVersions),
    variableRecurringPayments: { consentMigration: true },
    registration: { dynamic: false, version: '3.2', group: 'Production' },
    idToken: { subject: 'customer' },
    grants: { accountAccess: noIdTokenOnRefresh, domesticVrp: noIdTokenOnRefresh },
    links: {
      withoutNewId: [
        'accountAccessConsent',
        'domesticPaymentConsent',
        'domesticPayment',
        'domesticVrpConsent',
        'domesticVrp',
      ],
    },
    risk: { misspelt: ['payments', 'variable-recurring-payments'] },
    requests: { domesticVrp: { omitInVersion3: ['Data.VRPType'] } },
    unreliable: ['domesticPayment.debtorSchemeName'],
  },
  {
    Barclays_Sandbox: {
      brand: 'Barclays sandbox',
      environment: 'sandbox',
      issuer: 'https://token.sandbox.barclays.com',
      registration: { dynamic: false, version: '3.2' },
      authorisation: { strongAuthentication: false },
      grants: {
        accountAccess: {
          authorisation: worthless,
          codeExchange: worthless,
          ...noIdTokenOnRefresh,
        },
        domesticVrp: noIdTokenOnRefresh,
      },
      permissionsNotOffered: [...noStatementsNorOffers, 'ReadParty', ...directDebits, ...standingOrders],
    },
    Barclays_Personal: production('BarclaysPersonal', 'Barclays Personal', noStatementsNorOffers),
    Barclays_Wealth: production('BarclaysWealth', 'Barclays Wealth', noStatementsNorOffers),
    Barclays_Barclaycard: production('BarclaycardUK', 'Barclaycard', [
      'ReadPAN',
      'ReadParty',
      'ReadPartyPSU',
      ...beneficiaries,
      ...standingOrders,
      ...scheduledPayments,
      ...directDebits,
    ]),
    Barclays_Business: production('BarclaysBusiness', 'Barclays Business', noStatementsNorOffers),
    Barclays_Corporate: production('BarclaysCorporate', 'Barclays Corporate', [
      ...noStatementsNorOffers,
      'ReadParty',
      ...beneficiaries,
    ]),
    Barclays_BarclaycardCommercialPayments: production('BCP', 'Barclaycard Commercial Payments', [
      ...noStatementsNorOffers,
      'ReadParty',
      ...beneficiaries,
      ...standingOrders,
      ...scheduledPayments,
      ...directDebits,
    ]),
  },
);
