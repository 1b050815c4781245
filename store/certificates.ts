// Transport and signing certificates (`obwac_certificate`, `obseal_certificate`). Their private keys stay where the
// descriptions say.
import type { Clock } from '../clock.ts';
import type { SecretDescription } from '../secrets/secret-source.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Entity, Stored } from './entity.ts';
import { softDelete } from './soft-delete.ts';
import type { Db } from './sql.ts';

export interface ObWacCertificate extends Entity {
  associatedKey: SecretDescription;
  /** PEM. */
  certificate: string;
}

export interface ObSealCertificate extends ObWacCertificate {
  /** `kid` in the directory's key set. */
  associatedKeyId: string;
}

type ObWacRow = Stored<ObWacCertificate>;
type ObSealRow = Stored<ObSealCertificate>;

export function createObWacCertificates(db: Db, clock: Clock) {
  return {
    /** Repeatable: a certificate that is there under this id already is returned as it is. */
    async insert(tenant: TenantId, values: ObWacCertificate): Promise<ObWacRow> {
      const [row] = await db<ObWacRow>`
        INSERT INTO obwac_certificate
          (tenant, id, reference, created_by, created, associated_key, certificate)
        VALUES (${tenant}, ${values.id}, ${values.reference}, ${values.createdBy}, ${clock.now()},
          ${db.json(values.associatedKey)}, ${values.certificate})
        ON CONFLICT (tenant, id) DO UPDATE SET id = excluded.id
        RETURNING id, reference, created_by, created, associated_key, certificate`;
      return row as ObWacRow; // an insert that resolves has given its row
    },

    async find(tenant: TenantId, id: string): Promise<ObWacRow | undefined> {
      const [row] = await db<ObWacRow>`
        SELECT id, reference, created_by, created, associated_key, certificate FROM obwac_certificate
        WHERE tenant = ${tenant} AND id = ${id} AND deleted_at IS NULL`;
      return row;
    },

    softDelete: (tenant: TenantId, id: string) =>
      softDelete(
        db,
        clock,
        db.part`obwac_certificate`,
        db.part`
          SELECT 1 FROM software_statement used WHERE used.tenant = target.tenant
            AND used.default_ob_wac_certificate_id = target.id AND used.deleted_at IS NULL`,
        tenant,
        id,
      ),
  };
}

export function createObSealCertificates(db: Db, clock: Clock) {
  return {
    /** Repeatable: a certificate that is there under this id already is returned as it is. */
    async insert(tenant: TenantId, values: ObSealCertificate): Promise<ObSealRow> {
      const [row] = await db<ObSealRow>`
        INSERT INTO obseal_certificate
          (tenant, id, reference, created_by, created, associated_key_id, associated_key, certificate)
        VALUES (${tenant}, ${values.id}, ${values.reference}, ${values.createdBy}, ${clock.now()},
          ${values.associatedKeyId}, ${db.json(values.associatedKey)}, ${values.certificate})
        ON CONFLICT (tenant, id) DO UPDATE SET id = excluded.id
        RETURNING id, reference, created_by, created, associated_key_id, associated_key, certificate`;
      return row as ObSealRow; // an insert that resolves has given its row
    },

    async find(tenant: TenantId, id: string): Promise<ObSealRow | undefined> {
      const [row] = await db<ObSealRow>`
        SELECT id, reference, created_by, created, associated_key_id, associated_key, certificate
        FROM obseal_certificate
        WHERE tenant = ${tenant} AND id = ${id} AND deleted_at IS NULL`;
      return row;
    },

    softDelete: (tenant: TenantId, id: string) =>
      softDelete(
        db,
        clock,
        db.part`obseal_certificate`,
        db.part`
          SELECT 1 FROM software_statement used WHERE used.tenant = target.tenant
            AND used.default_ob_seal_certificate_id = target.id AND used.deleted_at IS NULL`,
        tenant,
        id,
      ),
  };
}
