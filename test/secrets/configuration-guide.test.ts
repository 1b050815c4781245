// docs/configuration.md against config.ts and the code: a guide that has fallen behind is worse than none.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig, variableNames } from '../../config.ts';
import { referenceSources } from '../../secrets/reference.ts';
import { secretSources } from '../../secrets/secret-source.ts';

const root = join(import.meta.dirname, '..', '..');
const guide = readFileSync(join(root, 'docs', 'configuration.md'), 'utf8');
const table = guide.slice(guide.indexOf('## Every variable'));
const rows = [...table.matchAll(/^\| `([A-Z_]+)` \| (?:`(.*?)`|(–)|) ?\| (.+) \|$/gm)].map(
  ([, name = '', fallback = '', none, meaning = '']) => ({
    name,
    fallback: none ? undefined : fallback,
    meaning,
  }),
);

describe('the guide to the configuration', () => {
  it('has every variable once, in the order of config.ts', () => {
    expect(rows.map(({ name }) => name)).toEqual(variableNames);
  });

  it('has their defaults', () => {
    const defaults = new Map(Object.entries(readConfig({})));
    for (const { name, fallback } of rows) {
      const value = defaults.get(name);
      expect(value === undefined ? undefined : String(value), name).toBe(fallback);
    }
  });

  it('says of each what it is', () => {
    for (const { name, meaning } of rows) expect(meaning.length, name).toBeGreaterThan(6);
  });

  it('has every source and every code', () => {
    for (const source of referenceSources) expect(guide).toContain(`| \`${source}:`);
    for (const source of secretSources) expect(guide).toContain(`| \`${source}\` |`);
    const codes = readFileSync(join(root, 'secrets', 'reference-unusable.ts'), 'utf8').match(
      /(?<=\| ')[a-z-]+(?=')/g,
    );
    expect(codes).toHaveLength(7);
    for (const code of codes ?? []) expect(guide).toContain(`| \`${code}\` |`);
  });
});
