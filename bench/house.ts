// Everything on this machine in a folder of its own, on free ports, for one measurement.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { type Everything, startEverything } from '../embedded/everything.ts';
import { freePort } from '../embedded/free-port.ts';

const listeners = ['API', 'PUBLIC', 'POSTGRES', 'TEMPORAL', 'TEMPORAL_UI'];
const sandboxListeners = ['BROWSER', 'API', 'DIRECTORY', 'CONTROL'].map((name) => `SANDBOX_BANK_${name}`);

export async function withHouse<Result>(
  measure: (everything: Everything) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const everything = await startEverything(readConfig(await houseSettings(folder)));
  try {
    return await measure(everything);
  } finally {
    await everything.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function houseSettings(folder: string): Promise<Record<string, string>> {
  const ports = new Set<number>();
  const names = [...listeners, ...sandboxListeners];
  while (ports.size < names.length) ports.add(await freePort());
  const values = [...ports];
  return {
    DATA_DIR: folder,
    ...Object.fromEntries(names.map((name, index) => [`${name}_PORT`, String(values[index])])),
  };
}
