// How a payment order stands when its bank says a status, and when to look at it again.
import {
  isTerminalPaymentStatus,
  type PaymentFamily,
  type PaymentStatusCode,
  paymentStatusCode,
  settledAtDebtorStatuses,
} from './statuses.ts';

export type PaymentStanding =
  | 'following'
  | 'settled'
  | 'settled-at-debtor'
  | 'initiated'
  | 'initiation-failed'
  | 'rejected'
  | 'cancelled'
  | 'blocked';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Most banks that tell of the creditor's side do so within minutes; three days cover a weekend. */
const settledAtDebtorTailMs = 3 * dayMs;

/** Banks on v3.1 say no more of a scheduled payment that is in place, unless it comes to nothing on its day. */
const initiatedTailMs = dayMs;

const ends: Partial<Record<PaymentStatusCode, PaymentStanding>> = {
  ACCC: 'settled',
  INCO: 'initiated',
  INFA: 'initiation-failed',
  RJCT: 'rejected',
  CANC: 'cancelled',
  BLCK: 'blocked',
};

/**
 * @param bankStatus of either version; one that neither knows is followed further
 * @param sinceMs how long ago the order was due
 */
export function paymentStanding(family: PaymentFamily, bankStatus: string, sinceMs: number): PaymentStanding {
  const code = paymentStatusCode(bankStatus, family);
  if (code === undefined) return 'following';
  if (isTerminalPaymentStatus(family, code)) return ends[code] ?? 'following';
  if (settledAtDebtorStatuses.has(code) && sinceMs > settledAtDebtorTailMs) return 'settled-at-debtor';
  return code === 'INCO' && sinceMs > initiatedTailMs ? 'initiated' : 'following';
}

/**
 * How long ago an order was due: when it was made, or on the day that it asks for; negative while that is to come.
 * @param answer of its bank, in either version
 */
export function sinceDueMs(answer: unknown, createdMs: number, nowMs: number): number {
  const requested = member(member(member(answer, 'Data'), 'Initiation'), 'RequestedExecutionDateTime');
  const requestedMs = typeof requested === 'string' ? Date.parse(requested) : Number.NaN;
  return nowMs - Math.max(createdMs, Number.isNaN(requestedMs) ? createdMs : requestedMs);
}

const shortestDelayMs = 2 * secondMs;
const longestDelayMs = 6 * hourMs;

/**
 * How long to wait after the given look (1 is the first) at an order. The delay doubles from two seconds, whatever happened
 * before, but stays within a quarter of the time since the order was due, and within six hours. Before the order is due it
 * doubles up to a day, and the last look of then comes when it is due.
 * @param sinceMs how long ago the order was due
 */
export function nextPollDelayMs(attempt: number, sinceMs: number): number {
  if (!Number.isInteger(attempt) || attempt < 1) throw new RangeError('attempts are counted from 1');
  const longest =
    sinceMs < 0 ? Math.min(-sinceMs, dayMs) : Math.min(Math.max(sinceMs / 4, minuteMs), longestDelayMs);
  return Math.round(Math.max(Math.min(shortestDelayMs * 2 ** (attempt - 1), longest), shortestDelayMs));
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}
