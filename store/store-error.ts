// How the store fails. Messages carry codes and names of constraints alone: the values that a statement was given, and
// those that Postgres repeats in its messages, may be secrets or personal data.

/** Postgres cannot be reached, is too busy, or took too long. Trying again may help: every write is repeatable. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
  /** Driver code or SQLSTATE. */
  readonly code: string;
  constructor(code: string) {
    super(`The database could not answer (${code}).`);
    this.code = code;
  }
}

/** Postgres refused a statement. */
export class StatementRefused extends Error {
  override name = 'StatementRefused';
  /** SQLSTATE, https://www.postgresql.org/docs/18/errcodes-appendix.html */
  readonly code: string;
  readonly constraint: string | undefined;
  constructor(code: string, constraint: string | undefined, reason: string | undefined) {
    const details = [code, constraint, reason].filter((detail) => detail !== undefined);
    super(`The database refused a statement (${details.join(', ')}).`);
    this.code = code;
    this.constraint = constraint;
  }
}

/**
 * SQLSTATE classes and codes that say something about the server's state and nothing about the statement: connection,
 * resources, shutdown, cancelled by a time limit, serialisation, dead lock, lock not available, standby.
 */
const passing = /^(08...|53...|57...|40001|40P01|55P03|25006)$/;

/** Codes of the driver and of the operating system's sockets. */
const connection = /^(CONNECTION_\w+|CONNECT_TIMEOUT|E(CONN|PIPE|NOTFOUND|TIMEDOUT|AI_|HOST|NET|ADDR)\w*)$/;

/** Class 42 is about the text of the statement, which holds no values; the words of the other classes may repeat some. */
const namesNoValues = (code: string) => code.startsWith('42');

/** @returns our own error for anything that the driver may throw */
export function toStoreError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  if (passing.test(error.code) || connection.test(error.code)) return new StoreUnavailable(error.code);
  if (error.name !== 'PostgresError') return error;
  const constraint = 'constraint_name' in error ? error.constraint_name : undefined;
  return new StatementRefused(
    error.code,
    typeof constraint === 'string' ? constraint : undefined,
    namesNoValues(error.code) ? error.message : undefined,
  );
}
