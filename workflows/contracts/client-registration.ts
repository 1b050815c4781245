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

/** What is left out stays as it is. */
export interface RegistrationChange {
  defaultFragmentRedirectUri?: string | undefined;
  defaultQueryRedirectUri?: string | undefined;
  redirectUris?: string[] | undefined;
  aispUseV4?: boolean | undefined;
  pispUseV4?: boolean | undefined;
  vrpUseV4?: boolean | undefined;
  cbpiiUseV4?: boolean | undefined;
}

export interface UpdateRegistrationRequest {
  change: RegistrationChange;
  /** False: only how we use the client changes. */
  atBank: boolean;
}

export interface DeleteRegistrationAnswer {
  /** The client is still there, because another registration lives by it. */
  leftAtBank: boolean;
}

/** Workflow type, update and query names. They live in histories: append, never rename. */
export const clientRegistrationNames = {
  workflow: 'clientRegistration',
  registerClient: 'registerClient',
  updateRegistration: 'updateRegistration',
  deleteRegistration: 'deleteRegistration',
  status: 'status',
} as const;

/** See the consent's: deleting may fail and succeed later. */
export const clientRegistrationUpdateIds = {
  register: 'register',
  /** @param change a digest of it: another change is another request */
  update: (change: string, nowMs: number) => `update/${change}/${askedWithin(nowMs)}`,
  delete: (nowMs: number) => `delete/${askedWithin(nowMs)}`,
};
