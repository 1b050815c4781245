// All roles on one machine, each a process of its own, on embedded services where the configuration names no others.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, loadConfig } from '../config.ts';
import { layFoundation } from '../roles/foundation.ts';
import { migrate } from '../store/migrate.ts';
import { defaultTenant } from '../workflows/contracts/ids.ts';
import { ensureDevelopmentKey } from './development-key.ts';
import { startPostgres } from './postgres.ts';
import { type Role, type RoleProcess, startRole } from './role-process.ts';
import { startTemporal } from './temporal.ts';

export interface Everything {
  /** What each role runs with: enough to start another process of a role. */
  environment: Record<string, string>;
  databaseUrl: string;
  temporalAddress: string;
  /** Undefined when Temporal is somebody else's. */
  temporalUiUrl: string | undefined;
  roles: Record<Role, RoleProcess>;
  /** Process ids of the embedded servers; undefined where somebody else's are used. */
  serverPids: { postgres: number | undefined; temporal: number | undefined };
  /** Another process of a role. */
  start(role: Role, changes?: Record<string, string>, readyWithinMs?: number): Promise<RoleProcess>;
  stop(): Promise<void>;
}

/** @param say told about each part as it comes up */
export async function startEverything(
  config: Config,
  say: (text: string) => void = () => {},
): Promise<Everything> {
  const folder = resolve(config.DATA_DIR);
  mkdirSync(folder, { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const stopAll = async () => {
    for (const stop of stops.reverse().splice(0)) await stop();
  };
  try {
    const sandboxEnvironment = {
      ...config.settings,
      DATA_DIR: folder,
      SANDBOX_BANK_DIR: join(folder, 'sandbox-bank'),
    };
    const start = (role: Role, environment: Record<string, string>, readyWithinMs?: number) =>
      startRole(role, {
        ...{ environment, logFile: join(folder, 'logs', `${role}.log`) },
        ...(readyWithinMs === undefined ? {} : { readyWithinMs }),
      });

    const [postgres, temporal, sandboxBank] = await Promise.all([
      databaseFor(config, folder, stops, say),
      temporalFor(config, folder, stops, say),
      start('sandbox-bank', sandboxEnvironment).then((role) => {
        stops.push(role.stop);
        say(`The sandbox bank is up: ${role.addresses.browser}`);
        return role;
      }),
    ]);
    const environment: Record<string, string> = {
      ...sandboxEnvironment,
      ...publicTls(config, sandboxBank),
      DATABASE_URL: postgres.url,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_UI_ORIGINS: config.TEMPORAL_UI_ORIGINS.join(',') || temporal.origins,
      SECRETS_DIR: resolve(folder, 'secrets'),
      BANK_CA_FILE: config.BANK_CA_FILE ?? sandboxBank.addresses.caFile ?? '',
      SANDBOX_BANK_BROWSER_URL: sandboxBank.addresses.browser ?? '',
      SANDBOX_BANK_API_URL: sandboxBank.addresses.api ?? '',
      DIRECTORY_SANDBOX_TOKEN_URL: `${sandboxBank.addresses.directory}/as/token.oauth2`,
      DIRECTORY_SANDBOX_API_URL: sandboxBank.addresses.directory ?? '',
      DIRECTORY_SANDBOX_JWKS_URL: `${sandboxBank.addresses.directory}/directory.jwks`,
    };
    await prepareDatabase(environment, postgres.pid !== undefined);
    const [api, worker] = await Promise.all([start('api', environment), start('worker', environment)]);
    stops.push(worker.stop, api.stop);
    say(`API and worker are up: ${api.addresses.api}`);
    return {
      environment,
      databaseUrl: postgres.url,
      temporalAddress: temporal.address,
      temporalUiUrl: temporal.uiUrl,
      roles: { 'sandbox-bank': sandboxBank, api, worker },
      serverPids: { postgres: postgres.pid, temporal: temporal.pid },
      start: (role, changes = {}, readyWithinMs) =>
        start(role, { ...environment, ...changes }, readyWithinMs),
      stop: stopAll,
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

type Stops = (() => Promise<void>)[];
type Say = (text: string) => void;

async function databaseFor(config: Config, folder: string, stops: Stops, say: Say) {
  if (config.DATABASE_URL !== undefined) return { url: config.DATABASE_URL, pid: undefined };
  const postgres = await startPostgres({ folder: join(folder, 'postgres'), port: config.POSTGRES_PORT });
  stops.push(postgres.stop);
  say('Postgres is up');
  return postgres;
}

async function temporalFor(config: Config, folder: string, stops: Stops, say: Say) {
  if (config.TEMPORAL_ADDRESS !== undefined) {
    return { address: config.TEMPORAL_ADDRESS, uiUrl: undefined, pid: undefined, origins: '' };
  }
  const temporal = await startTemporal({
    folder: join(folder, 'temporal'),
    port: config.TEMPORAL_PORT,
    uiPort: config.TEMPORAL_UI_PORT,
    uiCodecEndpoint: `http://${config.API_HOST}:${config.API_PORT}/temporal-codec`,
  });
  stops.push(temporal.stop);
  say(`Temporal is up: ${temporal.uiUrl}`);
  // The same page by its other name is another origin to a browser.
  const origins = [temporal.uiUrl, temporal.uiUrl.replace('127.0.0.1', 'localhost')].join(',');
  return { ...temporal, origins };
}

/** Embedded, customers come back to a page with the sandbox's own certificate; elsewhere something in front has one. */
function publicTls(config: Config, sandboxBank: RoleProcess): Record<string, string> {
  const { serverCertificateFile, serverKeyFile } = sandboxBank.addresses;
  if (config.PUBLIC_TLS_CERT_FILE !== undefined || !serverCertificateFile || !serverKeyFile) return {};
  return { PUBLIC_TLS_CERT_FILE: serverCertificateFile, PUBLIC_TLS_KEY_FILE: serverKeyFile };
}

async function prepareDatabase(environment: Record<string, string>, embedded: boolean): Promise<void> {
  const config = await loadConfig(environment);
  const { db, store, keyring, clock } = layFoundation(config, 'set-up');
  try {
    await migrate({ url: config.MIGRATION_DATABASE_URL ?? config.DATABASE_URL ?? '', clock });
    if (embedded) await ensureDevelopmentKey({ store, keyring, folder: config.SECRETS_DIR }, defaultTenant);
  } finally {
    await db.close();
  }
}
