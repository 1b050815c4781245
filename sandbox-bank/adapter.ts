// Where oidc-provider keeps clients, grants, sessions and tokens: in memory with expiry, and in the bank's journal.
import type { Adapter } from 'oidc-provider';
import type { Clock } from '../clock.ts';
import type { Journal, Table } from './resources/journal.ts';

interface Row {
  payload: object;
  /** Absent for what does not expire, such as clients. */
  expiresAtMs?: number;
  consumedAtSeconds?: number;
}

/** So many writes go by between two searches for expired rows. */
const writesBetweenSweeps = 1_000;

/** @param isSpent whether what was used once counts as used, asked each time */
export function createAdapters(
  journal: Journal,
  clock: Clock,
  isSpent: (model: string) => boolean = () => true,
): (model: string) => Adapter {
  return (model) =>
    new JournalAdapter(journal.table<Row & { id: string }>(`oidc/${model}`), clock, () => isSpent(model));
}

class JournalAdapter implements Adapter {
  readonly #rows: Table<Row & { id: string }>;
  readonly #clock: Clock;
  readonly #byGrant = new Map<string, Set<string>>();
  readonly #byUid = new Map<string, string>();
  readonly #isSpent: () => boolean;
  #writes = 0;

  constructor(rows: Table<Row & { id: string }>, clock: Clock, isSpent: () => boolean) {
    this.#rows = rows;
    this.#clock = clock;
    this.#isSpent = isSpent;
    this.#sweep();
    for (const row of rows.values()) this.#index(row);
  }

  async upsert(id: string, payload: object, expiresInSeconds?: number): Promise<void> {
    const expiry =
      expiresInSeconds === undefined ? {} : { expiresAtMs: this.#clock.nowMs() + expiresInSeconds * 1000 };
    const row = { id, payload, ...expiry };
    this.#rows.set(id, row);
    this.#index(row);
    this.#writes += 1;
    if (this.#writes % writesBetweenSweeps === 0) this.#sweep();
  }

  async find(id: string): Promise<object | undefined> {
    const row = this.#rows.get(id);
    if (!row || this.#hasExpired(row)) return undefined;
    return row.consumedAtSeconds === undefined
      ? row.payload
      : { ...row.payload, consumed: row.consumedAtSeconds };
  }

  async findByUid(uid: string): Promise<object | undefined> {
    return this.find(this.#byUid.get(uid) ?? '');
  }

  async findByUserCode(): Promise<undefined> {
    // Device flow is not offered.
  }

  async consume(id: string): Promise<void> {
    const row = this.#isSpent() ? this.#rows.get(id) : undefined;
    if (row) this.#rows.set(id, { ...row, consumedAtSeconds: Math.floor(this.#clock.nowMs() / 1000) });
  }

  async destroy(id: string): Promise<void> {
    this.#remove(id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const id of this.#byGrant.get(grantId) ?? []) this.#remove(id);
  }

  #index({ id, payload }: Row & { id: string }): void {
    const { grantId, uid } = keysOf(payload);
    if (uid !== undefined) this.#byUid.set(uid, id);
    if (grantId === undefined) return;
    const ids = this.#byGrant.get(grantId) ?? new Set();
    this.#byGrant.set(grantId, ids.add(id));
  }

  #remove(id: string): void {
    const row = this.#rows.get(id);
    if (!row) return;
    const { grantId, uid } = keysOf(row.payload);
    if (uid !== undefined) this.#byUid.delete(uid);
    if (grantId !== undefined) {
      const ids = this.#byGrant.get(grantId);
      ids?.delete(id);
      if (ids?.size === 0) this.#byGrant.delete(grantId);
    }
    this.#rows.delete(id);
  }

  #hasExpired(row: Row): boolean {
    return row.expiresAtMs !== undefined && row.expiresAtMs <= this.#clock.nowMs();
  }

  #sweep(): void {
    for (const row of [...this.#rows.values()]) if (this.#hasExpired(row)) this.#remove(row.id);
  }
}

function keysOf(payload: object): { grantId?: string; uid?: string } {
  const { grantId, uid }: { grantId?: unknown; uid?: unknown } = payload;
  return {
    ...(typeof grantId === 'string' ? { grantId } : {}),
    ...(typeof uid === 'string' ? { uid } : {}),
  };
}
