// The certificates that software statements name by default, which is what calls and signatures are made with.
import type { CertificateKind } from '../security/certificate-dates.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Db } from './sql.ts';

export interface CertificateInUse {
  kind: CertificateKind;
  id: string;
  /** PEM. */
  certificate: string;
}

/** Each once, however many statements name it. */
export function listCertificatesInUse(db: Db, tenant: TenantId): Promise<CertificateInUse[]> {
  return db<CertificateInUse>`
    SELECT 'obwac' AS kind, id, certificate FROM obwac_certificate
    WHERE tenant = ${tenant} AND id IN (
      SELECT default_ob_wac_certificate_id FROM software_statement
      WHERE tenant = ${tenant} AND deleted_at IS NULL)
    UNION ALL
    SELECT 'obseal' AS kind, id, certificate FROM obseal_certificate
    WHERE tenant = ${tenant} AND id IN (
      SELECT default_ob_seal_certificate_id FROM software_statement
      WHERE tenant = ${tenant} AND deleted_at IS NULL)`;
}
