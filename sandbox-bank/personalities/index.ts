// The banks of the sandbox: its own two, and 58 that are out in the world.
import { allBarclays } from './barclays.ts';
import { chase } from './chase.ts';
import { allCooperative } from './cooperative.ts';
import { danske } from './danske.ts';
import { allHsbc } from './hsbc.ts';
import { hybrid } from './hybrid.ts';
import { jarm } from './jarm.ts';
import { allLloyds } from './lloyds.ts';
import { allMonzo } from './monzo.ts';
import { allNationwide } from './nationwide.ts';
import { allNatwest } from './natwest.ts';
import { obie } from './obie.ts';
import { Personality, type PersonalityFacts } from './personality.ts';
import { revolut } from './revolut.ts';
import { allSantander } from './santander.ts';
import { starling } from './starling.ts';
import { tide } from './tide.ts';
import { tsb } from './tsb.ts';
import { wise } from './wise.ts';
import { zopa } from './zopa.ts';

const facts: readonly PersonalityFacts[] = [
  ...[hybrid, jarm],
  ...[allBarclays, chase, allCooperative, danske, allHsbc, allLloyds, allMonzo, allNationwide].flat(),
  ...[allNatwest, obie, revolut, allSantander, starling, tide, tsb, wise, zopa].flat(),
];

/** Every bank, with those of `more` in the place of others of the same name, or beside them. */
export function allPersonalities(more: readonly PersonalityFacts[] = []): Personality[] {
  const byName = new Map([...facts, ...more].map((bank) => [bank.name, bank]));
  return [...byName.values()].map((bank) => Personality.parse(bank));
}
