// Nationwide, and what was Virgin Money: two softwares.
import { defineGroup } from '../profile.ts';
import { finlabs } from '../sources.ts';
import { apisAt, bothVersions, version3 } from './addresses.ts';

const anyAcr = { idToken: { acr: 'any' } } as const;
const refreshed = { refresh: anyAcr } as const;
const links = {
  withoutNewId: [
    'accountAccessConsent',
    'domesticPaymentConsent',
    'domesticPayment',
    'domesticVrpConsent',
    'domesticVrp',
  ],
  anyBaseUrl: ['domesticVrpConsent', 'domesticVrp'],
} as const;

const virginIdToken = { idToken: { mayLack: ['nonce', 'auth_time'] } } as const;

export const nationwide = defineGroup(
  {
    group: 'Nationwide',
    source: finlabs,
    organisationId: '0015800000jf8aKAAQ',
    risk: { misspelt: ['payments', 'variable-recurring-payments'] },
  },
  {
    Nationwide_Nationwide: {
      brand: 'Nationwide',
      issuer: 'https://obonline.nationwide.co.uk/open-banking/',
      discovery: { url: 'https://obonline.nationwide.co.uk/open-banking/.well-known/openid-configuration' },
      ...apisAt('https://api.nationwide.co.uk/open-banking', bothVersions),
      variableRecurringPayments: {},
      registration: {
        contentType: 'application/jose',
        tokenEndpointAuthMethod: 'tls_client_auth',
        subjectDn: 'oid-string',
        answerTimes: { client_id_issued_at: 'milliseconds' },
      },
      grants: {
        accountAccess: { authorisation: anyAcr, codeExchange: anyAcr, ...refreshed },
        domesticPayment: { authorisation: anyAcr, codeExchange: { ...anyAcr, refreshToken: 'optional' } },
        domesticVrp: { authorisation: anyAcr, codeExchange: anyAcr, ...refreshed },
      },
      links,
      unreliable: ['domesticPayment.debtor'],
      permissionsNotOffered: ['ReadPartyPSU'],
    },
    Nationwide_VirginMerged: {
      brand: 'Virgin Money',
      issuer: 'https://api.openbanking.virginmoney.com',
      discovery: {
        url: 'https://api.openbanking.virginmoney.com/open-banking/v3.0/.well-known/openid-configuration',
      },
      ...apisAt('https://api.openbanking.virginmoney.com/open-banking', version3),
      registration: {
        version: '3.2',
        contentType: 'application/jose',
        tokenEndpointAuthMethod: 'client_secret_basic',
        answerTimes: { iat: 'milliseconds', exp: 'milliseconds' },
        read: true,
        delete: true,
        managementScope: 'first-api',
      },
      authorisation: { responseMode: 'query' },
      grants: {
        accountAccess: {
          authorisation: { idToken: { subject: 'client', mayLack: ['acr', 'auth_time'] } },
          codeExchange: { sendScope: true, ...virginIdToken },
          refresh: { sendScope: true },
        },
        domesticPayment: {
          authorisation: { idToken: { subject: 'client', acr: 'any', mayLack: ['auth_time'] } },
          codeExchange: {
            sendScope: true,
            refreshToken: 'optional',
            idToken: { ...virginIdToken.idToken, acr: 'any' },
          },
        },
      },
      messageSigning: { style: 'b64-false' },
      links: { withoutNewId: ['accountAccessConsent', 'domesticPaymentConsent', 'domesticPayment'] },
      risk: { misspelt: ['payments'] },
      unreliable: ['domesticPayment.debtor', 'domesticPayment.refund'],
      permissionsNotOffered: ['ReadOffers', 'ReadProducts'],
    },
  },
);
