// The list of bank registrations: those under way and those that failed as well.
import type { TenantId } from '../workflows/contracts/ids.ts';
import { type Page, type PageRequest, readPage, when } from './page.ts';
import type { BankRegistration } from './registrations.ts';
import type { Db } from './sql.ts';

export interface RegistrationListRequest extends PageRequest {
  reference?: string | undefined;
  /** As records have it. */
  bankProfile?: string | undefined;
  softwareStatementId?: string | undefined;
}

/** Of a failure it has type and codes: nothing is decrypted for a list, so the bank's own words are not in it. */
export const listRegistrations = (
  db: Db,
  tenant: TenantId,
  request: RegistrationListRequest,
): Promise<Page<BankRegistration>> =>
  readPage<BankRegistration>(
    db,
    request,
    ({ place, after, end }) => db`
      SELECT object.id, object.reference, object.created_by, object.created, object.status, object.revision,
        object.software_statement_id, object.bank_profile, object.bank_group, object.aisp_use_v4,
        object.pisp_use_v4, object.vrp_use_v4, object.cbpii_use_v4, object.requested, object.client, object.failure, ${place}
      FROM bank_registration object
      WHERE object.tenant = ${tenant} AND object.deleted_at IS NULL
        ${when(db, request.reference, (reference) => db.part`AND object.reference = ${reference}`)}
        ${when(db, request.bankProfile, (profile) => db.part`AND object.bank_profile = ${profile}`)}
        ${when(db, request.softwareStatementId, (id) => db.part`AND object.software_statement_id = ${id}`)} ${after}
      ${end}`,
  );
