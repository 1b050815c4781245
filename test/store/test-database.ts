// A database of its own for one test file, migrated, with a store on it that knows one encryption key.
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, inject } from 'vitest';
import type { Clock } from '../../clock.ts';
import { type EncryptionKey, EncryptionKeyUnusable, type Keyring } from '../../security/token-encryption.ts';
import { migrate } from '../../store/migrate.ts';
import { connectDatabase, type Db, openScriptConnection } from '../../store/sql.ts';
import { createStore, type Store } from '../../store/store.ts';

/** A clock that stands still until it is moved. */
export interface MovableClock extends Clock {
  moveMs(milliseconds: number): void;
}

export function movableClock(start = '2026-11-20T12:00:00Z'): MovableClock {
  let nowMs = Date.parse(start);
  return {
    nowMs: () => nowMs,
    now: () => new Date(nowMs),
    moveMs: (milliseconds) => {
      nowMs += milliseconds;
    },
  };
}

export function keyringOf(...keys: EncryptionKey[]): Keyring {
  return {
    async current() {
      const key = keys.at(-1);
      if (key === undefined) throw new EncryptionKeyUnusable('No key.');
      return key;
    },
    async get(_tenant, keyId) {
      const key = keys.find(({ id }) => id === keyId);
      if (key === undefined) throw new EncryptionKeyUnusable('No such key.');
      return key.key;
    },
  };
}

export const newKey = (): EncryptionKey => ({ id: randomUUID(), key: randomBytes(32) });

export interface TestDatabase {
  url: string;
  db: Db;
  clock: MovableClock;
  keyring: Keyring;
  store: Store;
  /** Another pool on the same database, as another process has. */
  connect(poolSize?: number): { db: Db; store: Store };
}

/** Created before the tests of the file, dropped after them. */
export function useTestDatabase(): TestDatabase {
  const clock = movableClock();
  const keyring = keyringOf(newKey());
  const opened: Db[] = [];
  const database = {} as TestDatabase; // filled before any test runs
  let drop = async () => {};

  beforeAll(async () => {
    const created = await createDatabase();
    drop = created.drop;
    await migrate({ url: created.url, clock });
    const connect = (poolSize = 4) => {
      const db = connectDatabase({ url: created.url, poolSize, applicationName: 'test' });
      opened.push(db);
      return { db, store: createStore({ db, clock, keyring }) };
    };
    Object.assign(database, { url: created.url, clock, keyring, connect, ...connect() });
  });

  afterAll(async () => {
    await Promise.all(opened.map((db) => db.close()));
    await drop();
  });
  return database;
}

/** An empty database on the test server. */
export async function createDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = inject('postgresUrl');
  const name = `store_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function onServer(url: string, statement: string): Promise<void> {
  const connection = openScriptConnection(url);
  try {
    await connection.run(statement);
  } finally {
    await connection.close();
  }
}
