// Between callers, who speak v4.0 alone, and banks on v3.1: requests on their way out, answers on their way back.
// The standard publishes no map; what it leaves open is decided in the file of each resource, with its reason.
// https://openbankinguk.github.io/read-write-api-site3/v4.0/
import type { OperationName } from '../catalogue.ts';
import { accountAccessConsentToVersion4 } from './account-access-consent.ts';
import { accountsToVersion4 } from './accounts.ts';
import { balancesToVersion4 } from './balances.ts';
import { beneficiariesToVersion4 } from './beneficiaries.ts';
import { directDebitsToVersion4 } from './direct-debits.ts';
import { errorBodyToVersion4 } from './error-body.ts';
import {
  fundsConfirmationConsentToVersion3,
  fundsConfirmationConsentToVersion4,
} from './funds-confirmation-consent.ts';
import { partiesToVersion4, partyToVersion4 } from './parties.ts';
import { paymentInitiationTranslations } from './payment-initiation.ts';
import type { Spelling } from './risk.ts';
import { scheduledPaymentsToVersion4 } from './scheduled-payments.ts';
import { standingOrdersToVersion4 } from './standing-orders.ts';
import { statementsToVersion4 } from './statements.ts';
import { transactionsToVersion4 } from './transactions.ts';
import { unchanged } from './translate.ts';
import { answered, type Translation } from './translation.ts';
import { type UnknownCode, Walk } from './walk.ts';

export { CannotTranslate } from './cannot-translate.ts';
export type { UnknownCode } from './walk.ts';

export interface Version3Options {
  /** How the bank spells the contract flag of the risk; by default as v3.1 publishes it, misspelt. */
  contractPresentIndicator?: Spelling | undefined;
}

const translations = {
  createAccountAccessConsent: answered(accountAccessConsentToVersion4),
  getAccountAccessConsent: answered(accountAccessConsentToVersion4),
  deleteAccountAccessConsent: answered(unchanged),
  getAccounts: answered(accountsToVersion4),
  getAccount: answered(accountsToVersion4),
  getAccountBalances: answered(balancesToVersion4),
  getBalances: answered(balancesToVersion4),
  getAccountBeneficiaries: answered(beneficiariesToVersion4),
  getBeneficiaries: answered(beneficiariesToVersion4),
  getAccountDirectDebits: answered(directDebitsToVersion4),
  getDirectDebits: answered(directDebitsToVersion4),
  getAccountOffers: answered(unchanged),
  getOffers: answered(unchanged),
  getAccountParties: answered(partiesToVersion4),
  getAccountParty: answered(partyToVersion4),
  getParty: answered(partyToVersion4),
  // 1012 places in either version, and no difference.
  getAccountProduct: answered(unchanged),
  getProducts: answered(unchanged),
  getAccountScheduledPayments: answered(scheduledPaymentsToVersion4),
  getScheduledPayments: answered(scheduledPaymentsToVersion4),
  getAccountStandingOrders: answered(standingOrdersToVersion4),
  getStandingOrders: answered(standingOrdersToVersion4),
  getAccountStatements: answered(statementsToVersion4),
  getStatements: answered(statementsToVersion4),
  getAccountStatement: answered(statementsToVersion4),
  getAccountStatementFile: answered(unchanged),
  getAccountStatementTransactions: answered(transactionsToVersion4),
  getAccountTransactions: answered(transactionsToVersion4),
  getTransactions: answered(transactionsToVersion4),
  ...paymentInitiationTranslations,
  createFundsConfirmationConsent: {
    request: () => fundsConfirmationConsentToVersion3,
    response: fundsConfirmationConsentToVersion4,
  },
  getFundsConfirmationConsent: answered(fundsConfirmationConsentToVersion4),
  deleteFundsConfirmationConsent: answered(unchanged),
  createFundsConfirmation: answered(unchanged),
} satisfies Partial<Record<OperationName, Translation>>;

const byOperation = new Map<string, Translation>(Object.entries(translations));

/** Whether a bank on v3.1 can be asked for this operation of the catalogue. */
export function canTranslate(operation: string): boolean {
  return byOperation.has(operation);
}

/**
 * The same request in v3.1; equal instructions and risks come out equal, byte for byte.
 * @throws {CannotTranslate} when v3.1 has no form for it
 */
export function requestToVersion3(operation: string, body: unknown, options: Version3Options = {}): unknown {
  const { request } = translationOf(operation);
  return request(options.contractPresentIndicator ?? 'misspelt')(body, new Walk());
}

export interface Answer {
  body: unknown;
  /** Each place and code once, and not more than 20. */
  unknownCodes: readonly UnknownCode[];
}

/** The same answer in v4.0. Refuses nothing: what no rule knows stays as the bank sent it. */
export function responseToVersion4(operation: string, body: unknown): Answer {
  const walk = new Walk();
  const translated = translationOf(operation).response(body, walk);
  return { body: translated, unknownCodes: walk.unknownCodes };
}

/** The same refusal (OBErrorResponse1) in v4.0. */
export function errorToVersion4(body: unknown): unknown {
  return errorBodyToVersion4(body, new Walk());
}

function translationOf(operation: string): Translation {
  const translation = byOperation.get(operation);
  if (translation === undefined) throw new RangeError(`${operation} has no translation`);
  return translation;
}
