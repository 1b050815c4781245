// A reference that leads to no value. It says which variable or secret is concerned, where the reference leads and why
// that does not do; it never holds a value, nor another library's error, which might.
import { type Reference, type ReferenceSource, referenceSources } from './reference.ts';

/** Stable: callers and operators may depend on them. */
export type ReferenceProblem =
  /** It begins like a reference, and the rest is no name in that source. */
  | 'reference-malformed'
  /** The source has nothing of that name, or only an empty text. */
  | 'reference-not-found'
  /** The source does not let us read it. */
  | 'reference-denied'
  /** The source cannot be reached, or did not answer in time. */
  | 'reference-source-unavailable'
  /** What is there is no text of a reasonable size. */
  | 'reference-unreadable'
  /** It leads to another reference. */
  | 'reference-chained'
  /** Whoever read the variable cannot follow references. */
  | 'reference-not-followed';

export interface ReferenceUnusableOptions {
  /** Where it leads; of a malformed reference the source alone. */
  reference: Reference | { readonly source: ReferenceSource };
  /** One clause without a full stop. */
  reason: string;
  /** The variable or secret that holds the reference; {@link ReferenceUnusable.heldBy} adds it later. */
  holder?: string;
  /** Whether another attempt may succeed without anybody mending anything. */
  transient?: boolean;
}

export class ReferenceUnusable extends Error {
  override name = 'ReferenceUnusable';
  readonly code: ReferenceProblem;
  readonly reference: ReferenceUnusableOptions['reference'];
  readonly reason: string;
  readonly holder: string | undefined;
  readonly transient: boolean;
  /** The message without the holder. */
  readonly finding: string;

  constructor(code: ReferenceProblem, { reference, reason, holder, transient }: ReferenceUnusableOptions) {
    const finding = `refers to ${shown(reference)}: ${reason}`;
    super(`${holder ?? 'The secret'} ${finding}.`);
    this.code = code;
    this.reference = reference;
    this.reason = reason;
    this.holder = holder;
    this.transient = transient ?? false;
    this.finding = finding;
  }

  heldBy(holder: string): ReferenceUnusable {
    return new ReferenceUnusable(this.code, { ...this, holder });
  }
}

/** What to do is in the reason, because the text itself cannot be shown. */
export function malformed(source: ReferenceSource): ReferenceUnusable {
  const forms = { env: 'env:NAME', file: 'file:/path', 'aws-ssm': 'aws-ssm:/path/name' };
  return new ReferenceUnusable('reference-malformed', {
    reference: { source },
    reason: `expected ${forms[source]}; a value that only looks like a reference is written literal:<value>`,
  });
}

export function chained(reference: Reference): ReferenceUnusable {
  const all = referenceSources.map((source) => `${source}:`).join(', ');
  return new ReferenceUnusable('reference-chained', {
    reference,
    reason: `what is there begins like a reference itself (${all}), and references are followed once`,
  });
}

export const notFollowed = (reference: Reference) =>
  new ReferenceUnusable('reference-not-followed', { reference, reason: 'references are not followed here' });

function shown(reference: ReferenceUnusableOptions['reference']): string {
  return 'name' in reference ? `${reference.source}:${reference.name}` : `${reference.source}:…`;
}
