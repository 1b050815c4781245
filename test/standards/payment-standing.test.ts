import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nextPollDelayMs,
  type PaymentStanding,
  paymentStanding,
  sinceDueMs,
} from '../../standards/uk-open-banking/payment-standing.ts';
import { type PaymentFamily, paymentStatuses } from '../../standards/uk-open-banking/statuses.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

describe('paymentStanding', () => {
  /** How the order stands when it is due, and when a month has passed in the same status. */
  const atOnce: Record<string, PaymentStanding | [PaymentStanding, PaymentStanding]> = {
    ...{ RCVD: 'following', PDNG: 'following', ACTC: 'following', PATC: 'following', ACCP: 'following' },
    ...{ ACFC: 'following', ACSP: 'following', ACWC: 'following' },
    ...{ ACSC: ['following', 'settled-at-debtor'], ACWP: ['following', 'settled-at-debtor'] },
    ...{ ACCC: 'settled', BLCK: 'blocked', RJCT: 'rejected', CANC: 'cancelled' },
    ...{ Pending: 'following', AcceptedSettlementInProcess: 'following' },
    AcceptedSettlementCompleted: ['following', 'settled-at-debtor'],
    AcceptedWithoutPosting: ['following', 'settled-at-debtor'],
    AcceptedCreditSettlementCompleted: 'settled',
    Rejected: 'rejected',
  };
  const scheduled: typeof atOnce = {
    ...atOnce,
    INCO: ['following', 'initiated'],
    InitiationPending: 'following',
    InitiationCompleted: ['following', 'initiated'],
    InitiationFailed: 'rejected',
    Cancelled: 'cancelled',
  };
  const file: typeof atOnce = {
    ...{ RCVD: 'following', PDNG: 'following', RJCT: 'rejected' },
    ...{ INCO: 'initiated', INFA: 'initiation-failed' },
    InitiationPending: 'following',
    InitiationCompleted: 'initiated',
    InitiationFailed: 'initiation-failed',
  };
  const standingOrder: typeof atOnce = {
    ...file,
    ...{ ACTC: 'following', PATC: 'following', CANC: 'cancelled', Cancelled: 'cancelled' },
  };
  const expected: Record<PaymentFamily, typeof atOnce> = {
    'domestic-payment': atOnce,
    'domestic-scheduled-payment': scheduled,
    'domestic-standing-order': standingOrder,
    'international-payment': atOnce,
    'international-scheduled-payment': scheduled,
    'international-standing-order': standingOrder,
    'file-payment': file,
  };
  const cases = Object.entries(expected).map(
    ([name, standings]) => [name as PaymentFamily, standings] as const,
  ); // its keys are these, by its type

  it.each(cases)('of a %s: every status of either version', (family, standings) => {
    const published: string[] = Object.values(paymentStatuses[family]).flat();
    expect(published.filter((status) => standings[status] === undefined)).toEqual([]);
    for (const [status, standing] of Object.entries(standings)) {
      const [whenDue, afterMonth] = typeof standing === 'string' ? [standing, standing] : standing;
      expect([status, paymentStanding(family, status, -dayMs)]).toEqual([status, whenDue]);
      expect([status, paymentStanding(family, status, 0)]).toEqual([status, whenDue]);
      expect([status, paymentStanding(family, status, 31 * dayMs)]).toEqual([status, afterMonth]);
    }
  });

  it('is settled at the debtor after three days, and in place a day after it was due', () => {
    const settled = (sinceMs: number) => paymentStanding('domestic-payment', 'ACSC', sinceMs);
    expect([settled(3 * dayMs), settled(3 * dayMs + 1)]).toEqual(['following', 'settled-at-debtor']);
    const inPlace = (sinceMs: number) => paymentStanding('domestic-scheduled-payment', 'INCO', sinceMs);
    expect([inPlace(dayMs), inPlace(dayMs + 1)]).toEqual(['following', 'initiated']);
  });

  it.each(['Novel', 'constructor', ''])('follows what no version knows: %j', (status) => {
    for (const [family] of cases) expect(paymentStanding(family, status, 365 * dayMs)).toBe('following');
  });

  it('once ended stays ended, and as the same', () => {
    const statuses = [...new Set(Object.values(expected).flatMap(Object.keys))];
    const families = fc.constantFrom(...cases.map(([family]) => family));
    fc.assert(
      fc.property(
        families,
        fc.constantFrom(...statuses),
        fc.integer(),
        fc.nat(),
        (family, status, sinceMs, laterMs) => {
          const before = paymentStanding(family, status, sinceMs);
          if (before === 'following') return;
          expect(paymentStanding(family, status, sinceMs + laterMs)).toBe(before);
        },
      ),
    );
  });
});

describe('sinceDueMs', () => {
  const answer = (RequestedExecutionDateTime: unknown) => ({
    Data: { Initiation: { RequestedExecutionDateTime } },
  });
  const created = Date.parse('2026-11-21T12:00:00Z');

  it('counts from the day that is asked for, and from when it was made where none is, or one long past', () => {
    expect(sinceDueMs(answer('2026-11-23T12:00:00Z'), created, created)).toBe(-2 * dayMs);
    expect(sinceDueMs(answer('2026-11-23T12:00:00+01:00'), created, created + 3 * dayMs)).toBe(
      dayMs + hourMs,
    );
    expect(sinceDueMs(answer('2020-01-01T00:00:00Z'), created, created + 5)).toBe(5);
  });

  it.each([undefined, null, 'x', 7, [], {}, answer(undefined), answer('soon'), answer(7), { Data: null }])(
    'counts from when it was made where the answer is %j',
    (body) => {
      expect(sinceDueMs(body, created, created + 5)).toBe(5);
    },
  );
});

describe('nextPollDelayMs', () => {
  const attempts = fc.integer({ min: 1, max: 5_000 });
  const sinces = fc.integer({ min: -400 * dayMs, max: 400 * dayMs });

  it('is two seconds at least and a day at most', () => {
    fc.assert(
      fc.property(attempts, sinces, (attempt, sinceMs) => {
        const delay = nextPollDelayMs(attempt, sinceMs);
        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(2_000);
        expect(delay).toBeLessThanOrEqual(sinceMs < 0 ? dayMs : 6 * hourMs);
      }),
    );
  });

  it('never grows shorter with the attempts, nor with the time since the order was due', () => {
    fc.assert(
      fc.property(
        attempts,
        attempts,
        fc.nat(400 * dayMs),
        fc.nat(400 * dayMs),
        (first, more, since, later) => {
          expect(nextPollDelayMs(first + more, since)).toBeGreaterThanOrEqual(nextPollDelayMs(first, since));
          expect(nextPollDelayMs(first, since + later)).toBeGreaterThanOrEqual(nextPollDelayMs(first, since));
        },
      ),
    );
  });

  it('does not sleep through the time when the order is due', () => {
    fc.assert(
      fc.property(attempts, fc.integer({ min: 2_000, max: 400 * dayMs }), (attempt, untilMs) => {
        expect(nextPollDelayMs(attempt, -untilMs)).toBeLessThanOrEqual(untilMs);
      }),
    );
  });

  /** When the looks come, counted from when the order was made. */
  function looks(dueAfterMs: number, lastMs: number): number[] {
    const times: number[] = [];
    for (let at = 0; at <= lastMs; at += nextPollDelayMs(times.length, at - dueAfterMs)) times.push(at);
    return times;
  }
  const within = (times: number[], fromMs: number, toMs: number) =>
    times.filter((time) => time >= fromMs && time < toMs).length;

  it('looks at a payment that is made at once every few seconds, then minutes, then hours', () => {
    const times = looks(0, 3 * dayMs);
    expect(times.slice(0, 6)).toEqual([0, 2_000, 6_000, 14_000, 30_000, 62_000]);
    expect(within(times, 0, hourMs)).toBeGreaterThan(15);
    expect(within(times, hourMs, dayMs)).toBeGreaterThan(10);
    expect(within(times, 2 * dayMs, 3 * dayMs)).toBe(4);
    expect(times.length).toBeLessThan(60);
  });

  it('looks at one that is due in a month soon, then once a day, then at once when it is due', () => {
    const due = 30 * dayMs;
    const times = looks(due, 31 * dayMs);
    expect(within(times, 0, minuteMs)).toBe(5);
    expect(within(times, 10 * dayMs, 20 * dayMs)).toBe(10);
    expect(times).toContain(due);
    expect(within(times, due, due + hourMs)).toBeGreaterThan(10);
    expect(times.length).toBeLessThan(100);
  });

  it('looks soon after a clock was set far ahead: what it waited before tells how long it may wait', () => {
    expect(nextPollDelayMs(3, 30 * dayMs)).toBe(8_000);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses attempt %s', (attempt) => {
    expect(() => nextPollDelayMs(attempt, 0)).toThrow(RangeError);
  });
});
