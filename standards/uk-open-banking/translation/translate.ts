// How translations are put together: small functions over JSON values that change nothing in place and share what they leave
// alone. What they do not know, they keep: members that were published later, and values that are not what they should be.
import type { Walk } from './walk.ts';

/** Gives back the value itself where nothing changes. */
export type Translate = (value: unknown, walk: Walk) => unknown;

/** The members that stand in for one member; the holder is the untranslated object that it was found in. */
export type Replace = (value: unknown, walk: Walk, holder: JsonObject) => JsonObject;

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const unchanged: Translate = (value) => value;

/** Translates the named members of an object, each in its place. */
export function members(rules: Record<string, Translate>): Translate {
  const named = Object.entries(rules);
  return (value, walk) => {
    if (!isObject(value)) return value;
    let copy: JsonObject | undefined;
    for (const [name, rule] of named) {
      const member = ownMember(value, name);
      if (member === undefined) continue;
      walk.enter(name);
      const translated = rule(member, walk);
      walk.leave();
      if (translated === member) continue;
      copy ??= { ...value };
      copy[name] = translated;
    }
    return copy ?? value;
  };
}

/**
 * Puts other members in the place of the named ones. Where that would overwrite a member that is there already, the old
 * one stays as it came: who fills both has said something that no rule knows.
 */
export function replaced(rules: Record<string, Replace>): Translate {
  const named = Object.entries(rules);
  return (value, walk) => {
    if (!isObject(value)) return value;
    const replacements = new Map<string, JsonObject>();
    for (const [name, rule] of named) {
      const member = ownMember(value, name);
      if (member === undefined) continue;
      walk.enter(name);
      const replacement = rule(member, walk, value);
      walk.leave();
      const taken = Object.keys(replacement).some((other) => other !== name && Object.hasOwn(value, other));
      if (!taken) replacements.set(name, replacement);
    }
    return replacements.size === 0 ? value : withReplacements(value, replacements);
  };
}

/**
 * Puts the named members together into a new one, at the end. Where that is there already, all of them stay as they came.
 * @param needed what the new member must have besides
 */
export function gathered(name: string, rules: Record<string, Replace>, needed: () => JsonObject): Translate {
  const named = Object.entries(rules);
  return (value, walk) => {
    if (!isObject(value) || Object.hasOwn(value, name)) return value;
    const gone = new Map<string, JsonObject>();
    const together = needed();
    for (const [member, rule] of named) {
      const part = ownMember(value, member);
      if (part === undefined) continue;
      walk.enter(member);
      Object.assign(together, rule(part, walk, value));
      walk.leave();
      gone.set(member, {});
    }
    return gone.size === 0 ? value : { ...withReplacements(value, gone), [name]: together };
  };
}

/** Translates every element of an array. */
export function each(rule: Translate): Translate {
  return (value, walk) => {
    if (!Array.isArray(value)) return value;
    let copy: unknown[] | undefined;
    for (const [index, element] of value.entries()) {
      walk.enter(index);
      const translated = rule(element, walk);
      walk.leave();
      if (translated === element) continue;
      copy ??= [...value];
      copy[index] = translated;
    }
    return copy ?? value;
  };
}

export function inTurn(...rules: Translate[]): Translate {
  return (value, walk) => rules.reduce((translated, rule) => rule(translated, walk), value);
}

/** Undefined is absent. */
export function ownMember(value: JsonObject, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function withReplacements(value: JsonObject, replacements: ReadonlyMap<string, JsonObject>): JsonObject {
  const copy: JsonObject = {};
  for (const name of Object.keys(value)) {
    const replacement = replacements.get(name);
    if (replacement !== undefined) Object.assign(copy, replacement);
    else if (name === '__proto__') define(copy, name, value[name]);
    else copy[name] = value[name];
  }
  return copy;
}

/** JSON may have a member of this name; assigned, it would be something else than a member. */
function define(holder: JsonObject, name: string, value: unknown): void {
  Object.defineProperty(holder, name, { value, enumerable: true, writable: true, configurable: true });
}
