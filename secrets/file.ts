// Secrets from files below one folder, as orchestrators mount them.
import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { type ReadReference, readValue } from './reference-reader.ts';
import { type ReadSecret, SecretUnavailable, unavailableSecret } from './secret-source.ts';

/**
 * @param folder names are paths below it. Whatever leads out of it is refused, links included: a name comes from a
 * request and must not open any other file of the machine.
 * @param readReference follows what a file's text refers to; without it such a text is refused
 * White space at the end of the text is not part of the secret.
 */
export function fileSecrets(folder: string, readReference?: ReadReference): ReadSecret {
  return async (name) => {
    const path = isAbsolute(name) ? undefined : await existing(join(folder, name));
    const root = await existing(folder);
    if (path === undefined || root === undefined || !isBelow(root, path)) throw notFound();
    const text = await readFile(path, 'utf8').catch(() => '');
    if (text.trimEnd() === '') throw notFound();
    return await readValue(`The secret file ${name}`, text.trimEnd(), readReference).catch(unavailableSecret);
  };
}

const existing = (path: string) => realpath(path).catch(() => undefined);

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The same words for a missing file and for a forbidden one: the answer must not tell which files exist. */
const notFound = () =>
  new SecretUnavailable('secret-not-found', 'There is no such file in the folder of secrets.');
