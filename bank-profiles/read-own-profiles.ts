// Profiles of whoever runs the connector: JSON files in a folder, one for each banking group. A bank that comes with the
// connector keeps what a file does not say; any other bank is new.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { builtInProfiles } from './built-in.ts';
import { mergePatch } from './merge-patch.ts';
import { type BankProfileSource, bankProfileSchema } from './profile.ts';
import { problemsOf } from './schema-problems.ts';

const members = z.record(z.string(), z.json());
const groupFile = z.strictObject({
  $schema: z.string().optional(),
  group: z.string().min(1),
  source: z.string().min(1),
  common: members.default({}),
  banks: z.record(z.string(), members),
});

/** Files that do not fit, all of them at once. Says where and what is wrong. */
export class ProfilesRefused extends Error {
  override name = 'ProfilesRefused';
  readonly code = 'bank-profiles-refused';
  /** `my-bank.json: My_Bank: idToken.subject: …` */
  readonly problems: readonly string[];

  constructor(folder: string, problems: readonly string[]) {
    super(`Bank profiles in ${folder} do not fit:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** @throws {ProfilesRefused} */
export function readOwnProfiles(folder: string): Map<string, BankProfileSource> {
  const found = new Map<string, BankProfileSource>();
  const problems: string[] = [];
  for (const file of ownProfileFiles(folder)) {
    const parsed = groupFile.safeParse(readJson(join(folder, file)));
    if (!parsed.success)
      problems.push(...problemsOf(parsed.error, groupFile).map((text) => `${file}: ${text}`));
    else for (const [name, own] of Object.entries(parsed.data.banks)) add(file, parsed.data, name, own);
  }
  if (problems.length > 0) throw new ProfilesRefused(folder, problems);
  return found;

  function add(file: string, { group, source, common }: GroupFile, name: string, own: object): void {
    const say = (text: string) => problems.push(`${file}: ${name}: ${text}`);
    if (!name.startsWith(`${group}_`) || !/^\w+$/.test(name)) say(`must be called ${group}_ and more`);
    if (found.has(name)) say('is there twice');
    const base = mergePatch(builtInProfiles.get(name) ?? {}, { group, source });
    const profile = bankProfileSchema.safeParse(mergePatch(mergePatch(base, common), own), {
      reportInput: true,
    });
    if (profile.success) found.set(name, profile.data);
    else problemsOf(profile.error, bankProfileSchema).forEach(say);
  }
}

type GroupFile = z.output<typeof groupFile>;

export function ownProfileFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .sort();
  } catch {
    throw new ProfilesRefused(folder, ['the folder cannot be read']);
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return 'no JSON';
  }
}
