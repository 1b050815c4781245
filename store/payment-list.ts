// Lists of payments: of one family or of all.
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { PaymentFamily, PaymentStatus } from '../workflows/contracts/payment.ts';
import { type Page, readPage, when } from './page.ts';
import type { Payment } from './payments.ts';
import type { RegistrationListRequest } from './registration-list.ts';
import type { Db } from './sql.ts';

/** The reference is the consent's; bank and software statement are those of the consent's registration. */
export interface PaymentListRequest extends RegistrationListRequest {
  family?: PaymentFamily | undefined;
  status?: PaymentStatus | undefined;
  consentId?: string | undefined;
  createdFrom?: Date | undefined;
  /** Itself excluded, so that one span ends where the next begins. */
  createdTo?: Date | undefined;
}

export type ListedPayment = Pick<
  Payment,
  | 'id'
  | 'created'
  | 'modifiedBy'
  | 'consentId'
  | 'consentExternalApiId'
  | 'family'
  | 'bankProfile'
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
      SELECT object.id, object.created, object.modified_by, object.consent_id,
        consent.external_api_id AS consent_external_api_id, object.family, registration.bank_profile,
        consent.bank_registration_id, object.status, object.external_api_id, object.bank_status, object.failure, ${place}
      FROM payment object
      JOIN consent ON consent.tenant = object.tenant AND consent.id = object.consent_id
      JOIN bank_registration registration
        ON registration.tenant = consent.tenant AND registration.id = consent.bank_registration_id
      WHERE object.tenant = ${tenant}
        ${when(db, request.family, (family) => db.part`AND object.family = ${family}`)}
        ${when(db, request.status, (status) => db.part`AND object.status = ${status}`)}
        ${when(db, request.consentId, (id) => db.part`AND object.consent_id = ${id}`)}
        ${when(db, request.createdFrom, (from) => db.part`AND object.created >= ${from}`)}
        ${when(db, request.createdTo, (to) => db.part`AND object.created < ${to}`)}
        ${when(db, request.reference, (reference) => db.part`AND consent.reference = ${reference}`)}
        ${when(db, request.bankProfile, (profile) => db.part`AND registration.bank_profile = ${profile}`)}
        ${when(db, request.softwareStatementId, (id) => db.part`AND registration.software_statement_id = ${id}`)}
        ${after}
      ${end}`,
  );
