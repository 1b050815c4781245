// Descriptions of encryption keys, and which of them is the current one (`encryption_key_description`, `settings`).
import type { Clock } from '../clock.ts';
import type { SecretDescription } from '../secrets/secret-source.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Entity, Stored } from './entity.ts';
import { softDelete } from './soft-delete.ts';
import type { Db } from './sql.ts';

export interface EncryptionKeyDescription extends Entity {
  key: SecretDescription;
}

type Row = Stored<EncryptionKeyDescription>;

export function createEncryptionKeyDescriptions(db: Db, clock: Clock) {
  return {
    /** Repeatable: a description that is there under this id already is returned as it is. */
    async insert(
      tenant: TenantId,
      { id, reference, createdBy, key }: EncryptionKeyDescription,
    ): Promise<Row> {
      const [row] = await db<Row>`
        INSERT INTO encryption_key_description (tenant, id, reference, created_by, created, key)
        VALUES (${tenant}, ${id}, ${reference}, ${createdBy}, ${clock.now()}, ${db.json(key)})
        ON CONFLICT (tenant, id) DO UPDATE SET id = excluded.id
        RETURNING id, reference, created_by, created, key`;
      return row as Row; // an insert that resolves has given its row
    },

    async find(tenant: TenantId, id: string): Promise<Row | undefined> {
      const [row] = await db<Row>`
        SELECT id, reference, created_by, created, key FROM encryption_key_description
        WHERE tenant = ${tenant} AND id = ${id} AND deleted_at IS NULL`;
      return row;
    },

    /** Makes it the key for everything written from now on. */
    async setCurrent(tenant: TenantId, id: string): Promise<void> {
      await db`
        INSERT INTO settings (tenant, current_encryption_key_description_id, modified)
        VALUES (${tenant}, ${id}, ${clock.now()})
        ON CONFLICT (tenant) DO UPDATE
        SET current_encryption_key_description_id = excluded.current_encryption_key_description_id,
          modified = excluded.modified`;
    },

    /** A key is in use while it is the current one or while anything is encrypted with it. */
    softDelete: (tenant: TenantId, id: string) =>
      softDelete(
        db,
        clock,
        db.part`encryption_key_description`,
        db.part`
          SELECT 1 FROM settings
          WHERE settings.tenant = target.tenant AND current_encryption_key_description_id = target.id
          UNION ALL
          SELECT 1 FROM encrypted_object WHERE encrypted_object.tenant = target.tenant AND key_id = target.id`,
        tenant,
        id,
      ),
  };
}
