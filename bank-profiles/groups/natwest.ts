// NatWest Group: one software for four houses, each with one client for its brands; Mettle and Coutts beside them.
import { type BankProfileSource, defineGroup, everyGrant } from '../profile.ts';
import { finlabs } from '../sources.ts';
import { apisAt, bothVersions, privateApis } from './addresses.ts';

const anyAcr = { idToken: { acr: 'any' } } as const;
const grant = {
  authorisation: anyAcr,
  codeExchange: anyAcr,
  refresh: { idTokenIs: 'optional' },
} as const;
const registration = { version: '3.2', subjectDn: 'oid-hex', subjectDnSent: 'always' } as const;
const natwestId = '0015800000jfwxXAAQ';
const rbsId = '0015800000jfwB4AAI';

/** One of the houses: its brands differ by the address of their pages. */
function house(name: string, organisationId: string, domain: string) {
  const common = {
    organisationId,
    ...apisAt(`https://api.${domain}/open-banking`, bothVersions),
    registration: { ...registration, group: `${name}Production` },
    grants: everyGrant({
      ...grant,
      authorisation: { ...anyAcr, audience: `https://secure1.${domain}` },
    }),
  } satisfies Partial<BankProfileSource>;
  return (brand: string, pages: string) => ({
    brand,
    issuer: `https://${pages}.secure1.${domain}`,
    ...common,
  });
}

const natwest = house('NatWest', natwestId, 'natwest.com');
const rbs = house('RoyalBankOfScotland', rbsId, 'rbs.co.uk');
const ulster = house('UlsterBankNi', natwestId, 'ulsterbank.co.uk');

const sandbox = (brand: string, organisationId: string) =>
  ({
    brand,
    environment: 'sandbox',
    organisationId,
    issuer: { configured: 'IssuerUrl' },
    ...privateApis,
    registration: { ...registration, answerScope: 'array' },
    authorisation: { strongAuthentication: false },
    grants: everyGrant({ refresh: { idTokenIs: 'optional' } }),
    unreliable: [
      'domesticPayment.debtorIdentification',
      'domesticPayment.debtorSchemeName',
      'domesticPayment.status',
      'domesticPaymentConsent.fundsAvailable',
      'domesticVrp.status',
      'domesticVrpConsent.contractPresentIndicator',
      'domesticVrpConsent.fundsAvailable',
    ],
  }) satisfies Partial<BankProfileSource>;

export const natwestGroup = defineGroup(
  {
    group: 'NatWest',
    source: finlabs,
    variableRecurringPayments: {},
    grants: everyGrant(grant),
    risk: { misspelt: ['payments', 'variable-recurring-payments'] },
    permissionsNotOffered: ['ReadPAN', 'ReadParty', 'ReadPartyPSU'],
  },
  {
    NatWest_NatWestSandbox: sandbox('NatWest sandbox', natwestId),
    NatWest_NatWest: natwest('NatWest', 'personal'),
    NatWest_NatWestBankline: natwest('NatWest Bankline', 'corporate'),
    NatWest_NatWestClearSpend: natwest('NatWest ClearSpend', 'clearspend'),
    NatWest_RoyalBankOfScotlandSandbox: sandbox('Royal Bank of Scotland sandbox', rbsId),
    NatWest_RoyalBankOfScotland: rbs('Royal Bank of Scotland', 'personal'),
    NatWest_RoyalBankOfScotlandBankline: rbs('Royal Bank of Scotland Bankline', 'corporate'),
    NatWest_RoyalBankOfScotlandClearSpend: rbs('Royal Bank of Scotland ClearSpend', 'clearspend'),
    NatWest_TheOne: rbs('The One account', 'toa'),
    NatWest_NatWestOne: rbs('NatWest One account', 'noa'),
    NatWest_VirginOne: rbs('Virgin One account', 'voa'),
    NatWest_UlsterBankNI: ulster('Ulster Bank NI', 'personal'),
    NatWest_UlsterBankNiBankline: ulster('Ulster Bank NI Bankline', 'corporate'),
    NatWest_UlsterBankNiClearSpend: ulster('Ulster Bank NI ClearSpend', 'clearspend'),
    NatWest_Mettle: {
      brand: 'Mettle',
      organisationId: natwestId,
      issuer: 'https://auth.openbanking.prd-mettle.co.uk',
      ...apisAt('https://api.openbanking.prd-mettle.co.uk/apis/open-banking', bothVersions),
      registration: { version: '3.2', tokenEndpointAuthMethod: 'tls_client_auth', group: 'MettleProduction' },
      notes: ['Published as under test.'],
    },
    NatWest_Coutts: {
      brand: 'Coutts',
      organisationId: '0015800000ti1PbAAI',
      issuer: 'https://secure1.coutts.com',
      ...apisAt('https://api.coutts.com/open-banking', bothVersions),
      variableRecurringPayments: undefined,
      registration: { version: '3.2', group: 'CouttsProduction' },
      idToken: { subject: 'customer' },
      links: { addedSlash: true },
      risk: { misspelt: ['payments'] },
      unreliable: ['domesticPaymentConsent.contractPresentIndicator'],
      permissionsNotOffered: [
        'ReadOffers',
        'ReadPAN',
        'ReadParty',
        'ReadPartyPSU',
        'ReadStatementsBasic',
        'ReadStatementsDetail',
      ],
      notes: ['Published as under test.'],
    },
  },
);
