// Where a payment order stands: a function of elapsed time or of reads, so that no timer has to run.
import type { ResourceKnobs } from './deps.ts';
import { multiAuthorisationOf } from './multi-authorisation.ts';
import { paymentFamilies } from './payment-families.ts';
import type { Payment } from './records.ts';

/** ISO 20022 codes of an order's way. */
export const paymentStatuses = [
  'RCVD',
  'PDNG',
  'PATC',
  'ACTC',
  'ACCP',
  'ACFC',
  'ACSP',
  'ACWC',
  'ACSC',
  'ACWP',
  'ACCC',
  'BLCK',
  'RJCT',
  'CANC',
  'INCO',
  'INFA',
] as const;

export type PaymentStatus = (typeof paymentStatuses)[number];

export interface PaymentStanding {
  status: PaymentStatus;
  sinceMs: number;
}

/** Settled on the debtor's side: the money has left the account. */
export const settledStatuses: ReadonlySet<PaymentStatus> = new Set(['ACSC', 'ACWP', 'ACCC', 'BLCK']);

/** Not before its day. */
const moving: ReadonlySet<PaymentStatus> = new Set(['ACSP', 'ACWC', ...settledStatuses]);

/** A standing order after it was set up too. */
const cancellable: ReadonlySet<PaymentStatus> = new Set(['RCVD', 'PDNG', 'PATC', 'ACTC', 'INCO']);

/** What comes before everybody has agreed is not said again afterwards. */
const beginnings: ReadonlySet<PaymentStatus> = new Set(['RCVD', 'PATC', 'ACTC']);

/** Of one payment under an order that was set up: a standing order's, or those of a file. */
const transferWay: PaymentStatus[] = ['ACSP', 'ACSC', 'ACCC'];

export function standingOf(payment: Payment, knobs: ResourceKnobs, nowMs: number): PaymentStanding {
  const { cancelledAtMs, createdAtMs } = payment;
  if (cancelledAtMs !== undefined) return { status: 'CANC', sinceMs: cancelledAtMs };
  const agreement = payment.authorisers && multiAuthorisationOf(payment.authorisers, nowMs);
  if (agreement?.status === 'RJCT') return { status: 'RJCT', sinceMs: agreement.sinceMs };
  const isAgreed = agreement?.status !== 'AWAF';
  const way = isAgreed ? wayOf(payment, knobs) : waitingWay(payment);
  const startMs = isAgreed && agreement ? agreement.sinceMs : createdAtMs;
  if (knobs.advanceOnRead && isAgreed) return standingByReads(payment, way, startMs);
  return standingByTime(way, timesOf(way, payment, startMs, knobs), nowMs);
}

/** Its customer takes back what is to be paid later. False where that cannot be, or not any more. */
export function cancel(payment: Payment, knobs: ResourceKnobs, nowMs: number): boolean {
  const { execution } = paymentFamilies[payment.family];
  if (execution !== 'scheduled' && execution !== 'standing-order') return false;
  if (!cancellable.has(standingOf(payment, knobs, nowMs).status)) return false;
  payment.cancelledAtMs = nowMs;
  return true;
}

/** Where the money stands, of which an order that sets something up says nothing. */
export function transferOf(payment: Payment, knobs: ResourceKnobs, nowMs: number): PaymentStanding {
  const standing = standingOf(payment, knobs, nowMs);
  if (standing.status === 'INFA') return { ...standing, status: 'RJCT' };
  if (standing.status !== 'INCO') return standing;
  const times = timesOf(transferWay, payment, standing.sinceMs, knobs);
  const startMs = times[0] ?? standing.sinceMs;
  return nowMs < startMs ? { ...standing, status: 'PDNG' } : standingByTime(transferWay, times, nowMs);
}

/** Of a payment that began at its own time. */
export function transferSince(
  startMs: number,
  { paymentStepMs }: ResourceKnobs,
  nowMs: number,
): PaymentStanding {
  return standingByTime(
    transferWay,
    transferWay.map((_, index) => startMs + index * paymentStepMs),
    nowMs,
  );
}

/** Whether money has begun to move, or is spoken for: at once where it is to move at once. */
export function touchesMoney({ family }: Payment, { status }: PaymentStanding): boolean {
  if (status === 'RJCT' || status === 'CANC' || status === 'PATC') return false;
  return paymentFamilies[family].execution === 'immediate' || moving.has(status);
}

/** Counts a GET of the payment: moves it on where reading does so. True when the payment changed. */
export function noteRead(payment: Payment, knobs: ResourceKnobs, nowMs: number): boolean {
  const { authorisers } = payment;
  if (!knobs.advanceOnRead || payment.readAtMs.length >= wayOf(payment, knobs).length - 1) return false;
  if (authorisers && multiAuthorisationOf(authorisers, nowMs).status !== 'AUTH') return false;
  payment.readAtMs.push(nowMs);
  return true;
}

/** Version 3 has scheduled payments set up, and version 4 sees them through. */
export function isSetUp({ family, version }: Payment): boolean {
  const { execution } = paymentFamilies[family];
  return execution === 'scheduled' ? version === 'v3.1' : execution !== 'immediate';
}

/** A file has no word for it (version 4). */
function waitingWay({ family }: Payment): PaymentStatus[] {
  return ['RCVD', paymentFamilies[family].execution === 'file' ? 'PDNG' : 'PATC'];
}

function wayOf(payment: Payment, knobs: ResourceKnobs): PaymentStatus[] {
  const way = wholeWay(payment, knobs);
  const rest = payment.authorisers ? way.filter((status) => !beginnings.has(status)) : way;
  return rest.length === 0 ? way : rest;
}

function wholeWay(payment: Payment, knobs: ResourceKnobs): PaymentStatus[] {
  const { family, rejection } = payment;
  const isScheduled = paymentFamilies[family].execution === 'scheduled';
  if (isSetUp(payment)) return rejection === undefined ? knobs.initiationStatuses : ['RCVD', 'INFA'];
  // Without the money it never leaves; a closed account is found out by the bank that was to receive it.
  if (rejection === 'AM04') return ['RCVD', 'RJCT'];
  if (rejection === 'AC04') return isScheduled ? ['RCVD', 'PDNG', 'ACSP', 'RJCT'] : ['RCVD', 'ACSP', 'RJCT'];
  return isScheduled ? knobs.scheduledPaymentStatuses : knobs.paymentStatuses;
}

function standingByReads({ readAtMs }: Payment, way: PaymentStatus[], startMs: number): PaymentStanding {
  const steps = Math.min(readAtMs.length, way.length - 1);
  return { status: way[steps] ?? 'RCVD', sinceMs: readAtMs[steps - 1] ?? startMs };
}

function standingByTime(way: PaymentStatus[], times: number[], nowMs: number): PaymentStanding {
  const last = times.findLastIndex((atMs) => atMs <= nowMs);
  const steps = Math.max(0, last);
  return { status: way[steps] ?? 'RCVD', sinceMs: times[steps] ?? nowMs };
}

/** When each step of a way is taken. */
function timesOf(way: PaymentStatus[], payment: Payment, startMs: number, knobs: ResourceKnobs): number[] {
  const notBeforeMs = knobs.honourExecutionDate ? (payment.executeAtMs ?? startMs) : startMs;
  let atMs = startMs;
  return way.map((status, index) => {
    if (index > 0) atMs += knobs.paymentStepMs;
    if (moving.has(status)) atMs = Math.max(atMs, notBeforeMs);
    return atMs;
  });
}
