// Starts one Postgres and one Temporal for a whole test run and tells the tests where they are.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePort } from '../../embedded/free-port.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { startTemporal } from '../../embedded/temporal.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of a Postgres whose user may create databases. */
    postgresUrl: string;
    /** host:port of a Temporal server with the project's search attributes. */
    temporalAddress: string;
    temporalUiUrl: string;
    /** The port on which the Temporal UI expects a codec endpoint. */
    codecPort: number;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'durable-open-banking-test-'));
  const codecPort = await freePort();
  const [postgres, temporal] = await Promise.all([
    startPostgres({ folder: join(folder, 'postgres'), port: await freePort(), withoutFsync: true }),
    startTemporal({
      folder: join(folder, 'temporal'),
      port: await freePort(),
      uiPort: await freePort(),
      withoutFsync: true,
      uiCodecEndpoint: `http://127.0.0.1:${codecPort}/temporal-codec`,
    }),
  ]);
  project.provide('postgresUrl', postgres.url);
  project.provide('temporalAddress', temporal.address);
  project.provide('temporalUiUrl', temporal.uiUrl);
  project.provide('codecPort', codecPort);
  process.env.TEST_DATABASE_URL = postgres.url;
  return async () => {
    await Promise.all([postgres.stop(), temporal.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
}
