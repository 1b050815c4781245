// The way to Postgres, and the only file that knows the driver. Interactive transactions are not offered: under killed
// connections the driver loses them, so every write is one statement that may be repeated.
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import postgres from 'postgres';
import { StoreUnavailable, toStoreError } from './store-error.ts';

/** A piece of SQL with its parameters, to be put into a statement. (The driver's own would run when awaited.) */
export class Part {
  readonly fragment: postgres.Fragment;
  constructor(fragment: postgres.Fragment) {
    this.fragment = fragment;
  }
}

export type Value = Part | postgres.SerializableParameter;

/** Runs the statement of a template and resolves to its rows, column names in camelCase. */
export interface Db {
  <Row extends object>(statement: TemplateStringsArray, ...values: Value[]): Promise<Row[]>;
  part(sql: TemplateStringsArray, ...values: Value[]): Part;
  /** A `jsonb` value. Members that are undefined are left out. */
  json(value: unknown): Value;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  /** Connections at most. */
  poolSize: number;
  /** Who is connected, for operators: shown in `pg_stat_activity`. */
  applicationName: string;
  /** How long one query may take, the wait for a connection included. */
  deadlineMs?: number;
}

const defaultDeadlineMs = 10_000;

export function connectDatabase(options: DatabaseOptions): Db {
  const deadlineMs = options.deadlineMs ?? defaultDeadlineMs;
  const sql = postgres(options.url, {
    ...driverOptions,
    max: options.poolSize,
    connection: {
      application_name: options.applicationName,
      statement_timeout: deadlineMs,
      lock_timeout: Math.ceil(deadlineMs / 2),
      idle_in_transaction_session_timeout: deadlineMs,
    },
  });
  const run = <Row extends object>(statement: TemplateStringsArray, ...values: Value[]): Promise<Row[]> =>
    withinDeadline(sql<Row[]>(statement, ...values.map(unwrap)), deadlineMs);
  return Object.assign(run, {
    part: (text: TemplateStringsArray, ...values: Value[]) => new Part(sql(text, ...values.map(unwrap))),
    json: (value: unknown): Value => (value === null ? null : sql.json(JSON.parse(JSON.stringify(value)))),
    close: () => sql.end({ timeout: 5 }),
  });
}

const unwrap = (value: Value) => (value instanceof Part ? value.fragment : value);

const driverOptions = {
  // The driver's own growing back-off keeps callers waiting for many seconds after a restart of Postgres.
  backoff: () => 0.05,
  connect_timeout: 5,
  idle_timeout: 60,
  max_lifetime: 30 * 60,
  // Saves a query on each new connection; no array types are used.
  fetch_types: false,
  transform: { column: { from: postgres.toCamel } },
  types: { int8: { to: 20, from: [20], parse: parseInt8, serialize: String } },
  onnotice: () => {},
} satisfies postgres.Options<Record<string, postgres.PostgresType>>;

/** @throws when the number is beyond what a JavaScript number tells apart */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('A bigint of the database is too large.');
  return value;
}

/**
 * The driver's own cancelling is not used: it opens a connection whose failure nobody can catch. What was given up here
 * is ended by `statement_timeout` on the server.
 */
async function withinDeadline<Rows>(query: Promise<Rows>, deadlineMs: number): Promise<Rows> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreUnavailable('DEADLINE')), deadlineMs);
  });
  try {
    return await Promise.race([query, deadline]);
  } catch (error) {
    throw toStoreError(error);
  } finally {
    clearTimeout(timer);
  }
}

/** One connection that is told of notifications. It is not mended when it breaks. */
export interface ListeningConnection {
  notify(channel: string, payload: string): Promise<void>;
  /** At once, even when the other side has fallen silent. */
  close(): void;
}

export interface ListeningOptions {
  url: string;
  applicationName: string;
  channels: readonly string[];
  /** Rows changed under one channel are told in the order in which their transactions were committed. */
  onNotification(channel: string, payload: string): void;
  /** It has broken, or was closed. */
  onLost(): void;
  /** Of connecting and of each notification. */
  deadlineMs: number;
}

/** Resolves when it listens: what is committed from then on is told. */
export async function listenTo(options: ListeningOptions): Promise<ListeningConnection> {
  const { url, applicationName, channels, deadlineMs } = options;
  let socket: Socket | undefined;
  let isClosed = false;
  // The driver's own way of listening mends itself unseen; what was missed meanwhile would go unnoticed.
  const settings = {
    ...driverOptions,
    max: 1,
    idle_timeout: 0,
    max_lifetime: 0,
    connection: { application_name: applicationName },
    onnotify: options.onNotification,
    onclose: options.onLost,
    // The driver ends connections politely, which one to a frozen server never answers.
    socket: async ({ path, host, port }: { path: string | false; host: string[]; port: number[] }) => {
      if (isClosed) throw new StoreUnavailable('CLOSED');
      const address = path ? { path } : { host: host[0], port: port[0] ?? 5432 };
      socket = Object.assign(createConnection(address), address);
      await once(socket, 'connect');
      return socket;
    },
  };
  const sql = postgres(url, settings);
  const close = () => {
    isClosed = true;
    void sql.end({ timeout: 0 }).catch(() => {});
    socket?.destroy();
  };
  try {
    const names = channels.map((channel) => `LISTEN "${channel}"`).join('; ');
    await withinDeadline(sql.unsafe(names).simple(), deadlineMs);
  } catch (error) {
    close();
    throw error;
  }
  return {
    notify: async (channel, payload) => {
      await withinDeadline(sql`SELECT pg_notify(${channel}, ${payload})`, deadlineMs);
    },
    close,
  };
}

/** One connection that runs whole files of statements: for migrations. */
export interface ScriptConnection {
  /** Statements without parameters, all of them in one transaction. */
  run<Row extends object>(script: string): Promise<Row[]>;
  close(): Promise<void>;
}

export function openScriptConnection(url: string): ScriptConnection {
  const sql = postgres(url, {
    ...driverOptions,
    max: 1,
    connection: { application_name: 'durable-open-banking migrate' },
  });
  return {
    run: async <Row extends object>(script: string) => {
      try {
        return await sql.unsafe<Row[]>(script).simple();
      } catch (error) {
        // Postgres' own words help whoever wrote the script, and a script holds no values.
        const known = toStoreError(error);
        throw known instanceof StoreUnavailable ? known : error;
      }
    },
    close: () => sql.end({ timeout: 5 }),
  };
}
