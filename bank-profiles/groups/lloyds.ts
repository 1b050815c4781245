// Lloyds Banking Group: one client for all brands. Halifax, Bank of Scotland and MBNA answer with links of Lloyds at times.
import { type BankProfileSource, defineGroup } from '../profile.ts';
import { finlabs } from '../sources.ts';
import { apisAt, bothVersions } from './addresses.ts';

const lloydsApis = 'https://secure-api.lloydsbank.com/prod01/lbg/lyds/open-banking';

function brand(
  name: string,
  pages: string,
  apis: string,
): Pick<BankProfileSource, 'brand' | 'issuer' | 'accountInformation' | 'paymentInitiation' | 'links'> {
  const ownApis = `https://secure-api.${apis}/open-banking`;
  return {
    brand: name,
    issuer: `https://authorise-api.${pages}`,
    ...apisAt(ownApis, bothVersions),
    links: {
      withoutNewId: ['accountAccessConsent'],
      ...(ownApis === lloydsApis ? {} : { otherBaseUrls: linksOfLloyds }),
    },
  };
}

const linksOfLloyds = {
  accountInformation: { 'v4.0': `${lloydsApis}/v4.0/aisp` },
  paymentInitiation: { 'v3.1': `${lloydsApis}/v3.1/pisp`, 'v4.0': `${lloydsApis}/v4.0/pisp` },
};

const lloyds = (name: string, segment: string) =>
  brand(name, `lloydsbank.co.uk/prod01/channel/mtls/lyds/${segment}`, 'lloydsbank.com/prod01/lbg/lyds');
const bankOfScotland = (name: string, segment: string) =>
  brand(
    name,
    `bankofscotland.co.uk/prod01/channel/mtls/bos/${segment}`,
    'bankofscotland.co.uk/prod01/lbg/bos',
  );

const noIdTokenOnRefresh = { refresh: { idTokenIs: 'optional' } } as const;
const refreshTokenOptional = { codeExchange: { refreshToken: 'optional' } } as const;
const registration = {
  version: '3.2',
  tokenEndpointAuthMethod: 'tls_client_auth',
  grantTypes: ['client_credentials', 'authorization_code'],
  read: true,
  delete: true,
} satisfies BankProfileSource['registration'];
const oneBaseUrl = {
  baseUrls: { 'v3.1': { configured: 'BaseUrl' }, 'v4.0': { configured: 'BaseUrl' } },
} as const;

export const lloydsBankingGroup = defineGroup(
  {
    group: 'Lloyds',
    source: finlabs,
    organisationId: { configured: 'FinancialId' },
    variableRecurringPayments: {},
    discovery: { responseModes: ['fragment'] },
    registration: {
      ...registration,
      group: 'Production',
      contentType: 'application/jose',
      managementScope: 'openid',
    },
    grants: {
      accountAccess: { authorisation: { nonceParameter: true }, ...noIdTokenOnRefresh },
      domesticPayment: refreshTokenOptional,
      domesticVrp: noIdTokenOnRefresh,
    },
    risk: { misspelt: ['payments'] },
    unreliable: ['domesticPayment.debtorIdentification', 'domesticPayment.debtorSchemeName'],
    permissionsNotOffered: ['ReadPAN'],
  },
  {
    Lloyds_Sandbox: {
      brand: 'Lloyds sandbox',
      environment: 'sandbox',
      issuer: { configured: 'IssuerUrl' },
      accountInformation: oneBaseUrl,
      paymentInitiation: oneBaseUrl,
      registration: {
        ...registration,
        subjectDn: 'oid-hex',
        subjectType: 'pairwise',
        managedWith: 'registration-access-token',
      },
      authorisation: { strongAuthentication: false },
      idToken: { subject: 'customer' },
      grants: {
        accountAccess: noIdTokenOnRefresh,
        domesticPayment: refreshTokenOptional,
        domesticVrp: noIdTokenOnRefresh,
      },
      unreliable: [
        'domesticPayment.debtor',
        'domesticPayment.debtorIdentification',
        'domesticPayment.debtorSchemeName',
        'domesticPayment.refundAccountIdentification',
        'domesticPayment.refundAccountSchemeName',
        'domesticPayment.status',
      ],
    },
    Lloyds_LloydsPersonal: lloyds('Lloyds Bank', 'personal'),
    Lloyds_LloydsBusiness: lloyds('Lloyds Bank Business', 'business'),
    Lloyds_LloydsCommerical: lloyds('Lloyds Bank Commercial', 'commercial'),
    Lloyds_HalifaxPersonal: brand(
      'Halifax',
      'halifax-online.co.uk/prod01/channel/mtls/hfx/personal',
      'halifax.co.uk/prod01/lbg/hfx',
    ),
    Lloyds_BankOfScotlandPersonal: bankOfScotland('Bank of Scotland', 'personal'),
    Lloyds_BankOfScotlandBusiness: bankOfScotland('Bank of Scotland Business', 'business'),
    Lloyds_BankOfScotlandCommerical: bankOfScotland('Bank of Scotland Commercial', 'commercial'),
    Lloyds_MbnaPersonal: {
      ...brand('MBNA', 'mbna.co.uk/prod01/channel/mtls/mbn/personal', 'mbna.co.uk/prod01/lbg/mbn'),
      notes: ['Variable recurring payments have addresses, and are not published.'],
    },
  },
);
