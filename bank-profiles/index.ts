// Every bank by its public name.
import type { BankProfile } from './profile.ts';
import { sandbox } from './sandbox.ts';

const profiles: ReadonlyMap<string, BankProfile> = new Map([...sandbox]);

export const profileNames: readonly string[] = [...profiles.keys()];

export function findProfile(name: string): BankProfile | undefined {
  return profiles.get(name);
}
