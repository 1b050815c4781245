// What a storm will strike, and when: drawn from its seed alone. Every strike waits for a step that can be seen, at the
// bank, at the receiver of webhooks or on the way to Postgres, so that the clock of no machine decides what is in flight.
import { type Chance, chanceOf } from './chance.ts';
import { confirmingFamilies, type FamilyName } from './families.ts';
import { type AimAtPayer, openAim, payersStep } from './plan-payers.ts';
import type { PayersStep, Way } from './ways.ts';

export const victims = ['worker', 'api', 'temporal', 'postgres'] as const;
export type Victim = (typeof victims)[number];

export interface Step {
  by: 'api' | 'worker';
  /** What a payer does that leads to it, on ways of several requests and of one. */
  after: PayersStep | { stepByStep: PayersStep; inOneRequest: PayersStep };
  /** By default it is on every way. */
  isOn?(way: Way): boolean;
}

const isOrderOrReturn = { stepByStep: 'order', inOneRequest: 'return' } as const;
const stepByStep = ({ isInOneRequest }: Way) => !isInOneRequest;
const ofFiles = ({ family }: Way) => family === 'file-payment';

interface Call extends Step {
  method: 'GET' | 'POST';
  /** At the bank. */
  path(family: FamilyName): string;
}

const below = (path: string) => `/open-banking/*/pisp/${path}`;

/** Calls to the bank, by name. */
export const bankCalls = {
  'create consent': {
    ...{ by: 'worker', method: 'POST', after: 'consent' },
    path: (family) => below(`${family}-consents`),
  },
  'upload file': {
    ...{ by: 'worker', method: 'POST', after: 'upload', isOn: ofFiles },
    path: (family) => below(`${family}-consents/*/file`),
  },
  'ask for tokens': { by: 'worker', method: 'POST', after: 'return', path: () => '/token' },
  'confirm funds': {
    ...{ by: 'api', method: 'GET', after: 'confirm funds' },
    isOn: (way) => stepByStep(way) && confirmingFamilies.includes(way.family),
    path: (family) => below(`${family}-consents/*/funds-confirmation`),
  },
  'submit payment': {
    ...{ by: 'worker', method: 'POST', after: isOrderOrReturn },
    path: (family) => below(`${family}s`),
  },
  'read payment': {
    ...{ by: 'worker', method: 'GET', after: isOrderOrReturn },
    path: (family) => below(`${family}s/*`),
  },
} as const satisfies Record<string, Call>;

export type BankCall = keyof typeof bankCalls;

interface Writing extends Step {
  table: string;
}

/** What is written, by whom and where to. */
export const writes = {
  'claim of a key': { by: 'api', table: 'idempotency_claim', after: 'consent' },
  'new consent': { by: 'api', table: 'consent', after: 'consent' },
  'new payment journey': {
    ...{ by: 'api', table: 'payment_journey', after: 'consent' },
    isOn: ({ isInOneRequest }) => isInOneRequest,
  },
  'arriving file': { by: 'api', table: 'payment_file', after: 'upload', isOn: ofFiles },
  'customer’s return': { by: 'api', table: 'redirect', after: 'return' },
  'new payment': { by: 'api', table: 'payment', after: 'order', isOn: stepByStep },
  'consent at the bank': { by: 'worker', table: 'consent', after: 'consent' },
  'file at the bank': { by: 'worker', table: 'payment_file', after: 'upload', isOn: ofFiles },
  'claim of a call': { by: 'worker', table: 'once_only_call', after: 'return' },
  tokens: { by: 'worker', table: 'grant_token', after: 'return' },
  'attempt to submit': { by: 'worker', table: 'payment_attempt', after: isOrderOrReturn },
  'payment’s progress': { by: 'worker', table: 'payment', after: isOrderOrReturn },
} as const satisfies Record<string, Writing>;

export type Write = keyof typeof writes;

/** When to strike, with a payer who pays so. */
export type Moment = { way: Way } & (
  | { at: 'bank'; call: BankCall; side: 'before' | 'after'; thenBank: 'go-on' | 'close' }
  | { at: 'postgres'; write: Write; side: 'before' | 'after' }
  /** A webhook has arrived, and whoever sent it has not heard so. */
  | { at: 'receiver' }
);

/** A process may have its replacement running beside it already, or be replaced when it has gone. */
export type Strike = ({ kind: 'kill'; victim: Victim; replaced: 'before' | 'after' } | { kind: 'cut' }) & {
  moment: Moment;
  /** At whom it is aimed. */
  payer: number;
};

const sides = ['before', 'after'] as const;
const workersCalls = [
  ...(['create consent', 'upload file', 'submit payment', 'submit payment'] as const),
  ...(['submit payment', 'submit payment', 'read payment', 'read payment'] as const),
] as const;
const lateCalls = [...workersCalls, 'confirm funds'] as const;
const allCalls = [...lateCalls, 'ask for tokens', 'ask for tokens'] as const;
/** Workers die often enough in their own calls. */
const shaken = ['api', 'temporal', 'temporal', 'postgres', 'postgres', 'worker'] as const;

interface Season {
  calls: readonly [BankCall, ...BankCall[]];
  writes: readonly [Write, ...Write[]];
}

const allWrites = Object.keys(writes) as [Write, ...Write[]];
const early: Season = { calls: allCalls, writes: allWrites };
/** An exchange of a code that is cut off counts as under way for a minute: nobody has to be waited for at the end. */
const late: Season = {
  calls: lateCalls,
  writes: allWrites.filter((write) => write !== 'claim of a call' && write !== 'tokens') as [Write],
};
const lateKills = (kills: number) => Math.min(Math.ceil(kills * 0.6), 50);

/** What a strike is drawn with. */
interface Dice extends Season {
  chance: Chance;
  aim: AimAtPayer;
}

/** Every other kill is of the process that has made a call to the bank and waits for it. */
export function planStorm({ kills, seed }: { kills: number; seed: string }): Strike[] {
  const chance = chanceOf(seed);
  const aim = openAim(chance);
  const strikes: Strike[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const season = kill < kills - lateKills(kills) ? early : late;
    const dice = { chance, aim, ...season };
    strikes.push(kill % 2 === 0 ? killOfCaller(dice) : anyKill(dice));
    while (chance.happens(0.25)) strikes.push(cut(dice));
  }
  return strikes;
}

function killOfCaller(dice: Dice): Strike {
  const { chance } = dice;
  const call = chance.happens(0.2) ? 'confirm funds' : chance.pick(workersCalls);
  return kill(chance, bankCalls[call].by, atBank(dice, call));
}

function anyKill(dice: Dice): Strike {
  const { chance, aim, calls } = dice;
  const victim = chance.pick(shaken);
  if (chance.happens(0.1)) {
    const { way, payer } = aim({ by: 'worker', after: isOrderOrReturn });
    return kill(chance, victim, { payer, moment: { at: 'receiver', way } });
  }
  return kill(chance, victim, chance.happens(0.5) ? atBank(dice, chance.pick(calls)) : atPostgres(dice));
}

type Aimed = Pick<Strike, 'moment' | 'payer'>;

const kill = (chance: Chance, victim: Victim, aimed: Aimed): Strike => ({
  ...({ kind: 'kill', victim } as const),
  replaced: victim === 'worker' ? chance.pick(sides) : 'after',
  ...aimed,
});

function cut(dice: Dice): Strike {
  const { chance, calls } = dice;
  if (chance.happens(0.5)) return { kind: 'cut', ...atBank(dice, chance.pick(calls), 'close') };
  return { kind: 'cut', ...atPostgres(dice, 'after') };
}

function atBank({ chance, aim }: Dice, call: BankCall, then?: 'close'): Aimed {
  const { way, payer } = aim(bankCalls[call]);
  const side = chance.pick(sides);
  const thenBank = then ?? chance.pick(['go-on', 'close']);
  return { payer, moment: { at: 'bank', call, way, side, thenBank } };
}

function atPostgres({ chance, aim, writes: all }: Dice, onSide?: 'after'): Aimed {
  const write = chance.pick(all);
  const { way, payer } = aim(writes[write]);
  return { payer, moment: { at: 'postgres', write, way, side: onSide ?? chance.pick(sides) } };
}

/** What the payer does at whom a strike is aimed, just before its moment. */
export function payersStepBefore(moment: Moment): PayersStep {
  return payersStep(afterWhat(moment), moment.way);
}

function afterWhat(moment: Moment): Step['after'] {
  switch (moment.at) {
    case 'bank':
      return bankCalls[moment.call].after;
    case 'postgres':
      return writes[moment.write].after;
    case 'receiver':
      return isOrderOrReturn;
    default:
      return moment satisfies never;
  }
}
