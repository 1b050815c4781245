// Lists of the objects that a person sets up: certificates, encryption keys, software statements.
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { ObSealCertificate, ObWacCertificate } from './certificates.ts';
import type { EncryptionKeyDescription } from './encryption-key-descriptions.ts';
import type { Entity, Stored } from './entity.ts';
import { type Page, type PageRequest, readPage, when } from './page.ts';
import type { SoftwareStatement } from './software-statements.ts';
import type { Db, Part } from './sql.ts';

export interface ManagedListRequest extends PageRequest {
  reference?: string | undefined;
}

export function createManagedLists(db: Db) {
  const list =
    <Item extends Entity>(table: Part, columns: Part) =>
    (tenant: TenantId, request: ManagedListRequest): Promise<Page<Stored<Item>>> =>
      readPage<Stored<Item>>(
        db,
        request,
        ({ place, after, end }) => db`
          SELECT object.id, object.reference, object.created_by, object.created, ${columns}, ${place}
          FROM ${table} object
          WHERE object.tenant = ${tenant} AND object.deleted_at IS NULL
            ${when(db, request.reference, (reference) => db.part`AND object.reference = ${reference}`)} ${after}
          ${end}`,
      );
  return {
    obWacCertificates: list<ObWacCertificate>(
      db.part`obwac_certificate`,
      db.part`object.associated_key, object.certificate`,
    ),
    obSealCertificates: list<ObSealCertificate>(
      db.part`obseal_certificate`,
      db.part`object.associated_key_id, object.associated_key, object.certificate`,
    ),
    encryptionKeyDescriptions: list<EncryptionKeyDescription>(
      db.part`encryption_key_description`,
      db.part`object.key`,
    ),
    softwareStatements: list<SoftwareStatement>(
      db.part`software_statement`,
      db.part`
        object.organisation_id, object.software_id, object.sandbox_environment,
        object.default_ob_wac_certificate_id, object.default_ob_seal_certificate_id,
        object.default_query_redirect_url, object.default_fragment_redirect_url`,
    ),
  };
}
