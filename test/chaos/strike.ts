// Carries out one strike of a plan: waits until the step is in flight, strikes, and tells what it has interrupted.
import { setTimeout } from 'node:timers/promises';
import type { HeldRequest } from '../../sandbox-bank/control/held.ts';
import type { Ground } from './ground.ts';
import { bankCalls, type Moment, type Strike, type Victim, writes } from './plan.ts';
import { wayInWords } from './ways.ts';

/** What the killed process was in the middle of: how its next attempt is known at the bank. */
export interface InterruptedCall {
  method: string;
  path: string;
  idempotencyKey: string | undefined;
}

export interface Struck {
  strike: Strike;
  /** Who was in the middle of what, and whether the other side had acted. */
  inFlight: string;
  /** The call to the bank that the killed process itself had made and waited for. */
  interrupted?: InterruptedCall | undefined;
  /** When it was killed, by the clock of this machine. */
  killedAtMs?: number;
}

export interface Battlefield {
  ground: Ground;
  /** The payer at whom the strike is aimed goes on to the step. */
  letGo(strike: Strike): { isCaught(): void };
  /** Resolves when the process is there: it may still be starting, after it was killed before. */
  isUp(victim: Victim): Promise<void>;
}

/** A step that no journey takes within this time means that everything stands still. */
const stepWithinMs = 90_000;

export async function carryOut(field: Battlefield, strike: Strike): Promise<Struck> {
  const { ground, isUp } = field;
  const caught = await catchStep(field, strike);
  if (strike.kind === 'cut') {
    await caught.end('close');
    return { strike, inFlight: caught.what };
  }
  await isUp(strike.victim);
  const replacement =
    strike.victim === 'worker' && strike.replaced === 'before' ? await ground.startReplacement() : undefined;
  const isStillThere = await caught.isStillThere();
  const killedAtMs = performance.timeOrigin + performance.now();
  if (replacement === undefined) await ground.kill(strike.victim);
  else await ground.killWorkerBeside(replacement);
  const { moment } = strike;
  await caught.end(moment.at === 'bank' ? moment.thenBank : 'close');
  const interrupted = isStillThere && caught.by === strike.victim ? caught.call : undefined;
  const inFlight = isStillThere ? caught.what : `nothing any more, before that ${caught.what}`;
  return { strike, inFlight, interrupted, killedAtMs };
}

interface Caught {
  what: string;
  by: 'api' | 'worker';
  /** To the bank, where it is known who made it: of tokens it is not. */
  call?: InterruptedCall;
  /** Nobody has given up waiting for it. */
  isStillThere(): Promise<boolean>;
  end(how: 'go-on' | 'close'): Promise<void>;
}

async function catchStep({ ground, letGo }: Battlefield, strike: Strike): Promise<Caught> {
  const isLetGo = Promise.withResolvers<{ isCaught(): void }>();
  try {
    return await catchAt({ ground, goOn: () => isLetGo.resolve(letGo(strike)) }, strike.moment);
  } finally {
    (await isLetGo.promise).isCaught();
  }
}

interface Catching {
  ground: Ground;
  /** Told once everything is ready to catch whoever comes. */
  goOn(): void;
}

function catchAt(field: Catching, moment: Moment): Promise<Caught> {
  switch (moment.at) {
    case 'bank':
      return catchCall(field, moment);
    case 'postgres':
      return catchWrite(field, moment);
    case 'receiver':
      return catchDelivery(field);
    default:
      return moment satisfies never;
  }
}

async function catchCall(
  { ground, goOn }: Catching,
  moment: Extract<Moment, { at: 'bank' }>,
): Promise<Caught> {
  const { by, method, path } = bankCalls[moment.call];
  const kind = moment.side === 'before' ? 'hold' : 'hold-answer';
  const rule = await ground.control('POST', '/faults', {
    ...{ bank: 'hybrid', method, path: path(moment.way.family), times: 1, fault: { kind } },
  });
  goOn();
  const find = async (waitMs = 0): Promise<HeldRequest | undefined> =>
    (await ground.control('GET', `/held?${new URLSearchParams({ waitMs: String(waitMs) })}`))[0];
  const held = await find(stepWithinMs);
  if (held === undefined) throw new Error(`nobody came to: ${moment.call} of ${wayInWords(moment.way)}`);
  await ground.control('DELETE', `/faults/${rule.id}`);
  const acted = held.acted ? 'the bank has acted' : 'the bank has not acted';
  const { id, idempotencyKey } = held;
  return {
    what: `${by}: ${moment.call} (${held.method} ${nameOf(moment, held)}), ${acted}`,
    by,
    ...(moment.call === 'ask for tokens' ? {} : { call: { method, path: held.path, idempotencyKey } }),
    isStillThere: async () => (await find())?.isGone === false,
    end: (how) => ground.control('POST', `/held/${id}/release`, { how }),
  };
}

const nameOf = ({ way }: Moment, { path }: HeldRequest) =>
  path.endsWith('/token')
    ? 'token'
    : `${way.family}${path.split(way.family)[1]?.replaceAll(/[\w-]{20,}/g, '…')}`;

async function catchWrite(
  { ground, goOn }: Catching,
  { write, side }: Extract<Moment, { at: 'postgres' }>,
): Promise<Caught> {
  const { by, table } = writes[write];
  const awaited = ground.relay.stopNext({ by, table, side });
  goOn();
  const stopped = await inTime(`nobody came to write: ${write}`, awaited.stopped, awaited.forget);
  const committed = side === 'after' ? 'Postgres has committed' : 'Postgres has not committed';
  return {
    what: `${by}: writes ${write} (${table}), ${committed}`,
    by,
    isStillThere: async () => !stopped.isGone(),
    end: async (how) => (how === 'close' ? stopped.cut() : stopped.goOn()),
  };
}

async function catchDelivery({ ground, goOn }: Catching): Promise<Caught> {
  const awaited = ground.witness.holdNext();
  goOn();
  const { told, cut } = await inTime('nobody was told of anything', awaited.held, awaited.forget);
  return {
    what: `worker: delivers a webhook (payment is ${told.status}), which has arrived`,
    by: 'worker',
    isStillThere: async () => true,
    end: async () => cut(),
  };
}

async function inTime<Found>(otherwise: string, found: Promise<Found>, forget: () => void): Promise<Found> {
  const late = new AbortController();
  const tooLate = setTimeout(stepWithinMs, undefined, { signal: late.signal }).then(() => {
    forget();
    throw new Error(otherwise);
  });
  try {
    return await Promise.race([found, tooLate]);
  } finally {
    tooLate.catch(() => {}); // it was called off
    late.abort();
  }
}
