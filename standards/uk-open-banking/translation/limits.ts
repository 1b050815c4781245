// What v3.1 does not take: said to the caller, with what to do about it.
import { CannotTranslate } from './cannot-translate.ts';
import type { Translate } from './translate.ts';

export function refused(reason: string): Translate {
  return (_, path) => {
    throw new CannotTranslate(path, reason);
  };
}

export const unknownToVersion3 = refused('v3.1 has no member for it');

/** Counted as JSON Schema counts: in characters, not in the units of UTF-16. */
export function atMostCharacters(limit: number): Translate {
  return (value, path) => {
    if (typeof value === 'string' && [...value].length > limit) {
      throw new CannotTranslate(path, `v3.1 takes at most ${limit} characters there`);
    }
    return value;
  };
}

export function atMostElements(limit: number): Translate {
  return (value, path) => {
    if (Array.isArray(value) && value.length > limit) {
      throw new CannotTranslate(path, `v3.1 takes at most ${limit} of them`);
    }
    return value;
  };
}
