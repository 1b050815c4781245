// How translations are put together: small functions over JSON values that share what they leave alone and change nothing
// in place. What they do not know, they keep: members that were published later, and values that are not what they should be.

/** The path says where the value stands in the body, for refusals. */
export type Translate = (value: unknown, path: string) => unknown;

/** The members that stand in for one member; the holder is the untranslated object that it was found in. */
export type Replace = (value: unknown, path: string, holder: JsonObject) => JsonObject;

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function pathOf(holder: string, name: string): string {
  return holder === '' ? name : `${holder}.${name}`;
}

/** Translates the named members of an object, each in its place. */
export function members(rules: Record<string, Translate>): Translate {
  const replacements = Object.entries(rules).map(([name, rule]) => {
    const replace: Replace = (value, path) => ({ [name]: rule(value, path) });
    return [name, replace] as const;
  });
  return replaced(Object.fromEntries(replacements));
}

/**
 * Puts other members in the place of the named ones. Where that would overwrite a member that is there already, the old
 * one stays as it came: who fills both has said something that no rule knows.
 */
export function replaced(rules: Record<string, Replace>): Translate {
  const ruleOf = new Map(Object.entries(rules));
  return (value, path) => {
    if (!isObject(value)) return value;
    const entries = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
      const replacement =
        member === undefined ? undefined : ruleOf.get(name)?.(member, pathOf(path, name), value);
      if (replacement === undefined) return [[name, member]];
      const taken = Object.keys(replacement).some((other) => other !== name && Object.hasOwn(value, other));
      return taken ? [[name, member]] : Object.entries(replacement);
    });
    return Object.fromEntries(entries);
  };
}

/** Translates every element of an array. */
export function each(rule: Translate): Translate {
  return (value, path) =>
    Array.isArray(value) ? value.map((element, index) => rule(element, `${path}[${index}]`)) : value;
}

export function inTurn(...rules: Translate[]): Translate {
  return (value, path) => rules.reduce((translated, rule) => rule(translated, path), value);
}
