// Secrets from configuration, that is, from environment variables. Names are configuration keys with `:` between their
// parts, which an environment variable spells `__`.
import { type ReadSecret, SecretUnavailable } from './secret-source.ts';

/**
 * @param settings the environment's variables, as `Config.settings` has them
 * An empty variable counts as missing. `\n` is read as a new line, so that a PEM text fits into one line.
 */
export function environmentSecrets(settings: Readonly<Record<string, string | undefined>>): ReadSecret {
  return async (name) => {
    const variable = name.replaceAll(':', '__');
    const value = Object.hasOwn(settings, variable) ? settings[variable] : undefined;
    if (value === undefined || value === '') {
      throw new SecretUnavailable('secret-not-found', `The environment variable ${variable} is not set.`);
    }
    return value.replaceAll('\\n', '\n');
  };
}
