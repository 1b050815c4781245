// Everything on this machine in a folder of its own, on free ports, for one measurement.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from '../config.ts';
import { type Everything, startEverything } from '../embedded/everything.ts';
import { freePort } from '../embedded/free-port.ts';

const listeners = ['API', 'PUBLIC', 'POSTGRES', 'TEMPORAL', 'TEMPORAL_UI'];
const sandboxListeners = ['BROWSER', 'API', 'DIRECTORY', 'CONTROL'].map((name) => `SANDBOX_BANK_${name}`);

/** For whoever starts and stops things there more than once. */
export async function withSite<Result>(
  measure: (config: Config) => Promise<Result>,
  changes: Record<string, string> = {},
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    return await measure(readConfig({ ...(await siteSettings(folder)), ...changes }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function withEverything<Result>(
  config: Config,
  measure: (everything: Everything) => Promise<Result>,
): Promise<Result> {
  const everything = await startEverything(config);
  try {
    return await measure(everything);
  } finally {
    await everything.stop();
  }
}

/** @param changes of the configuration */
export const withHouse = <Result>(
  measure: (everything: Everything) => Promise<Result>,
  changes?: Record<string, string>,
) => withSite((config) => withEverything(config, measure), changes);

async function siteSettings(folder: string): Promise<Record<string, string>> {
  const ports = new Set<number>();
  const names = [...listeners, ...sandboxListeners];
  while (ports.size < names.length) ports.add(await freePort());
  const values = [...ports];
  return {
    DATA_DIR: folder,
    ...Object.fromEntries(names.map((name, index) => [`${name}_PORT`, String(values[index])])),
  };
}
