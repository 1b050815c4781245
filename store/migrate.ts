// Brings a database up to date: runs the numbered files of `migrations/` that it has not seen, each in a transaction of
// its own, one runner at a time.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { openScriptConnection, type ScriptConnection } from './sql.ts';
import { StoreUnavailable } from './store-error.ts';

export interface MigrationOptions {
  /** A connection of the owner of the tables. */
  url: string;
  clock: Clock;
  /** How long to wait for another runner. */
  waitMs?: number;
  /** Other files than the project's own: for tests. */
  folder?: string;
}

/** The database and the files do not belong together, or another runner is still at it. */
export class MigrationRefused extends Error {
  override name = 'MigrationRefused';
}

interface Migration {
  file: string;
  script: string;
  checksum: string;
}

const ownFolder = join(import.meta.dirname, 'migrations');
const fileName = /^\d{4}-[a-z0-9-]+\.sql$/;

/** Any number will do, as long as every runner takes the same. */
const lock = 7_301_944_205;

/**
 * @returns the names of the files that were run now
 * @throws {MigrationRefused} naming the file that was changed after it had been run, or that is missing
 */
export async function migrate(options: MigrationOptions): Promise<string[]> {
  const migrations = await readMigrations(options.folder ?? ownFolder);
  const connection = openScriptConnection(options.url);
  try {
    await takeLock(connection, options.waitMs ?? 30_000);
    const applied = await readApplied(connection);
    check(migrations, applied);
    const pending = migrations.filter(({ file }) => !applied.has(file));
    for (const migration of pending) await apply(connection, migration, options.clock);
    await connection.run(await readFile(join(import.meta.dirname, 'run-time-role.sql'), 'utf8'));
    return pending.map(({ file }) => file);
  } finally {
    await connection.close();
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => fileName.test(file)).sort();
  return await Promise.all(
    files.map(async (file) => {
      const script = await readFile(join(folder, file), 'utf8');
      return { file, script, checksum: createHash('sha256').update(script).digest('hex') };
    }),
  );
}

/** Held until the connection closes, so a runner that dies cannot keep it. */
async function takeLock(connection: ScriptConnection, waitMs: number): Promise<void> {
  try {
    await connection.run(`SET lock_timeout = ${waitMs}`);
    await connection.run(`SELECT pg_advisory_lock(${lock})`);
    await connection.run(`SET lock_timeout = '3s'`); // a migration that waits for a table lock holds up everybody
  } catch (error) {
    if (!(error instanceof StoreUnavailable) || error.code !== '55P03') throw error;
    throw new MigrationRefused(`Another migration has been running for more than ${waitMs} ms.`);
  }
}

async function readApplied(connection: ScriptConnection): Promise<Map<string, string>> {
  const table = `schema_migration (file text PRIMARY KEY, checksum text NOT NULL, applied timestamptz NOT NULL)`;
  await connection.run(`CREATE TABLE IF NOT EXISTS ${table}`);
  const rows = await connection.run<{ file: string; checksum: string }>(
    'SELECT file, checksum FROM schema_migration',
  );
  return new Map(rows.map(({ file, checksum }) => [file, checksum]));
}

function check(migrations: Migration[], applied: Map<string, string>): void {
  for (const [file, checksum] of applied) {
    const migration = migrations.find((candidate) => candidate.file === file);
    if (migration === undefined) {
      throw new MigrationRefused(`The database has run ${file}, which this version does not have.`);
    }
    if (migration.checksum !== checksum) {
      throw new MigrationRefused(
        `${file} was changed after the database had run it. Add a new file instead.`,
      );
    }
  }
}

/** Script and record are one transaction: should two runners ever meet here, the record's key lets one of them through. */
async function apply(connection: ScriptConnection, migration: Migration, clock: Clock): Promise<void> {
  const record = `INSERT INTO schema_migration VALUES ('${migration.file}', '${migration.checksum}', '${clock.now().toISOString()}')`;
  await connection.run(`${migration.script}\n;${record}`);
}
