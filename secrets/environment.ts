// Secrets from configuration, that is, from environment variables. Names are configuration keys with `:` between their
// parts, which an environment variable spells `__`.
import { meaningOf } from './reference.ts';
import { type ReadReference, readValue } from './reference-reader.ts';
import { type ReadSecret, SecretUnavailable, unavailableSecret } from './secret-source.ts';

/**
 * @param settings the environment's variables, as `Config.settings` has them
 * @param readReference follows what a variable refers to; without it such a variable is refused
 * An empty variable counts as missing. `\n` in a variable is read as a new line, so that a PEM text fits into one line.
 */
export function environmentSecrets(
  settings: Readonly<Record<string, string | undefined>>,
  readReference?: ReadReference,
): ReadSecret {
  return async (name) => {
    const variable = name.replaceAll(':', '__');
    const text = Object.hasOwn(settings, variable) ? settings[variable] : undefined;
    if (text === undefined || text === '') {
      // A name that can be none may be a key that was put into the wrong field.
      const which = /^\w{1,80}$/.test(variable)
        ? `The environment variable ${variable}`
        : 'A variable of that name';
      throw new SecretUnavailable('secret-not-found', `${which} is not set.`);
    }
    const meaning = meaningOf(text);
    const value = await readValue(`The environment variable ${variable}`, text, readReference).catch(
      unavailableSecret,
    );
    const inVariable =
      meaning.kind === 'value' || (meaning.kind === 'reference' && meaning.reference.source === 'env');
    return inVariable ? value.replaceAll('\\n', '\n') : value;
  };
}
