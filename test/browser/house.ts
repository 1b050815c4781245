// The whole house as `npm start` brings it up, its own Temporal UI included.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { readConfig } from '../../config.ts';
import { startEverything } from '../../embedded/everything.ts';
import { type House, houseOf, housePorts } from '../journeys/house.ts';

/** @returns a function, because there is no house before the tests begin */
export function useEmbeddedHouse(): () => House {
  const folder = mkdtempSync(join(tmpdir(), 'house-'));
  let house: House;
  beforeAll(async () => {
    const config = readConfig({ ...(await housePorts()), DATA_DIR: folder });
    house = houseOf(await startEverything(config), folder);
  });
  afterAll(async () => {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return () => house;
}
