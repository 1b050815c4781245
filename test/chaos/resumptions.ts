// How long a bank waits, after a worker was killed, until the call that was cut off is made again under its key.
import type { RequestEntry } from '../../sandbox-bank/control/request-log.ts';
import type { Ground } from './ground.ts';
import type { Struck } from './strike.ts';

export interface Resumptions {
  /** Of workers alone. */
  expect(struck: Struck): void;
  /** Reads the bank's log for those that are still awaited. */
  look(): Promise<void>;
  durationsMs(): number[];
}

export function openResumptions(ground: Ground): Resumptions {
  let awaited: { key: string; killedAtMs: number }[] = [];
  const durations: number[] = [];
  return {
    expect: ({ strike, idempotencyKey, killedAtMs }) => {
      const isWorker = strike.kind === 'kill' && strike.victim === 'worker';
      if (isWorker && idempotencyKey !== undefined && killedAtMs !== undefined)
        awaited.push({ key: idempotencyKey, killedAtMs });
    },
    look: async () => {
      if (awaited.length === 0) return;
      const requests: RequestEntry[] = await ground.control('GET', '/requests');
      awaited = awaited.filter(({ key, killedAtMs }) => {
        const again = requests.find(
          ({ idempotencyKey, at }) => idempotencyKey === key && Date.parse(at) > killedAtMs,
        );
        if (again !== undefined) durations.push(Math.round(Date.parse(again.at) - killedAtMs));
        return again === undefined;
      });
    },
    durationsMs: () => durations,
  };
}
