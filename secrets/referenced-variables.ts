// All variables of an environment with their references followed, and all that cannot be: nobody wants to mend one, start
// again, and be told of the next.
import { meaningOf } from './reference.ts';
import { type ReadReference, readValue } from './reference-reader.ts';
import { malformed, notFollowed, ReferenceUnusable } from './reference-unusable.ts';

/** Everything by the name of the variable. */
export interface FollowedVariables {
  /** What cannot be read is left out, and what is empty counts as not set. */
  values: Map<string, string>;
  /** The texts that are references, usable or not. */
  references: Map<string, string>;
  unusable: Map<string, ReferenceUnusable>;
}

export async function followVariables(
  variables: Readonly<Record<string, string>>,
  read: ReadReference,
): Promise<FollowedVariables> {
  const followed = readPlainVariables(variables);
  const { values, references, unusable } = followed;
  const follow = async (name: string, text: string) => {
    try {
      values.set(name, await readValue(name, text, read));
      unusable.delete(name);
    } catch (error) {
      if (!(error instanceof ReferenceUnusable)) throw error;
      unusable.set(name, error);
    }
  };
  await Promise.all([...references].map(([name, text]) => follow(name, text)));
  return followed;
}

/** Without following any reference: each is unusable. */
export function readPlainVariables(variables: Readonly<Record<string, string>>): FollowedVariables {
  const values = new Map<string, string>();
  const references = new Map<string, string>();
  const unusable = new Map<string, ReferenceUnusable>();
  for (const [name, text] of Object.entries(variables)) {
    const meaning = meaningOf(text);
    if (meaning.kind === 'value') {
      if (meaning.value !== '') values.set(name, meaning.value);
      continue;
    }
    references.set(name, text);
    const problem = meaning.kind === 'malformed' ? malformed(meaning.source) : notFollowed(meaning.reference);
    unusable.set(name, problem.heldBy(name));
  }
  return { values, references, unusable };
}
