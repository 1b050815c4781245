// The client registration journey as others see it: what it is given, what it ends with, what it can be asked.
import { askedWithin, type TenantId } from './ids.ts';

export interface ClientRegistrationInput {
  tenant: TenantId;
  registrationId: string;
  /** Bank profile name, for operators and fairness. */
  bank: string;
}

export type ClientRegistrationStatus = 'registering' | 'registered' | 'failed' | 'deleted';

export interface ClientRegistrationResult {
  status: Extract<ClientRegistrationStatus, 'deleted'>;
}

export interface DeleteRegistrationRequest {
  /** False: forget the client here and leave it at the bank. */
  atBank: boolean;
}

/** Workflow type, update and query names. They live in histories: append, never rename. */
export const clientRegistrationNames = {
  workflow: 'clientRegistration',
  registerClient: 'registerClient',
  deleteRegistration: 'deleteRegistration',
  status: 'status',
} as const;

/** See the consent's: deleting may fail and succeed later. */
export const clientRegistrationUpdateIds = {
  register: 'register',
  delete: (nowMs: number) => `delete/${askedWithin(nowMs)}`,
};
