// The 29 endpoints of the account and transaction API:
// https://openbankinguk.github.io/read-write-api-site3/v4.0/profiles/account-and-transaction-api-profile.html#endpoints
import { defineEndpoints } from './endpoint.ts';
import {
  accountsPermissions,
  beneficiariesPermissions,
  scheduledPaymentsPermissions,
  standingOrdersPermissions,
  statementsPermissions,
  transactionDetailPermissions,
  transactionDirectionPermissions,
} from './permissions.ts';

const common = {
  document: 'account-info',
  api: 'accountInformation',
  scope: 'accounts',
  signed: 'neither',
  idempotent: false,
} as const;

/** About the consent itself: the client's own token. */
const aboutConsent = { ...common, grant: 'client-credentials', permissions: [], query: [] } as const;
const oneConsent = { ...aboutConsent, path: '/account-access-consents/{ConsentId}', request: null } as const;

/** Under a consent: the customer's token. */
const read = {
  ...common,
  method: 'GET',
  grant: 'authorization-code',
  status: 200,
  request: null,
  response: 'json',
  query: [],
} as const;

const readAccounts = { ...read, permissions: [accountsPermissions] } as const;
const readBalances = { ...read, permissions: ['ReadBalances'] } as const;
const readBeneficiaries = { ...read, permissions: [beneficiariesPermissions] } as const;
const readDirectDebits = { ...read, permissions: ['ReadDirectDebits'] } as const;
const readOffers = { ...read, permissions: ['ReadOffers'] } as const;
const readParty = { ...read, permissions: ['ReadParty'] } as const;
const readProducts = { ...read, permissions: ['ReadProducts'] } as const;
const readScheduledPayments = { ...read, permissions: [scheduledPaymentsPermissions] } as const;
const readStandingOrders = { ...read, permissions: [standingOrdersPermissions] } as const;
const readStatement = { ...read, permissions: [statementsPermissions] } as const;
const readStatements = {
  ...readStatement,
  query: ['fromStatementDateTime', 'toStatementDateTime'],
} as const;
const transactionPermissions = [transactionDetailPermissions, transactionDirectionPermissions] as const;
const readTransactions = {
  ...read,
  permissions: transactionPermissions,
  query: ['fromBookingDateTime', 'toBookingDateTime'],
} as const;

export const accountInformation = defineEndpoints({
  createAccountAccessConsent: {
    ...aboutConsent,
    ...{ method: 'POST', path: '/account-access-consents', status: 201, request: 'json', response: 'json' },
  },
  getAccountAccessConsent: { ...oneConsent, method: 'GET', status: 200, response: 'json' },
  deleteAccountAccessConsent: { ...oneConsent, method: 'DELETE', status: 204, response: null },

  getAccounts: { ...readAccounts, path: '/accounts' },
  getAccount: { ...readAccounts, path: '/accounts/{AccountId}' },
  getAccountBalances: { ...readBalances, path: '/accounts/{AccountId}/balances' },
  getBalances: { ...readBalances, path: '/balances' },
  getAccountBeneficiaries: { ...readBeneficiaries, path: '/accounts/{AccountId}/beneficiaries' },
  getBeneficiaries: { ...readBeneficiaries, path: '/beneficiaries' },
  getAccountDirectDebits: { ...readDirectDebits, path: '/accounts/{AccountId}/direct-debits' },
  getDirectDebits: { ...readDirectDebits, path: '/direct-debits' },
  getAccountOffers: { ...readOffers, path: '/accounts/{AccountId}/offers' },
  getOffers: { ...readOffers, path: '/offers' },
  getAccountParties: { ...readParty, path: '/accounts/{AccountId}/parties' },
  getAccountParty: { ...readParty, path: '/accounts/{AccountId}/party' },
  getParty: { ...read, permissions: ['ReadPartyPSU'], path: '/party' },
  getAccountProduct: { ...readProducts, path: '/accounts/{AccountId}/product' },
  getProducts: { ...readProducts, path: '/products' },
  getAccountScheduledPayments: {
    ...readScheduledPayments,
    path: '/accounts/{AccountId}/scheduled-payments',
  },
  getScheduledPayments: { ...readScheduledPayments, path: '/scheduled-payments' },
  getAccountStandingOrders: { ...readStandingOrders, path: '/accounts/{AccountId}/standing-orders' },
  getStandingOrders: { ...readStandingOrders, path: '/standing-orders' },
  getAccountStatements: { ...readStatements, path: '/accounts/{AccountId}/statements' },
  getStatements: { ...readStatements, path: '/statements' },
  getAccountStatement: { ...readStatement, path: '/accounts/{AccountId}/statements/{StatementId}' },
  getAccountStatementFile: {
    ...read,
    permissions: ['ReadStatementsDetail'],
    response: 'file',
    path: '/accounts/{AccountId}/statements/{StatementId}/file',
  },
  getAccountStatementTransactions: {
    ...read,
    permissions: [...transactionPermissions, statementsPermissions],
    path: '/accounts/{AccountId}/statements/{StatementId}/transactions',
  },
  getAccountTransactions: { ...readTransactions, path: '/accounts/{AccountId}/transactions' },
  getTransactions: { ...readTransactions, path: '/transactions' },
});
