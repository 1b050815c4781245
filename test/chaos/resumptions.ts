// How long a bank waits, after a worker was killed, until the call that was cut off is made again: with another worker running
// already, and with one that had to start first.
import type { RequestEntry } from '../../sandbox-bank/control/request-log.ts';
import type { Ground } from './ground.ts';
import type { InterruptedCall, Struck } from './strike.ts';

export interface Resumption {
  replaced: 'before' | 'after';
  afterMs: number;
}

export interface Resumptions {
  /** Of workers alone. */
  expect(struck: Struck): void;
  /** Reads the bank's log for those that are still awaited. */
  look(): Promise<void>;
  found(): Resumption[];
}

interface Awaited {
  call: InterruptedCall;
  killedAtMs: number;
  replaced: Resumption['replaced'];
}

/** After that nobody will make it again: a consent that came to nothing, say. */
const awaitedForMs = 5 * 60_000;

export function openResumptions(ground: Ground): Resumptions {
  let awaited: Awaited[] = [];
  const found: Resumption[] = [];

  async function nextAttempt({ call: { method, path, idempotencyKey }, killedAtMs }: Awaited) {
    const entries: RequestEntry[] = await ground.control('GET', `/requests?${new URLSearchParams({ path })}`);
    return entries.find(
      (entry) =>
        entry.method === method &&
        entry.idempotencyKey === idempotencyKey &&
        Date.parse(entry.at) > killedAtMs,
    );
  }

  return {
    expect: ({ strike, interrupted, killedAtMs }) => {
      if (strike.kind === 'cut' || strike.victim !== 'worker') return;
      if (interrupted === undefined || killedAtMs === undefined) return;
      awaited.push({ call: interrupted, killedAtMs, replaced: strike.replaced });
    },
    look: async () => {
      const still: Awaited[] = [];
      for (const one of awaited) {
        const again = await nextAttempt(one);
        const { replaced, killedAtMs } = one;
        if (again !== undefined)
          found.push({ replaced, afterMs: Math.round(Date.parse(again.at) - killedAtMs) });
        else if (performance.timeOrigin + performance.now() < killedAtMs + awaitedForMs) still.push(one);
      }
      awaited = still;
    },
    found: () => found,
  };
}
