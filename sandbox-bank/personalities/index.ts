// The banks of the sandbox.
import { hybrid } from './hybrid.ts';
import { jarm } from './jarm.ts';
import { obie } from './obie.ts';
import { Personality, type PersonalityFacts } from './personality.ts';

const facts: readonly PersonalityFacts[] = [hybrid, jarm, ...obie];

/** Every bank, with those of `more` in the place of others of the same name, or beside them. */
export function allPersonalities(more: readonly PersonalityFacts[] = []): Personality[] {
  const byName = new Map([...facts, ...more].map((bank) => [bank.name, bank]));
  return [...byName.values()].map((bank) => Personality.parse(bank));
}
