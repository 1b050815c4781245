// The list of the payments of a family.
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { PaymentFamily } from '../workflows/contracts/payment.ts';
import { type Page, readPage, when } from './page.ts';
import type { Payment } from './payments.ts';
import type { RegistrationListRequest } from './registration-list.ts';
import type { Db } from './sql.ts';

/** The reference is the consent's; bank and software statement are those of the consent's registration. */
export interface PaymentListRequest extends RegistrationListRequest {
  family: PaymentFamily;
}

export type ListedPayment = Pick<
  Payment,
  | 'id'
  | 'created'
  | 'modifiedBy'
  | 'consentId'
  | 'bankRegistrationId'
  | 'status'
  | 'externalApiId'
  | 'bankStatus'
  | 'failure'
>;

/** Of a failure it has type and codes: nothing is decrypted for a list, so the bank's own words are not in it. */
export const listPayments = (
  db: Db,
  tenant: TenantId,
  request: PaymentListRequest,
): Promise<Page<ListedPayment>> =>
  readPage<ListedPayment>(
    db,
    request,
    ({ place, after, end }) => db`
      SELECT object.id, object.created, object.modified_by, object.consent_id, consent.bank_registration_id,
        object.status, object.external_api_id, object.bank_status, object.failure, ${place}
      FROM payment object
      JOIN consent ON consent.tenant = object.tenant AND consent.id = object.consent_id
      JOIN bank_registration registration
        ON registration.tenant = consent.tenant AND registration.id = consent.bank_registration_id
      WHERE object.tenant = ${tenant} AND object.family = ${request.family}
        ${when(db, request.reference, (reference) => db.part`AND consent.reference = ${reference}`)}
        ${when(db, request.bankProfile, (profile) => db.part`AND registration.bank_profile = ${profile}`)}
        ${when(db, request.softwareStatementId, (id) => db.part`AND registration.software_statement_id = ${id}`)}
        ${after}
      ${end}`,
  );
