import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MigrationRefused, migrate } from '../../store/migrate.ts';
import { openScriptConnection } from '../../store/sql.ts';
import { createDatabase, movableClock } from './test-database.ts';

describe('migrations', () => {
  const clock = movableClock();
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let folder: string;
  const run = (options = {}) => migrate({ url: database.url, clock, folder, ...options });
  const write = (file: string, script: string) => writeFile(join(folder, file), script);

  beforeEach(async () => {
    database = await createDatabase();
    folder = await mkdtemp(join(tmpdir(), 'migrations-'));
    await write('0001-first.sql', 'CREATE TABLE first (id int);');
  });
  afterEach(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  async function query(script: string) {
    const connection = openScriptConnection(database.url);
    try {
      return await connection.run(script);
    } finally {
      await connection.close();
    }
  }

  it("are the project's own when no others are given, and nothing is left to do the second time", async () => {
    const applied = await migrate({ url: database.url, clock });
    expect(applied[0]).toBe('0001-encryption.sql');
    expect(await migrate({ url: database.url, clock })).toEqual([]);
  });

  it('run once however many processes start at the same time', async () => {
    const results = await Promise.all(Array.from({ length: 6 }, () => run()));
    expect(results.flat()).toEqual(['0001-first.sql']);
  });

  it('run in the order of their numbers, only those that are new', async () => {
    expect(await run()).toEqual(['0001-first.sql']);
    await write('0003-third.sql', 'ALTER TABLE second ADD more int');
    await write('0002-second.sql', 'CREATE TABLE second (id int) -- a comment at the end');
    expect(await run()).toEqual(['0002-second.sql', '0003-third.sql']);
  });

  it('name a file that was changed after it had run', async () => {
    await run();
    await write('0001-first.sql', 'CREATE TABLE first (id bigint);');
    await expect(run()).rejects.toThrow(/0001-first\.sql was changed/);
  });

  it('refuse a database that is ahead of this version', async () => {
    await write('0002-second.sql', 'CREATE TABLE second (id int)');
    await run();
    await rm(join(folder, '0002-second.sql'));
    await expect(run()).rejects.toThrow(/0002-second\.sql, which this version does not have/);
  });

  it('leave nothing of a file that fails half way', async () => {
    await write('0002-second.sql', 'CREATE TABLE second (id int); CREATE TABLE first (id int);');
    await expect(run()).rejects.toThrow(/"first" already exists/);
    expect(await query(`SELECT to_regclass('second') AS found`)).toMatchObject([{ found: null }]);
    await write('0002-second.sql', 'CREATE TABLE second (id int);');
    expect(await run()).toEqual(['0002-second.sql']);
  });

  it('do not wait for another runner for ever', async () => {
    const holder = openScriptConnection(database.url);
    await holder.run('SELECT pg_advisory_lock(7301944205)');
    try {
      await expect(run({ waitMs: 100 })).rejects.toThrow(MigrationRefused);
    } finally {
      await holder.close();
    }
    expect(await run()).toEqual(['0001-first.sql']);
  });
});
