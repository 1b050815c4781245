// Requests that callers may make twice (`idempotency_claim`): the key leads to the resource that the first of them made,
// for ever.
import type { Clock } from '../clock.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Db } from './sql.ts';

export interface IdempotencyClaim {
  /** The caller's key. */
  key: string;
  operation: string;
  bodyHash: string;
  /** The id that the resource gets if this is the first such request. */
  resourceId: string;
}

export function createIdempotencyClaims(db: Db, clock: Clock) {
  return {
    /** `conflict`: the key was used for another request. */
    async claim(
      tenant: TenantId,
      { key, operation, bodyHash, resourceId }: IdempotencyClaim,
    ): Promise<{ kind: 'new' | 'same'; resourceId: string } | { kind: 'conflict' }> {
      const [inserted] = await db`
        INSERT INTO idempotency_claim (tenant, key, operation, body_hash, resource_id, created)
        VALUES (${tenant}, ${key}, ${operation}, ${bodyHash}, ${resourceId}, ${clock.now()})
        ON CONFLICT (tenant, key) DO NOTHING
        RETURNING key`;
      if (inserted !== undefined) return { kind: 'new', resourceId };
      const [first] = await db<{ operation: string; bodyHash: string; resourceId: string }>`
        SELECT operation, body_hash, resource_id FROM idempotency_claim WHERE tenant = ${tenant} AND key = ${key}`;
      if (first?.operation !== operation || first.bodyHash !== bodyHash) return { kind: 'conflict' };
      return { kind: 'same', resourceId: first.resourceId };
    },
  };
}
