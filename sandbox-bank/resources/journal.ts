// Tables kept in memory and, when a file is given, on disc: one appended line per change, so that a restart forgets nothing.
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Table<Row> {
  get(key: string): Row | undefined;
  /** Also after a row was changed in place: what is not set again is not kept. */
  set(key: string, row: Row): void;
  delete(key: string): void;
  values(): IterableIterator<Row>;
}

/** `[table, key, row]`; no row means deleted. */
type Line = [table: string, key: string, row?: unknown];

export class Journal {
  readonly #file: string | undefined;
  readonly #tables = new Map<string, Map<string, unknown>>();

  constructor(file?: string) {
    this.#file = file;
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) this.#replay(line);
    this.#compact(file);
  }

  /** The rows of one name always have one type: each table is opened in one place. */
  table<Row extends object>(name: string): Table<Row> {
    const rows = this.#rows(name) as Map<string, Row>;
    const append = (line: Line) => {
      if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    };
    return {
      get: (key) => rows.get(key),
      set: (key, row) => {
        rows.set(key, row);
        append([name, key, row]);
      },
      delete: (key) => {
        if (rows.delete(key)) append([name, key]);
      },
      values: () => rows.values(),
    };
  }

  #rows(name: string): Map<string, unknown> {
    const known = this.#tables.get(name);
    if (known) return known;
    const rows = new Map<string, unknown>();
    this.#tables.set(name, rows);
    return rows;
  }

  #replay(text: string): void {
    const line = parseLine(text);
    if (!line) return;
    const [table, key, row] = line;
    if (row === undefined) this.#rows(table).delete(key);
    else this.#rows(table).set(key, row);
  }

  /** Written beside and moved over, so that a crash leaves either the old file or the new one. */
  #compact(file: string): void {
    const lines: string[] = [];
    for (const [table, rows] of this.#tables) {
      for (const [key, row] of rows) lines.push(`${JSON.stringify([table, key, row])}\n`);
    }
    writeFileSync(`${file}.new`, lines.join(''), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}

/** Nothing for a line that a crash cut short. */
function parseLine(text: string): Line | undefined {
  try {
    const line: unknown = JSON.parse(text);
    if (Array.isArray(line) && typeof line[0] === 'string' && typeof line[1] === 'string') {
      return [line[0], line[1], line[2]];
    }
  } catch {
    // Cut short: the change was not answered either.
  }
  return undefined;
}
