// What a storm strikes is a matter of its seed alone.
import { describe, expect, it } from 'vitest';
import {
  type BankCall,
  bankCalls,
  payersStepBefore,
  planStorm,
  type Strike,
  victims,
  writes,
} from './plan.ts';
import { shortStorm } from './short-storm.ts';
import { payersSteps, wayInWords, ways } from './ways.ts';

const isKill = ({ kind }: Strike) => kind === 'kill';

it('the same seed plans the same storm, another seed another one', () => {
  const plan = planStorm({ kills: 200, seed: '17' });
  expect(planStorm({ kills: 200, seed: '17' })).toEqual(plan);
  expect(planStorm({ kills: 200, seed: '18' })).not.toEqual(plan);
});

it.each(['1', '2', 'a word'])(
  'seed %s: as many kills as asked for, half of them of a caller of a bank',
  (seed) => {
    const kills = planStorm({ kills: 101, seed }).filter(isKill);
    expect(kills).toHaveLength(101);
    const ofCallers = kills.filter(
      (strike) =>
        strike.kind === 'kill' &&
        strike.moment.at === 'bank' &&
        strike.moment.call !== 'ask for tokens' &&
        bankCalls[strike.moment.call].by === strike.victim,
    );
    expect(ofCallers.length).toBeGreaterThanOrEqual(51);
  },
);

it('a payer pays one way, and meets with strikes at one step after the other, with a while between', () => {
  const met = Map.groupBy(planStorm({ kills: 500, seed: '3' }).entries(), ([, { payer }]) => payer);
  expect([...met.values()].some(({ length }) => length > 1)).toBe(true);
  for (const strikes of met.values()) {
    const steps = strikes.map(([, { moment }]) => payersSteps.indexOf(payersStepBefore(moment)));
    expect(steps).toEqual([...new Set(steps)].toSorted((one, other) => one - other));
    expect(new Set(strikes.map(([, { moment }]) => moment.way)).size).toBe(1);
    for (const [place, [index]] of strikes.entries())
      expect(index - (strikes[place - 1]?.[0] ?? -100)).toBeGreaterThanOrEqual(4);
  }
});

describe('the short storm', () => {
  const plan = planStorm(shortStorm);

  it('has at least fifty kills, of every process', () => {
    expect(plan.filter(isKill).length).toBeGreaterThanOrEqual(50);
    const killed = plan.map((strike) => (strike.kind === 'kill' ? strike.victim : undefined));
    for (const victim of victims) expect(killed).toContain(victim);
  });

  it('interrupts every call to a bank, before and after it has acted', () => {
    const met = plan.map(({ moment }) => (moment.at === 'bank' ? `${moment.call} ${moment.side}` : ''));
    for (const call of Object.keys(bankCalls) as BankCall[])
      for (const side of ['before', 'after']) expect(met).toContain(`${call} ${side}`);
  });

  it('meets every write', () => {
    const met = plan.map(({ moment }) => (moment.at === 'postgres' ? moment.write : ''));
    for (const write of Object.keys(writes)) expect(met).toContain(write);
  });

  it('has payers of every family, step by step and in one request, and receivers of webhooks', () => {
    const struck = new Set(plan.map(({ moment }) => wayInWords(moment.way)));
    for (const way of ways) expect(struck).toContain(wayInWords(way));
    expect(plan.map(({ moment }) => moment.at)).toContain('receiver');
  });

  it('cuts connections to the bank on both sides, and to Postgres after it has committed', () => {
    const cuts = plan
      .filter((strike) => !isKill(strike))
      .map(({ moment }) => (moment.at === 'receiver' ? 'receiver' : `${moment.at} ${moment.side}`));
    expect(new Set(cuts)).toEqual(new Set(['bank before', 'bank after', 'postgres after']));
  });
});

it('a write is known by who makes it and where it goes', () => {
  const known = Object.values(writes).map(({ by, table }) => `${by} ${table}`);
  expect(new Set(known).size).toBe(known.length);
});
