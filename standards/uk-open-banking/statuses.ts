// The life of consents and payment orders in both published versions.
// Follows the Read/Write API specification, "Payment Order Status" and the consent state models of each resource:
// https://openbankinguk.github.io/read-write-api-site3/v4.0/
import type { ApiVersion } from './endpoint.ts';

export const accountAccessConsentStatuses = {
  'v3.1': ['AwaitingAuthorisation', 'Authorised', 'Rejected', 'Revoked'],
  'v4.0': ['AWAU', 'AUTH', 'RJCT', 'CANC', 'EXPD'],
} as const;

export const domesticPaymentConsentStatuses = {
  'v3.1': ['AwaitingAuthorisation', 'Authorised', 'Consumed', 'Rejected'],
  'v4.0': ['AWAU', 'AUTH', 'COND', 'RJCT'],
} as const;

export const fundsConfirmationConsentStatuses = {
  'v3.1': ['AwaitingAuthorisation', 'Authorised', 'Rejected', 'Revoked'],
  'v4.0': ['AWAU', 'AUTH', 'RJCT', 'CANC', 'EXPD'],
} as const;

export const filePaymentConsentStatuses = {
  'v3.1': ['AwaitingUpload', ...domesticPaymentConsentStatuses['v3.1']],
  'v4.0': ['AWUP', ...domesticPaymentConsentStatuses['v4.0']],
} as const;

const domesticPaymentStatuses = {
  'v3.1': [
    'Pending',
    'AcceptedSettlementInProcess',
    'AcceptedSettlementCompleted',
    'AcceptedWithoutPosting',
    'AcceptedCreditSettlementCompleted',
    'Rejected',
  ],
  'v4.0': [
    'RCVD',
    'PDNG',
    'ACTC',
    'PATC',
    'ACCP',
    'ACFC',
    'ACSP',
    'ACWC',
    'ACSC',
    'ACWP',
    'ACCC',
    'BLCK',
    'RJCT',
  ],
} as const;

const scheduledPaymentStatuses = {
  'v3.1': ['InitiationPending', 'InitiationFailed', 'InitiationCompleted', 'Cancelled'],
  'v4.0': [...domesticPaymentStatuses['v4.0'], 'INCO', 'CANC'],
} as const;

const standingOrderStatuses = {
  'v3.1': scheduledPaymentStatuses['v3.1'],
  'v4.0': ['RCVD', 'ACTC', 'PATC', 'PDNG', 'INCO', 'INFA', 'CANC', 'RJCT'],
} as const;

const filePaymentStatuses = {
  'v3.1': ['InitiationPending', 'InitiationFailed', 'InitiationCompleted'],
  'v4.0': ['RCVD', 'PDNG', 'INCO', 'INFA', 'RJCT'],
} as const;

/** Every status that the order of a family may have, by version. */
export const paymentStatuses = {
  'domestic-payment': domesticPaymentStatuses,
  'domestic-scheduled-payment': scheduledPaymentStatuses,
  'domestic-standing-order': standingOrderStatuses,
  'international-payment': domesticPaymentStatuses,
  'international-scheduled-payment': scheduledPaymentStatuses,
  'international-standing-order': standingOrderStatuses,
  'file-payment': filePaymentStatuses,
} as const;

export type PaymentFamily = keyof typeof paymentStatuses;

export type AccountAccessConsentStatus<V extends ApiVersion> =
  (typeof accountAccessConsentStatuses)[V][number];
export type FilePaymentConsentStatus<V extends ApiVersion> = (typeof filePaymentConsentStatuses)[V][number];
export type FundsConfirmationConsentStatus<V extends ApiVersion> =
  (typeof fundsConfirmationConsentStatuses)[V][number];

/** Status of a consent of any family in the public data model, which is that of v4.0. */
export type ConsentStatusCode =
  | AccountAccessConsentStatus<'v4.0'>
  | FilePaymentConsentStatus<'v4.0'>
  | FundsConfirmationConsentStatus<'v4.0'>;
/** Status of a payment in the public data model. */
export type PaymentStatusCode = (typeof paymentStatuses)[PaymentFamily]['v4.0'][number];
export type ConsentFamily = 'account-access' | 'domestic-payment' | 'funds-confirmation';

const consentCodes = new Map<string, ConsentStatusCode>([
  ...accountAccessConsentStatuses['v4.0'].map((code) => [code, code] as const),
  ...filePaymentConsentStatuses['v4.0'].map((code) => [code, code] as const),
  ...fundsConfirmationConsentStatuses['v4.0'].map((code) => [code, code] as const),
  ['AwaitingUpload', 'AWUP'],
  ['AwaitingAuthorisation', 'AWAU'],
  ['Authorised', 'AUTH'],
  ['Rejected', 'RJCT'],
  ['Consumed', 'COND'],
  ['Revoked', 'CANC'],
]);

/** A code of one family is understood in all: CANC is left to future-dated payments, yet banks send it for others too. */
const paymentCodes = new Map<string, PaymentStatusCode>([
  ...Object.values(paymentStatuses).flatMap(({ 'v4.0': codes }) =>
    codes.map((code) => [code, code] as const),
  ),
  ['Pending', 'PDNG'],
  ['AcceptedSettlementInProcess', 'ACSP'],
  ['AcceptedSettlementCompleted', 'ACSC'],
  ['AcceptedWithoutPosting', 'ACWP'],
  ['AcceptedCreditSettlementCompleted', 'ACCC'],
  ['Rejected', 'RJCT'],
]);

/** What v3.1 says of orders that are carried out later, or in parts. */
const initiationCodes = new Map<string, PaymentStatusCode>([
  ['InitiationPending', 'PDNG'],
  ['InitiationCompleted', 'INCO'],
  ['InitiationFailed', 'INFA'],
  ['Cancelled', 'CANC'],
]);

/** The v4.0 code of a consent status of either version; undefined for a status that neither version knows. */
export function consentStatusCode(status: string): ConsentStatusCode | undefined {
  return consentCodes.get(status);
}

/** The v4.0 code of a payment status of either version; undefined for a status that neither version knows. */
export function paymentStatusCode(status: string, family: PaymentFamily): PaymentStatusCode | undefined {
  const known: readonly string[] = paymentStatuses[family]['v3.1'];
  const code = known.includes(status) ? initiationCodes.get(status) : undefined;
  // v4.0 has no failed initiation of a scheduled payment.
  if (code === 'INFA' && paymentStatuses[family] === scheduledPaymentStatuses) return 'RJCT';
  return code ?? paymentCodes.get(status);
}

/** States that a consent never leaves. An account-access consent that was cancelled may be authorised anew. */
export const terminalConsentStatuses: Record<ConsentFamily, ReadonlySet<ConsentStatusCode>> = {
  'account-access': new Set(['RJCT', 'EXPD']),
  'domestic-payment': new Set(['RJCT', 'COND']),
  'funds-confirmation': new Set(['RJCT', 'CANC', 'EXPD']),
};

/**
 * States that a payment order never leaves. INCO ends the order of a standing order or of a file, whose payments are in its
 * details; a scheduled payment that is in place can still be cancelled.
 */
export function isTerminalPaymentStatus(family: PaymentFamily, code: PaymentStatusCode): boolean {
  return finalStatuses.has(code) || (code === 'INCO' && paymentStatuses[family] !== scheduledPaymentStatuses);
}

const finalStatuses: ReadonlySet<PaymentStatusCode> = new Set(['ACCC', 'BLCK', 'RJCT', 'CANC', 'INFA']);

/**
 * The debtor's bank has paid. Many banks never learn what became of the money at the creditor's, so a follower stops
 * here after a while; until then the payment can still be credited, or fail.
 */
export const settledAtDebtorStatuses: ReadonlySet<PaymentStatusCode> = new Set(['ACSC', 'ACWP']);
