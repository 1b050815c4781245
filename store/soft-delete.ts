// Deleting objects that others may depend on: a mark on the row, and none while something that is alive uses it.
import type { Clock } from '../clock.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Db, Part } from './sql.ts';

export type Deletion = 'deleted' | 'not-found' | 'in-use';

/** @param uses a query for whatever uses the row of `target`; it has a row while there is something */
export async function softDelete(
  db: Db,
  clock: Clock,
  table: Part,
  uses: Part,
  tenant: TenantId,
  id: string,
): Promise<Deletion> {
  const [found] = await db<{ inUse: boolean }>`
    WITH target AS (
      SELECT tenant, id, EXISTS (${uses}) AS in_use FROM ${table} target
      WHERE tenant = ${tenant} AND id = ${id} AND deleted_at IS NULL
    ), deleted AS (
      UPDATE ${table} object SET deleted_at = ${clock.now()} FROM target
      WHERE object.tenant = target.tenant AND object.id = target.id AND NOT target.in_use
    )
    SELECT in_use FROM target`;
  if (found === undefined) return 'not-found';
  return found.inUse ? 'in-use' : 'deleted';
}
