// The list of the consents of a family: those under way and those that failed as well.
import type { ConsentFamily } from '../workflows/contracts/consent.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Consent } from './consents.ts';
import { type Page, readPage, when } from './page.ts';
import type { RegistrationListRequest } from './registration-list.ts';
import type { Db } from './sql.ts';

/** Bank and software statement are those of the consent's registration. */
export interface ConsentListRequest extends RegistrationListRequest {
  family: ConsentFamily;
  /** Authorised ones that their customers last confirmed before this. */
  confirmedBefore?: Date | undefined;
}

/** Of a failure it has type and codes: nothing is decrypted for a list, so the bank's own words are not in it. */
export const listConsents = (db: Db, tenant: TenantId, request: ConsentListRequest): Promise<Page<Consent>> =>
  readPage<Consent>(
    db,
    request,
    ({ place, after, end }) => db`
      SELECT object.id, object.reference, object.created_by, object.created, object.family, object.status,
        object.bank_registration_id, registration.bank_profile, object.external_api_id,
        object.external_api_user_id, object.auth_context_modified, object.auth_context_modified_by,
        object.created_with_v4, object.permissions, object.bank_status, object.bank_status_confirmed,
        object.reconfirmed, object.reconfirmation_reminded, object.expires_at, consent_use.last_used_at,
        object.failure, ${place}
      FROM consent object
      JOIN bank_registration registration
        ON registration.tenant = object.tenant AND registration.id = object.bank_registration_id
      LEFT JOIN consent_use ON consent_use.tenant = object.tenant AND consent_use.consent_id = object.id
      WHERE object.tenant = ${tenant} AND object.family = ${request.family} AND object.deleted_at IS NULL
        ${when(db, request.reference, (reference) => db.part`AND object.reference = ${reference}`)}
        ${when(db, request.bankProfile, (profile) => db.part`AND registration.bank_profile = ${profile}`)}
        ${when(db, request.softwareStatementId, (id) => db.part`AND registration.software_statement_id = ${id}`)}
        ${when(
          db,
          request.confirmedBefore,
          (before) => db.part`
            AND object.status = 'authorised'
            AND greatest(object.auth_context_modified, object.reconfirmed) < ${before}`,
        )}
        ${after}
      ${end}`,
  );
