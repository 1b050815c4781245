// Software statements: who we are in the directory, and with which certificates (`software_statement`).
import type { Clock } from '../clock.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Entity, Stored } from './entity.ts';
import { softDelete } from './soft-delete.ts';
import type { Db } from './sql.ts';

export interface SoftwareStatementDefaults {
  defaultObWacCertificateId: string;
  defaultObSealCertificateId: string;
  defaultQueryRedirectUrl: string;
  defaultFragmentRedirectUrl: string;
}

export interface SoftwareStatement extends Entity, SoftwareStatementDefaults {
  organisationId: string;
  softwareId: string;
  sandboxEnvironment: boolean;
}

type Row = Stored<SoftwareStatement>;

export function createSoftwareStatements(db: Db, clock: Clock) {
  const columns = () => db.part`
    id, reference, created_by, created, organisation_id, software_id, sandbox_environment,
    default_ob_wac_certificate_id, default_ob_seal_certificate_id,
    default_query_redirect_url, default_fragment_redirect_url`;
  return {
    /** Repeatable: a statement that is there under this id already is returned as it is. */
    async insert(tenant: TenantId, values: SoftwareStatement): Promise<Row> {
      const [row] = await db<Row>`
        INSERT INTO software_statement (tenant, ${columns()}, modified)
        VALUES (${tenant}, ${values.id}, ${values.reference}, ${values.createdBy}, ${clock.now()},
          ${values.organisationId}, ${values.softwareId}, ${values.sandboxEnvironment},
          ${values.defaultObWacCertificateId}, ${values.defaultObSealCertificateId},
          ${values.defaultQueryRedirectUrl}, ${values.defaultFragmentRedirectUrl}, ${clock.now()})
        ON CONFLICT (tenant, id) DO UPDATE SET id = excluded.id
        RETURNING ${columns()}`;
      return row as Row; // an insert that resolves has given its row
    },

    async find(tenant: TenantId, id: string): Promise<Row | undefined> {
      const [row] = await db<Row>`
        SELECT ${columns()} FROM software_statement
        WHERE tenant = ${tenant} AND id = ${id} AND deleted_at IS NULL`;
      return row;
    },

    list: (tenant: TenantId): Promise<Row[]> => db<Row>`
      SELECT ${columns()} FROM software_statement
      WHERE tenant = ${tenant} AND deleted_at IS NULL ORDER BY created, id`,

    /** What is undefined stays as it is. */
    async update(
      tenant: TenantId,
      id: string,
      changes: { [Name in keyof SoftwareStatementDefaults]?: string | undefined },
    ): Promise<Row | undefined> {
      const [row] = await db<Row>`
        UPDATE software_statement SET
          default_ob_wac_certificate_id =
            coalesce(${changes.defaultObWacCertificateId ?? null}, default_ob_wac_certificate_id),
          default_ob_seal_certificate_id =
            coalesce(${changes.defaultObSealCertificateId ?? null}, default_ob_seal_certificate_id),
          default_query_redirect_url =
            coalesce(${changes.defaultQueryRedirectUrl ?? null}, default_query_redirect_url),
          default_fragment_redirect_url =
            coalesce(${changes.defaultFragmentRedirectUrl ?? null}, default_fragment_redirect_url),
          modified = ${clock.now()}
        WHERE tenant = ${tenant} AND id = ${id} AND deleted_at IS NULL
        RETURNING ${columns()}`;
      return row;
    },

    softDelete: (tenant: TenantId, id: string) =>
      softDelete(
        db,
        clock,
        db.part`software_statement`,
        db.part`
          SELECT 1 FROM bank_registration used WHERE used.tenant = target.tenant
            AND used.software_statement_id = target.id AND used.deleted_at IS NULL AND used.status <> 'failed'`,
        tenant,
        id,
      ),
  };
}
