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

export interface Admission {
  /** To be called once, whatever became of the call. */
  leave(verdict: CircuitVerdict): void;
}

export interface Circuit {
  /**
   * Milliseconds until it is worth coming again; 0: a call may enter now.
   * @param isUrgent whether the call is held back for one open time at most, counted from when the circuit opened
   * first: neither a probe of somebody else's nor its failure makes it wait longer
   */
  heldBackMs(isUrgent: boolean): number;
  /** Whoever would be held back at this moment does not enter. */
  enter(): Admission;
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
      leave(verdict) {
        if (open !== opening) return;
        if (verdict === 'alive') change('closed');
        else if (isProbe && verdict === 'outage') change('open');
        else if (isProbe) opening.isProbed = false;
      },
    };
  }

  function heldBackMs(isUrgent: boolean): number {
    if (open === undefined || (isUrgent && leftSince(open.firstMs) <= 0)) return 0;
    const leftMs = leftSince(open.lastMs);
    if (leftMs > 0) return leftMs;
    return open.isProbed ? probeRetryMs : 0;
  }

  return {
    heldBackMs,
    enter() {
      if (open === undefined) return inClosed();
      return inOpen(open, leftSince(open.lastMs) <= 0 && !open.isProbed);
    },
  };

  /** A clock that was set back must not hold anything up. */
  function leftSince(startMs: number): number {
    const nowMs = clock.nowMs();
    return nowMs < startMs ? 0 : startMs + openMs - nowMs;
  }
}
