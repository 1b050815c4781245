// The time of day after which a payment is refused, or waits for the next working day. Days are those of UTC, and all but
// Saturdays and Sundays are working days.
import type { ResourceKnobs } from './deps.ts';
import { dateTime } from './operation.ts';
import type { FamilyFacts } from './payment-families.ts';
import { executionOf } from './payment-summary.ts';
import type { PaymentConsent, PaymentInitiation } from './records.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

export interface CutOff {
  /** Of the day. */
  minute: number;
  afterwards: 'refuse' | 'next-day';
}

/** When a consent's cut-off is: the next one. Nothing for what is paid later anyway. */
export function cutOffOf(
  { cutOff }: ResourceKnobs,
  { execution }: FamilyFacts,
  nowMs: number,
): number | undefined {
  if (!cutOff || execution === 'scheduled' || execution === 'standing-order') return undefined;
  const todayMs = dayOf(nowMs) + cutOff.minute * minuteMs;
  return todayMs > nowMs ? todayMs : todayMs + dayMs;
}

/** Whether nothing is taken any more today. */
export function isClosed({ cutOff }: ResourceKnobs, { execution }: FamilyFacts, nowMs: number): boolean {
  const isNow = execution === 'immediate' || execution === 'file';
  return isNow && cutOff?.afterwards === 'refuse' && isPast(cutOff, nowMs);
}

/** Whether a consent's time is over. */
export function isTooLate({ cutOff }: ResourceKnobs, { cutOffMs }: PaymentConsent, nowMs: number): boolean {
  return cutOff?.afterwards === 'refuse' && cutOffMs !== undefined && nowMs >= cutOffMs;
}

/** When the money of an order taken now leaves, where that is not at once. */
export function executionFrom(
  { cutOff }: ResourceKnobs,
  { execution }: FamilyFacts,
  initiation: PaymentInitiation,
  nowMs: number,
): number | undefined {
  const isNow = execution === 'immediate' || execution === 'file';
  if (cutOff && isNow && isPast(cutOff, nowMs)) return nextWorkingDay(nowMs);
  return executionOf(initiation);
}

/** In consents and orders of one payment each; abroad it takes a day to arrive. */
export function expectedTimes({ execution, isInternational }: FamilyFacts, atMs: number | undefined) {
  if (atMs === undefined || execution === 'standing-order' || execution === 'file') return {};
  return {
    ExpectedExecutionDateTime: dateTime(atMs),
    ExpectedSettlementDateTime: dateTime(isInternational ? atMs + dayMs : atMs),
  };
}

function isPast({ minute }: CutOff, nowMs: number): boolean {
  return nowMs >= dayOf(nowMs) + minute * minuteMs;
}

function dayOf(ms: number): number {
  return Math.floor(ms / dayMs) * dayMs;
}

function nextWorkingDay(nowMs: number): number {
  const nextMs = dayOf(nowMs) + dayMs;
  const weekday = new Date(nextMs).getUTCDay();
  if (weekday === 6) return nextMs + 2 * dayMs;
  return weekday === 0 ? nextMs + dayMs : nextMs;
}
