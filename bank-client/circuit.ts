// Stops calling what is down: after so many outages in a row calls are refused at once for a while, then one is let
// through to find out. docs/decisions/0013-an-own-circuit-breaker.md
import type { Clock } from '../clock.ts';

export interface CircuitOptions {
  /** Outages in a row that open it. */
  failures: number;
  /** For how long it then refuses calls. */
  openMs: number;
}

/** What a call says of the bank: `outage` for no connection, no answer in time or a status from 500 on. */
export type CircuitVerdict = 'alive' | 'outage' | 'nothing';

export type CircuitState = 'closed' | 'open' | 'half-open';

export type Admission =
  | {
      kind: 'admitted' /** To be called once, whatever became of the call. */;
      leave(verdict: CircuitVerdict): void;
    }
  | { kind: 'refused'; retryAfterMs: number };

export interface Circuit {
  /**
   * @param isUrgent whether the call is held back for one open time at most, counted from when the circuit opened
   * first: neither a probe of somebody else's nor its failure makes it wait longer
   */
  enter(isUrgent: boolean): Admission;
}

/** Until whoever else is finding out may have done so. */
const probeRetryMs = 1_000;

export function createCircuit(
  { failures, openMs }: CircuitOptions,
  clock: Pick<Clock, 'nowMs'>,
  onState: (state: CircuitState) => void = () => {},
): Circuit {
  let outages = 0;
  let open: { firstMs: number; lastMs: number; isProbed: boolean } | undefined;

  function change(state: CircuitState): void {
    const nowMs = clock.nowMs();
    if (state === 'closed') open = undefined;
    else open = { firstMs: open?.firstMs ?? nowMs, lastMs: nowMs, isProbed: false };
    outages = 0;
    onState(state);
  }

  function inClosed(): Admission {
    return {
      kind: 'admitted',
      leave(verdict) {
        // What was on its way when the circuit opened says nothing new.
        if (open !== undefined || verdict === 'nothing') return;
        outages = verdict === 'outage' ? outages + 1 : 0;
        if (outages >= failures) change('open');
      },
    };
  }

  function inOpen(opening: NonNullable<typeof open>, isProbe: boolean): Admission {
    if (isProbe) {
      opening.isProbed = true;
      onState('half-open');
    }
    return {
      kind: 'admitted',
      leave(verdict) {
        if (open !== opening) return;
        if (verdict === 'alive') change('closed');
        else if (isProbe && verdict === 'outage') change('open');
        else if (isProbe) opening.isProbed = false;
      },
    };
  }

  return {
    enter(isUrgent) {
      if (open === undefined) return inClosed();
      const leftMs = leftSince(open.lastMs);
      if (isUrgent && leftSince(open.firstMs) <= 0) return inOpen(open, leftMs <= 0 && !open.isProbed);
      if (leftMs > 0) return { kind: 'refused', retryAfterMs: leftMs };
      if (open.isProbed) return { kind: 'refused', retryAfterMs: probeRetryMs };
      return inOpen(open, true);
    },
  };

  /** A clock that was set back must not hold anything up. */
  function leftSince(startMs: number): number {
    const nowMs = clock.nowMs();
    return nowMs < startMs ? 0 : startMs + openMs - nowMs;
  }
}
