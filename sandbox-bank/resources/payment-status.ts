// Where a payment stands: a function of elapsed time or of reads, so that no timer has to run.
import type { ResourceKnobs } from './deps.ts';
import type { Payment } from './records.ts';

/** ISO 20022 codes of a domestic payment's way. */
export type PaymentStatus =
  | 'RCVD'
  | 'PDNG'
  | 'ACTC'
  | 'ACCP'
  | 'ACFC'
  | 'ACSP'
  | 'ACSC'
  | 'ACWP'
  | 'ACCC'
  | 'RJCT';

export interface PaymentStanding {
  status: PaymentStatus;
  sinceMs: number;
}

/** Settled on the debtor's side: the money has left the account. */
export const settledStatuses: ReadonlySet<PaymentStatus> = new Set(['ACSC', 'ACWP', 'ACCC']);

export function standingOf(payment: Payment, knobs: ResourceKnobs, nowMs: number): PaymentStanding {
  const way = wayOf(payment, knobs);
  const steps = Math.min(stepsTaken(payment, knobs, nowMs), way.length - 1);
  return { status: way[steps] ?? 'RCVD', sinceMs: timeOfStep(payment, knobs, steps) };
}

/** Counts a GET of the payment: moves it on where reading does so. True when the payment changed. */
export function noteRead(payment: Payment, knobs: ResourceKnobs, nowMs: number): boolean {
  if (!knobs.advanceOnRead || payment.readAtMs.length >= wayOf(payment, knobs).length - 1) return false;
  payment.readAtMs.push(nowMs);
  return true;
}

function wayOf(payment: Payment, knobs: ResourceKnobs): PaymentStatus[] {
  // Without the money it never leaves; a closed account is found out by the bank that was to receive it.
  if (payment.rejection === 'AM04') return ['RCVD', 'RJCT'];
  if (payment.rejection === 'AC04') return ['RCVD', 'ACSP', 'RJCT'];
  return knobs.paymentStatuses;
}

function stepsTaken(payment: Payment, knobs: ResourceKnobs, nowMs: number): number {
  if (knobs.advanceOnRead) return payment.readAtMs.length;
  if (knobs.paymentStepMs <= 0) return Number.POSITIVE_INFINITY;
  return Math.max(0, Math.floor((nowMs - payment.createdAtMs) / knobs.paymentStepMs));
}

function timeOfStep(payment: Payment, knobs: ResourceKnobs, steps: number): number {
  if (!knobs.advanceOnRead) return payment.createdAtMs + steps * Math.max(0, knobs.paymentStepMs);
  return payment.readAtMs[steps - 1] ?? payment.createdAtMs;
}
