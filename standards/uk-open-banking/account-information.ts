// The endpoints of the account and transaction API that are offered so far:
// https://openbankinguk.github.io/read-write-api-site3/v4.0/profiles/account-and-transaction-api-profile.html#endpoints
import { defineEndpoints } from './endpoint.ts';
import {
  accountsPermissions,
  transactionDetailPermissions,
  transactionDirectionPermissions,
} from './permissions.ts';
import * as requestsV3 from './v3.1/generated/account-info.requests.ts';
import * as responsesV3 from './v3.1/generated/account-info.responses.ts';
import * as requestsV4 from './v4.0/generated/account-info.requests.ts';
import * as responsesV4 from './v4.0/generated/account-info.responses.ts';

const consent = { 'v3.1': responsesV3.OBReadConsentResponse1, 'v4.0': responsesV4.OBReadConsentResponse1 };
const accounts = { 'v3.1': responsesV3.OBReadAccount6, 'v4.0': responsesV4.OBReadAccount6 };
const balances = { 'v3.1': responsesV3.OBReadBalance1, 'v4.0': responsesV4.OBReadBalance1 };
const transactions = { 'v3.1': responsesV3.OBReadTransaction6, 'v4.0': responsesV4.OBReadTransaction6 };

const common = {
  api: 'accountInformation',
  scope: 'accounts',
  signed: 'neither',
  idempotent: false,
  errors: { 'v3.1': responsesV3.OBErrorResponse1, 'v4.0': responsesV4.OBErrorResponse1 },
} as const;

/** About the consent itself: the client's own token. */
const aboutConsent = { ...common, grant: 'client-credentials', permissions: [], query: [] } as const;

/** Under a consent: the customer's token. */
const read = { ...common, method: 'GET', grant: 'authorization-code', status: 200, request: null } as const;
const readTransactions = {
  ...read,
  permissions: [transactionDetailPermissions, transactionDirectionPermissions],
  query: ['fromBookingDateTime', 'toBookingDateTime'],
  response: transactions,
} as const;

export const accountInformation = defineEndpoints({
  createAccountAccessConsent: {
    ...aboutConsent,
    method: 'POST',
    path: '/account-access-consents',
    status: 201,
    request: { 'v3.1': requestsV3.OBReadConsent1, 'v4.0': requestsV4.OBReadConsent1 },
    response: consent,
  },
  getAccountAccessConsent: {
    ...aboutConsent,
    method: 'GET',
    path: '/account-access-consents/{ConsentId}',
    status: 200,
    request: null,
    response: consent,
  },
  deleteAccountAccessConsent: {
    ...aboutConsent,
    method: 'DELETE',
    path: '/account-access-consents/{ConsentId}',
    status: 204,
    request: null,
    response: null,
  },
  getAccounts: {
    ...read,
    path: '/accounts',
    permissions: [accountsPermissions],
    query: [],
    response: accounts,
  },
  getAccount: {
    ...read,
    path: '/accounts/{AccountId}',
    permissions: [accountsPermissions],
    query: [],
    response: accounts,
  },
  getAccountBalances: {
    ...read,
    path: '/accounts/{AccountId}/balances',
    permissions: ['ReadBalances'],
    query: [],
    response: balances,
  },
  getBalances: { ...read, path: '/balances', permissions: ['ReadBalances'], query: [], response: balances },
  getAccountTransactions: { ...readTransactions, path: '/accounts/{AccountId}/transactions' },
  getTransactions: { ...readTransactions, path: '/transactions' },
});
