// Carries out one strike of a plan: waits until the step is in flight, strikes, and tells what it has interrupted.
import { setTimeout } from 'node:timers/promises';
import type { HeldRequest } from '../../sandbox-bank/control/held.ts';
import type { Ground } from './ground.ts';
import { bankCalls, type Moment, type Strike, type Victim, writes } from './plan.ts';

export interface Struck {
  strike: Strike;
  /** Who was in the middle of what, and whether the other side had acted. */
  inFlight: string;
  /** The process that was killed had made a call to the bank and waited for it. */
  interruptedBankCall: boolean;
  /** Of the call to the bank that was interrupted. */
  idempotencyKey?: string;
  /** When it was killed, by the clock of this machine. */
  killedAtMs?: number;
}

/** A step that no journey takes within this time means that everything stands still. */
const stepWithinMs = 90_000;

/** The process that was killed last may still be starting: the next one is struck only when it is there. */
export async function carryOut(ground: Ground, strike: Strike, ready: Promise<void>): Promise<Struck> {
  const caught =
    strike.moment.at === 'bank'
      ? await catchCall(ground, strike.moment)
      : await catchWrite(ground, strike.moment);
  await ready;
  const { moment } = strike;
  const by = moment.at === 'bank' ? bankCalls[moment.call].by : writes[moment.write].by;
  if (strike.kind === 'cut') {
    await caught.end('close');
    return { strike, inFlight: caught.what, interruptedBankCall: false };
  }
  const killedAtMs = performance.timeOrigin + performance.now();
  await ground.kill(strike.victim);
  await caught.end(moment.at === 'bank' ? moment.thenBank : 'close');
  const { what: inFlight, idempotencyKey } = caught;
  const interruptedBankCall = moment.at === 'bank' && by === strike.victim && caught.isCertain;
  return { strike, inFlight, interruptedBankCall, killedAtMs, ...(idempotencyKey ? { idempotencyKey } : {}) };
}

interface Caught {
  what: string;
  /** Whether it is known who made the call: of tokens it is not. */
  isCertain: boolean;
  idempotencyKey?: string | undefined;
  end(how: 'go-on' | 'close'): Promise<void>;
}

async function catchCall(ground: Ground, moment: Moment & { at: 'bank' }): Promise<Caught> {
  const { by, method, path } = bankCalls[moment.call];
  const kind = moment.side === 'before' ? 'hold' : 'hold-answer';
  const rule = await ground.control('POST', '/faults', {
    bank: 'hybrid',
    method,
    path,
    times: 1,
    fault: { kind },
  });
  const held: HeldRequest = await within(`${moment.call} at the bank`, async () => {
    const [found] = await ground.control('GET', '/held');
    return found;
  });
  await ground.control('DELETE', `/faults/${rule.id}`);
  const acted = held.acted ? 'the bank has acted' : 'the bank has not acted';
  return {
    what: `${by}: ${moment.call} (${held.method} ${held.path.split('/').at(-1)}), ${acted}`,
    isCertain: moment.call !== 'ask for tokens',
    idempotencyKey: held.idempotencyKey,
    end: (how) => ground.control('POST', `/held/${held.id}/release`, { how }),
  };
}

async function catchWrite(ground: Ground, { write, side }: Moment & { at: 'postgres' }): Promise<Caught> {
  const { by, table } = writes[write];
  const awaited = ground.relay.stopNext({ by, table, side });
  const late = new AbortController();
  const stopped = await Promise.race([
    awaited.stopped,
    setTimeout(stepWithinMs, undefined, { signal: late.signal }).then(() => {
      awaited.forget();
      throw new Error(`nobody came to write: ${write}`);
    }),
  ]);
  late.abort();
  const committed = side === 'after' ? 'Postgres has committed' : 'Postgres has not committed';
  return {
    what: `${by}: writes ${write} (${table}), ${committed}`,
    isCertain: true,
    end: async (how) => (how === 'close' ? stopped.cut() : stopped.goOn()),
  };
}

async function within<Found>(what: string, look: () => Promise<Found | undefined>): Promise<Found> {
  const untilMs = performance.now() + stepWithinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > untilMs) throw new Error(`no journey came to: ${what}`);
    await setTimeout(20);
  }
}

export const victimOf = (strike: Strike): Victim | undefined =>
  strike.kind === 'kill' ? strike.victim : undefined;
