// Customers who said again that they want an access to go on (`consent_reconfirmation`): who told us, and when.
import type { Clock } from '../clock.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Entity, Stored } from './entity.ts';
import type { Db } from './sql.ts';

export interface Reconfirmation extends Entity {
  consentId: string;
}

export function createReconfirmations(db: Db, clock: Clock) {
  return {
    /**
     * Repeatable: one that is there under this id already is returned as it is. The consent's own date is written with
     * it: reads look there. @returns undefined when the consent is not authorised
     */
    async insert(
      tenant: TenantId,
      { id, reference, createdBy, consentId }: Reconfirmation,
    ): Promise<Stored<Reconfirmation> | undefined> {
      const now = clock.now();
      const [row] = await db<Stored<Reconfirmation>>`
        WITH inserted AS (
          INSERT INTO consent_reconfirmation (tenant, id, reference, created_by, created, consent_id)
          SELECT tenant, ${id}::uuid, ${reference}, ${createdBy}, ${now}::timestamptz, id FROM consent
          WHERE tenant = ${tenant} AND id = ${consentId} AND status = 'authorised' AND deleted_at IS NULL
          ON CONFLICT (tenant, id) DO UPDATE SET id = excluded.id
          RETURNING tenant, id, reference, created_by, created, consent_id
        ), noted AS (
          UPDATE consent SET reconfirmed = greatest(reconfirmed, inserted.created), modified = ${now}
          FROM inserted WHERE consent.tenant = inserted.tenant AND consent.id = inserted.consent_id
        )
        SELECT id, reference, created_by, created, consent_id FROM inserted`;
      return row;
    },

    /** Once per confirmation, however often it is noticed. */
    async recordReminder(tenant: TenantId, consentId: string): Promise<void> {
      await db`
        UPDATE consent SET reconfirmation_reminded = ${clock.now()}
        WHERE tenant = ${tenant} AND id = ${consentId} AND deleted_at IS NULL AND status = 'authorised'
          AND (reconfirmation_reminded IS NULL
            OR reconfirmation_reminded < greatest(auth_context_modified, reconfirmed))`;
    },
  };
}
