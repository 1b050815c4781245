// What a reference is: the text `env:NAME`, `file:/path` or `aws-ssm:/path/name` in place of a value, which leads to
// where the value is kept. `literal:` in front of a text says that it is no reference, whatever it looks like.

export const referenceSources = ['env', 'file', 'aws-ssm'] as const;

export type ReferenceSource = (typeof referenceSources)[number];

export interface Reference {
  readonly source: ReferenceSource;
  readonly name: string;
}

/** What a text turns out to be. A malformed reference keeps its source alone: the rest may well be a secret. */
export type Meaning =
  | { kind: 'value'; value: string }
  | { kind: 'reference'; reference: Reference }
  | { kind: 'malformed'; source: ReferenceSource };

const names: Record<ReferenceSource, RegExp> = {
  env: /^[A-Za-z_][A-Za-z0-9_]{0,254}$/,
  file: /^\/[^\p{Cc}]{0,4094}$/u,
  // A version or a label may follow, as in `/path/name:3`.
  'aws-ssm': /^[\w./:-]{1,2048}$/,
};

const literal = 'literal:';

export function meaningOf(text: string): Meaning {
  if (text.startsWith(literal)) return { kind: 'value', value: text.slice(literal.length) };
  const source = referenceSources.find((each) => text.startsWith(`${each}:`));
  if (source === undefined) return { kind: 'value', value: text };
  const reference = referenceTo(source, text.slice(source.length + 1));
  return reference === undefined ? { kind: 'malformed', source } : { kind: 'reference', reference };
}

/** @returns undefined when the source has no such names */
export function referenceTo(source: ReferenceSource, name: string): Reference | undefined {
  return names[source].test(name) ? { source, name } : undefined;
}
