// The registry of secret sources: reads the secret that a description names from the source it names.
import {
  type ReadSecret,
  type SecretDescription,
  type SecretSource,
  SecretUnavailable,
} from './secret-source.ts';

export type SecretReader = (description: SecretDescription) => Promise<string>;

/** @param sources the sources that this installation has; a description that names another one is refused */
export function createSecretReader(sources: Partial<Record<SecretSource, ReadSecret>>): SecretReader {
  return async ({ source, name }) => {
    const read = sources[source];
    if (read === undefined) {
      throw new SecretUnavailable(
        'secret-source-unavailable',
        `The secret source ${source} is not supported here; supported are ${Object.keys(sources).join(', ')}.`,
      );
    }
    return await read(name);
  };
}
