// HSBC: one software, a client for each brand.
import { defineGroup } from '../profile.ts';
import { finlabs } from '../sources.ts';
import { apisAt, bothVersions, privateApis } from './addresses.ts';

const refreshTokenOptional = { codeExchange: { refreshToken: 'optional' } } as const;
const query = { responseMode: 'query' } as const;

const brand = (name: string, host: string) => ({
  brand: name,
  issuer: host,
  ...apisAt(`${host}/obie/open-banking`, bothVersions),
});

export const hsbc = defineGroup(
  {
    group: 'Hsbc',
    source: finlabs,
    organisationId: { configured: 'FinancialId' },
    variableRecurringPayments: {},
    registration: {
      version: '3.2',
      contentType: 'application/jose',
      audience: 'issuer',
      tokenEndpointAuthMethod: 'tls_client_auth',
      subjectDn: 'oid-hex',
      answerTimes: { client_id_issued_at: 'milliseconds' },
      read: true,
      managementScope: 'first-api',
    },
    grants: {
      accountAccess: { refresh: { idTokenIs: 'optional' } },
      domesticPayment: refreshTokenOptional,
      domesticVrp: refreshTokenOptional,
    },
    risk: { misspelt: ['payments', 'variable-recurring-payments'] },
    unreliable: ['domesticVrp.debtorAccount'],
    permissionsNotOffered: ['ReadOffers', 'ReadPartyPSU', 'ReadStatementsBasic', 'ReadStatementsDetail'],
  },
  {
    Hsbc_FirstDirect: brand('first direct', 'https://api.ob.firstdirect.com'),
    Hsbc_Sandbox: {
      brand: 'HSBC sandbox',
      environment: 'sandbox',
      issuer: { configured: 'IssuerUrl' },
      ...privateApis,
      authorisation: { ...query, strongAuthentication: false },
    },
    Hsbc_UkBusiness: {
      ...brand('HSBC UK Business', 'https://api.ob.business.hsbc.co.uk'),
      authorisation: query,
    },
    Hsbc_UkKinetic: brand('HSBC Kinetic', 'https://api.ob.hsbckinetic.co.uk'),
    Hsbc_UkPersonal: brand('HSBC UK', 'https://api.ob.hsbc.co.uk'),
    Hsbc_HsbcNetUk: brand('HSBCnet UK', 'https://api.ob.hsbcnet.com'),
  },
);
