// The payment journey as others see it: what it is given, what it ends with, what it can be asked.
import type { TenantId } from './ids.ts';

export const paymentFamilies = [
  'domestic-payment',
  'domestic-scheduled-payment',
  'domestic-standing-order',
  'international-payment',
  'international-scheduled-payment',
  'international-standing-order',
  'file-payment',
] as const;
export type PaymentFamily = (typeof paymentFamilies)[number];

export const paymentStatuses = [
  /** Stored, not yet answered by the bank. */
  'submitting',
  /** The bank has it; its status is being followed. */
  'following',
  'settled',
  /** Settled at the debtor's bank; nothing further is to be heard. */
  'settled-at-debtor',
  /** Done for an order that is to do something later: what it asks for is in place at the bank, or was carried out. */
  'initiated',
  /** What it asks for could not be put in place. */
  'initiation-failed',
  'rejected',
  'cancelled',
  'blocked',
  /** Executed for certain, but the bank's id for it was never heard. */
  'executed-id-unknown',
  /** Nothing is known and nothing will be sent again: somebody has to look. */
  'outcome-unknown',
  /** Never executed: refused, or the customer has to authorise anew. */
  'failed',
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

export interface PaymentInput {
  tenant: TenantId;
  paymentId: string;
  consentId: string;
  family: PaymentFamily;
  /** Bank profile name, for operators and fairness. */
  bank: string;
}

export interface PaymentResult {
  status: Exclude<PaymentStatus, 'submitting' | 'following' | 'failed'>;
}

/** Workflow type, update, signal and query names. They live in histories: append, never rename. */
export const paymentNames = {
  workflow: 'payment',
  submitPayment: 'submitPayment',
  status: 'status',
  /** Its bank has said that something has become of it: to be looked at now, not at the next time. */
  bankHasNews: 'bankHasNews',
} as const;

export const paymentUpdateIds = {
  submit: (paymentId: string) => `submit/${paymentId}`,
};
