// What v3.1 does not take: said to the caller, with what to do about it.
import { isObject, type JsonObject, type Translate } from './translate.ts';
import type { Walk } from './walk.ts';

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

/** Members that v3.1 wants and v4.0 leaves open. */
export function asksFor(...names: string[]): Translate {
  return (value, walk) => {
    const missing = isObject(value) ? names.find((name) => value[name] === undefined) : undefined;
    if (missing !== undefined) throw walk.refusal('v3.1 asks for it there', missing);
    return value;
  };
}

export function refuseAll(given: JsonObject, reason: string, walk: Walk): void {
  const first = Object.keys(given).find((name) => given[name] !== undefined);
  if (first !== undefined) throw walk.refusal(reason, first);
}

/** Refuses what has any other members than the named ones. */
export function refuseOthers(reason: string, names: readonly string[]): Translate {
  return (value, walk) => {
    if (isObject(value)) {
      refuseAll(
        Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name))),
        reason,
        walk,
      );
    }
    return value;
  };
}
