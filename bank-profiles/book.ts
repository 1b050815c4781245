// Every bank by its public name: the profiles that come with the connector, and those of whoever runs it.
import { builtInProfiles } from './built-in.ts';
import { type BankProfile, type BankProfileSource, bankProfileSchema } from './profile.ts';

export interface NamedProfile extends BankProfile {
  /** As answers and records have it. */
  name: string;
}

export interface ProfileBook {
  names(): readonly string[];
  /** The same object until the profile changes. @param name spelt as the bank is, or as it should be */
  find(name: string): NamedProfile | undefined;
}

/** @param sources checked one by one when they are first asked for, unless they were checked before */
export function profileBook(sources: ReadonlyMap<string, BankProfileSource>): ProfileBook {
  const names = [...sources.keys()];
  const canonical = new Map(names.map((name) => [rightName(name), name]));
  const checked = new Map<string, NamedProfile>();
  return {
    names: () => names,
    find(asked) {
      const name = canonical.get(rightName(asked));
      const source = name === undefined ? undefined : sources.get(name);
      if (name === undefined || source === undefined) return undefined;
      const earlier = checked.get(name);
      if (earlier !== undefined) return earlier;
      // Making code of the schema, as zod does by itself, costs more than checking every profile once without it.
      const profile = { ...bankProfileSchema.parse(source, { jitless: true }), name };
      checked.set(name, profile);
      return profile;
    },
  };
}

export const builtInBook: ProfileBook = profileBook(builtInProfiles);

/** As a name should be spelt: some were published misspelt or in two spellings, and both are in use. */
export function rightName(name: string): string {
  return name.replace('Commerical', 'Commercial').replace('UlsterBankNI', 'UlsterBankNi');
}
