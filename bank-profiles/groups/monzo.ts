// Monzo: a client for accounts and another one for payments.
import { defineGroup, everyGrant } from '../profile.ts';
import { finlabs } from '../sources.ts';
import { apisAt, version3 } from './addresses.ts';
import { eachRequest, paymentRequests } from './payment-requests.ts';

const tokens = { tokenType: 'any-case', emptyScope: 'as-asked', extraScopes: 'ignored' } as const;
const registration = {
  version: '3.2',
  tokenEndpointAuthMethod: 'tls_client_auth',
  subjectDn: 'oid-hex',
  clients: 'one-per-api',
} as const;

/** The sandbox's customer, who agrees by itself. */
const agreeing = (customer: object) => ({ DesiredStatus: 'Authorised', ...customer });
const accountHolder = agreeing({
  UserID: 'user_0000A4C4ZChWNMEvew2U77',
  AccountID: 'acc_0000A4C4ZSskDOixqNPfpR',
});
const payer = {
  add: {
    'Data.Initiation.SupplementaryData': agreeing({
      UserID: 'user_0000A4C4nqORb7K9YYW3r0',
      AccountID: 'acc_0000A4C4o66FCYJoERQhHN',
    }),
  },
};

export const monzo = defineGroup(
  {
    group: 'Monzo',
    source: finlabs,
    organisationId: { configured: 'FinancialId' },
    variableRecurringPayments: { refund: 'nested-account' },
    clientCredentials: { tokenType: 'any-case', emptyScope: 'as-asked', refreshToken: 'ignored' },
    grants: everyGrant({ codeExchange: tokens, refresh: { ...tokens, idTokenIs: 'optional' } }),
  },
  {
    Monzo_Monzo: {
      brand: 'Monzo',
      issuer: 'https://api.monzo.com/open-banking/',
      ...apisAt('https://openbanking.monzo.com/open-banking', version3),
      registration: { ...registration, group: 'Production' },
    },
    Monzo_Sandbox: {
      brand: 'Monzo sandbox',
      environment: 'sandbox',
      issuer: 'https://api.s101.nonprod-ffs.io/open-banking/',
      ...apisAt('https://openbanking.s101.nonprod-ffs.io/open-banking', version3),
      registration,
      authorisation: { strongAuthentication: false },
      requests: {
        accountAccessConsent: { add: { 'Data.SupplementaryData': accountHolder } },
        ...eachRequest(paymentRequests, payer),
      },
      unreliable: ['domesticPayment.status'],
    },
  },
);
