// Follows references, once each: from a reference to the text that is kept there.
import { createParameterStore, type ParameterStoreOptions } from './aws-ssm.ts';
import { type KeptOptions, kept } from './kept.ts';
import { meaningOf, type Reference, type ReferenceSource } from './reference.ts';
import { chained, malformed, notFollowed, ReferenceUnusable } from './reference-unusable.ts';
import { readReferencedFile } from './referenced-file.ts';

export interface ReferenceReaderOptions extends KeptOptions {
  /** Where `env:` looks. */
  environment: Readonly<Record<string, string | undefined>>;
  parameterStore?: ParameterStoreOptions;
}

/** Rejects with {@link ReferenceUnusable}. */
export type ReadReference = (reference: Reference) => Promise<string>;

export function createReferenceReader(options: ReferenceReaderOptions): ReadReference {
  const { environment } = options;
  const sources: Record<ReferenceSource, (name: string) => Promise<string>> = {
    env: async (name) => (Object.hasOwn(environment, name) ? (environment[name] ?? '') : ''),
    file: kept(readReferencedFile, options),
    'aws-ssm': kept(createParameterStore(options.parameterStore), options),
  };
  return async (reference) => {
    const text = await sources[reference.source](reference.name);
    const meaning = meaningOf(text);
    if (meaning.kind !== 'value') throw chained(reference);
    if (meaning.value !== '') return meaning.value;
    const reason = reference.source === 'env' ? 'the variable is not set' : 'what is there is empty';
    throw new ReferenceUnusable('reference-not-found', { reference, reason });
  };
}

/**
 * The value that a text stands for: itself, or what it refers to.
 * @param holder whose text it is, for the error: a variable or a secret
 * @param read without it a reference is refused
 */
export async function readValue(holder: string, text: string, read: ReadReference = refuse): Promise<string> {
  const meaning = meaningOf(text);
  if (meaning.kind === 'value') return meaning.value;
  if (meaning.kind === 'malformed') throw malformed(meaning.source).heldBy(holder);
  return await read(meaning.reference).catch((error: unknown) => {
    throw error instanceof ReferenceUnusable ? error.heldBy(holder) : error;
  });
}

async function refuse(reference: Reference): Promise<never> {
  throw notFollowed(reference);
}
