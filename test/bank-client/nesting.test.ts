// What is refused for its depth, and what only looks as if it should be.
import { describe, expect, it } from 'vitest';
import { isNestedTooDeeply } from '../../bank-client/nesting.ts';
import { readJson } from '../../bank-client/refusal.ts';

const arrays = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
/** Each level is closed again only after other members. */
const spread = (depth: number) => `${'{"a":'.repeat(depth)}1${',"b":"x"}'.repeat(depth)}`;

describe('JSON', () => {
  it.each([arrays, objects, spread])('may be nested two hundred times, and no deeper', (nested) => {
    expect(isNestedTooDeeply(Buffer.from(nested(200)))).toBe(false);
    expect(isNestedTooDeeply(Buffer.from(nested(201)))).toBe(true);
  });

  it('is as deep as it is nested, however long it is', () => {
    const wide = JSON.stringify(Array.from({ length: 2_000 }, () => ({ a: [[]] })));
    expect(isNestedTooDeeply(Buffer.from(wide))).toBe(false);
  });

  it('is no deeper for what its words hold', () => {
    const words = JSON.stringify(Array.from({ length: 500 }, () => '[{"\\"[{'));
    expect(isNestedTooDeeply(Buffer.from(words))).toBe(false);
  });

  it('that could not be written again is no JSON of use', () => {
    const deep = objects(50_000);
    expect(() => JSON.stringify(JSON.parse(deep))).toThrow(RangeError);
    expect(readJson({ body: Buffer.from(deep) })).toBeUndefined();
  });
});
