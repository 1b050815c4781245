// What a storm will strike, and when: drawn from its seed alone. Every strike waits for a step that can be seen, at the
// bank or on the way to Postgres, so that the clock of no machine decides what is in flight.
import { type Chance, chanceOf } from './chance.ts';

export const victims = ['worker', 'api', 'temporal', 'postgres'] as const;
export type Victim = (typeof victims)[number];

/** Calls to the bank, by name: who makes them, and how they are known there. A family is added here. */
export const bankCalls = {
  'create consent': { by: 'worker', method: 'POST', path: '/open-banking/*/pisp/domestic-payment-consents' },
  'ask for tokens': { by: 'worker', method: 'POST', path: '/token' },
  'confirm funds': {
    by: 'api',
    method: 'GET',
    path: '/open-banking/*/pisp/domestic-payment-consents/*/funds-confirmation',
  },
  'submit payment': { by: 'worker', method: 'POST', path: '/open-banking/*/pisp/domestic-payments' },
  'read payment': { by: 'worker', method: 'GET', path: '/open-banking/*/pisp/domestic-payments/*' },
} as const satisfies Record<string, { by: 'api' | 'worker'; method: 'GET' | 'POST'; path: string }>;

export type BankCall = keyof typeof bankCalls;

/** What is written, by whom and where to. */
export const writes = {
  'claim of a key': { by: 'api', table: 'idempotency_claim' },
  'new consent': { by: 'api', table: 'consent' },
  'customer’s return': { by: 'api', table: 'redirect' },
  'new payment': { by: 'api', table: 'payment' },
  'consent at the bank': { by: 'worker', table: 'consent' },
  'claim of a call': { by: 'worker', table: 'once_only_call' },
  tokens: { by: 'worker', table: 'grant_token' },
  'payment’s progress': { by: 'worker', table: 'payment' },
} as const satisfies Record<string, { by: 'api' | 'worker'; table: string }>;

export type Write = keyof typeof writes;

/** When to strike. */
export type Moment =
  | { at: 'bank'; call: BankCall; side: 'before' | 'after'; thenBank: 'go-on' | 'close' }
  | { at: 'postgres'; write: Write; side: 'before' | 'after' };

export type Strike = { kind: 'kill'; victim: Victim; moment: Moment } | { kind: 'cut'; moment: Moment };

const sides = ['before', 'after'] as const;
const workersCalls = ['create consent', 'submit payment', 'submit payment', 'read payment'] as const;
const lateCalls = [...workersCalls, 'confirm funds'] as const;
const allCalls = [...lateCalls, 'ask for tokens'] as const;
const lateKills = 20;
/** Workers die often enough in their own calls. */
const shaken = ['api', 'temporal', 'temporal', 'postgres', 'postgres', 'worker'] as const;
type Calls = readonly [BankCall, ...BankCall[]];
const allWrites = Object.keys(writes) as [Write, ...Write[]];

/**
 * Every other kill is of the process that has made a call to the bank and waits for it. An exchange of a code that is cut
 * off counts as under way for a minute: none is struck late, so that nobody has to be waited for at the end.
 */
export function planStorm({ kills, seed }: { kills: number; seed: string }): Strike[] {
  const chance = chanceOf(seed);
  const strikes: Strike[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const calls = kill < kills - lateKills ? allCalls : lateCalls;
    strikes.push(kill % 2 === 0 ? killOfCaller(chance) : anyKill(chance, calls));
    while (chance.happens(0.25)) strikes.push(cut(chance, calls));
  }
  return strikes;
}

function killOfCaller(chance: Chance): Strike {
  const call = chance.happens(0.2) ? 'confirm funds' : chance.pick(workersCalls);
  return { kind: 'kill', victim: bankCalls[call].by, moment: atBank(chance, call) };
}

function anyKill(chance: Chance, calls: Calls): Strike {
  const victim = chance.pick(shaken);
  const moment = chance.happens(0.5) ? atBank(chance, chance.pick(calls)) : atPostgres(chance);
  return { kind: 'kill', victim, moment };
}

function cut(chance: Chance, calls: Calls): Strike {
  const isAtBank = chance.happens(0.5);
  if (!isAtBank) return { kind: 'cut', moment: { ...atPostgres(chance), side: 'after' } };
  return { kind: 'cut', moment: { ...atBank(chance, chance.pick(calls)), thenBank: 'close' } };
}

const atBank = (chance: Chance, call: BankCall) => ({
  ...({ at: 'bank', call } as const),
  side: chance.pick(sides),
  thenBank: chance.pick(['go-on', 'close'] as const),
});

const atPostgres = (chance: Chance) => ({
  ...({ at: 'postgres', write: chance.pick(allWrites) } as const),
  side: chance.pick(sides),
});
