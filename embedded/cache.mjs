// Where set-up keeps what it fetched or built, outside the work tree so that every clone shares it. Plain JavaScript
// without dependencies: the launcher runs it on whatever Node the machine has.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

export const temporalCliVersion = '1.8.2';
export const temporalTestServerVersion = '1.38.0';

/** The cache folder: `DURABLE_OPEN_BANKING_CACHE`, or the user's cache folder. */
export function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return process.env.DURABLE_OPEN_BANKING_CACHE || join(base, 'durable-open-banking');
}

export const nodeFolder = (version) => join(cacheFolder(), `node-${version}`);
export const temporalCliPath = () => join(cacheFolder(), `temporal-cli-${temporalCliVersion}`, 'temporal');
export const temporalTestServerFolder = () =>
  join(cacheFolder(), `temporal-test-server-${temporalTestServerVersion}`);

/** The first executable of that name on PATH, or undefined. */
export function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
