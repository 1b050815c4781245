// The budget of reads that are made while the customer is away (`unattended_reads`): banks allow a few a day of each
// account and resource. A claim is one statement, and is made before the bank is called.
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Db } from './sql.ts';

/** What is read. */
export interface UnattendedRead {
  consentId: string;
  /** The bank's id; empty for a read of all accounts. */
  account: string;
  /** The endpoint's path, as published. */
  resource: string;
}

export type UnattendedClaim =
  | { kind: 'claimed'; id: string; left: number }
  /** `freeAtMs`: when the oldest claim of the window leaves it. */
  | { kind: 'used-up'; freeAtMs: number };

/** The window slides: a bank that counts by its own day never sees more than it allows. */
const windowMs = 24 * 60 * 60 * 1000;

interface Row {
  isClaimed: boolean;
  used: number;
  oldestMs: number;
}

export function createUnattendedReads(db: Db, clock: Clock) {
  return {
    /**
     * The row's lock makes of claims at once a queue, and each sees the ones before it. A row is written even when
     * nothing is left, because only what is written tells of the newest state.
     */
    async claim(
      tenant: TenantId,
      { consentId, account, resource }: UnattendedRead,
      allowance: number,
    ): Promise<UnattendedClaim> {
      const id = randomUUID();
      const nowMs = clock.nowMs();
      const recent = db.part`
        SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(known.claims)
        WHERE value::bigint > ${nowMs - windowMs}`;
      const used = db.part`SELECT count(*) FROM jsonb_each(known.claims) WHERE value::bigint > ${nowMs - windowMs}`;
      const [row] = await db<Row>`
        WITH claimed AS (
          INSERT INTO unattended_reads AS known (tenant, consent_id, account, resource, claims)
          VALUES (${tenant}, ${consentId}, ${account}, ${resource}, jsonb_build_object(${id}::text, ${nowMs}::bigint))
          ON CONFLICT (tenant, consent_id, account, resource) DO UPDATE
          SET claims = (${recent}) || CASE WHEN (${used}) < ${allowance} THEN excluded.claims ELSE '{}' END
          RETURNING claims
        )
        SELECT claims ? ${id} AS is_claimed,
          (SELECT count(*) FROM jsonb_each(claims)) AS used,
          (SELECT coalesce(min(value::bigint), ${nowMs}) FROM jsonb_each(claims)) AS oldest_ms
        FROM claimed`;
      const { isClaimed, used: count, oldestMs } = row as Row; // an upsert that resolves has given its row
      if (!isClaimed) return { kind: 'used-up', freeAtMs: oldestMs + windowMs };
      return { kind: 'claimed', id, left: Math.max(0, allowance - count) };
    },

    /** Only when it is certain that the bank was not reached. */
    async giveBack(
      tenant: TenantId,
      { consentId, account, resource }: UnattendedRead,
      id: string,
    ): Promise<void> {
      await db`
        UPDATE unattended_reads SET claims = claims - ${id}::text
        WHERE tenant = ${tenant} AND consent_id = ${consentId} AND account = ${account} AND resource = ${resource}`;
    },
  };
}
