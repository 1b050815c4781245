// The list of quirks is complete, and each is shown somewhere.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mutationsOf } from '../../bank-matrix/mutations.ts';
import { unseen } from '../../bank-matrix/unseen-values.ts';
import { quirks } from './quirks.ts';

const oddBanks = readFileSync(new URL('../bank-profiles/odd-banks.server.test.ts', import.meta.url), 'utf8');

describe('the quirks that change behaviour', () => {
  it('are 63, each once', () => {
    expect(new Set(quirks.map(({ name }) => name)).size).toBe(63);
    expect(quirks.filter(({ waits }) => waits)).toHaveLength(3);
  });

  it.each(quirks.map((quirk) => [quirk.name, quirk] as const))('%s is shown to matter', (name, quirk) => {
    const { shownBy, waits } = quirk;
    if (waits) return expect(shownBy).toBeUndefined();
    if (shownBy === undefined) return expect(oddBanks).toContain(name);
    const { profile, path } = shownBy;
    expect(mutationsOf(profile).map((mutation) => mutation.path)).toContain(path);
    expect(unseen(profile, path)).toBeUndefined();
  });
});
