// What v3.1 does not take: said to the caller, with what to do about it.
import type { Translate } from './translate.ts';

export function refused(reason: string): Translate {
  return (_, walk) => {
    throw walk.refusal(reason);
  };
}

export const unknownToVersion3 = refused('v3.1 has no member for it');

/** Counted as JSON Schema counts: in characters, not in the units of UTF-16. */
export function atMostCharacters(limit: number): Translate {
  return (value, walk) => {
    if (typeof value === 'string' && [...value].length > limit) {
      throw walk.refusal(`v3.1 takes at most ${limit} characters there`);
    }
    return value;
  };
}

export function atMostElements(limit: number): Translate {
  return (value, walk) => {
    if (Array.isArray(value) && value.length > limit) {
      throw walk.refusal(`v3.1 takes at most ${limit} of them`);
    }
    return value;
  };
}
