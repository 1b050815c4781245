// The consent journey as others see it: what it is given, what it ends with, what it can be asked.
import { askedWithin, type TenantId } from './ids.ts';
import { type PaymentFamily, paymentFamilies } from './payment.ts';

export type ConsentFamily = 'account-access' | PaymentFamily | 'funds-confirmation';

export type ConsentStatus =
  | 'creating'
  /** A consent to pay what a file says, and the bank has not got the file. */
  | 'awaiting-upload'
  | 'awaiting-authorisation'
  | 'authorised'
  | 'consumed'
  | 'rejected'
  | 'revoked'
  | 'expired'
  | 'abandoned'
  | 'deleted'
  | 'failed';

export interface ConsentInput {
  tenant: TenantId;
  consentId: string;
  family: ConsentFamily;
  /** Bank profile name, for operators and fairness. */
  bank: string;
  /** Where the journey stands when it (re)starts: it continues as new once the consent is live. */
  status: Extract<ConsentStatus, 'creating' | 'authorised'>;
  /** It was made elsewhere: the bank has it already. */
  isImported?: true;
  /** When the consent itself ends, if it does: milliseconds since 1970. */
  expiresAtMs?: number;
  /** Under test alone: how often long waits look at the shared clock. */
  clockRecheckMs?: number;
}

export interface ConsentResult {
  status: Exclude<ConsentStatus, 'creating' | 'awaiting-upload' | 'awaiting-authorisation' | 'failed'>;
}

export interface CompleteAuthorisationRequest {
  /** The stored redirect parameters; the code itself never enters a history. */
  redirectId: string;
}

export interface RefreshGrantRequest {
  /** The version of the tokens that the reader found expired. */
  fromVersion: number;
}

export interface RefreshGrantAnswer {
  /** The version of the tokens that are good now. */
  version: number;
}

export interface UploadFileRequest {
  /** The stored file; what it says never enters a history. */
  fileId: string;
}

export interface DeleteConsentRequest {
  /** False: forget the consent here and leave it at the bank. */
  atBank: boolean;
}

/** Workflow type, update, signal and query names. They live in histories: append, never rename. */
export const consentNames = {
  workflow: 'consent',
  createConsent: 'createConsent',
  completeAuthorisation: 'completeAuthorisation',
  refreshGrant: 'refreshGrant',
  deleteConsent: 'deleteConsent',
  consentRevokedAtBank: 'consentRevokedAtBank',
  status: 'status',
  consentReconfirmed: 'consentReconfirmed',
  uploadFile: 'uploadFile',
} as const;

/**
 * Update ids are our own ids of the thing, so that every replica that asks for it shares one update. What may fail and
 * succeed later carries the time as well: an id gives its first answer for ever.
 */
export const consentUpdateIds = {
  create: (consentId: string) => `create/${consentId}`,
  complete: (redirectId: string, nowMs: number) => `authorisation/${redirectId}/${askedWithin(nowMs)}`,
  refresh: (version: number, nowMs: number) => `refresh/${version}/${askedWithin(nowMs)}`,
  upload: (fileId: string, nowMs: number) => `upload/${fileId}/${askedWithin(nowMs)}`,
  delete: (consentId: string, nowMs: number) => `delete/${consentId}/${askedWithin(nowMs)}`,
};

/**
 * A consent that pays once is finished business for the consent journey as soon as the customer has authorised it:
 * the payment journey takes it from there. The others stay and keep their grant alive.
 */
export function isSingleUse(family: ConsentFamily): family is PaymentFamily {
  return (paymentFamilies as readonly string[]).includes(family);
}
