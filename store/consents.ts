// Consents of all families (`consent`). Bodies are encrypted: they name accounts and people.
import type { Clock } from '../clock.ts';
import type { ConsentFamily, ConsentStatus } from '../workflows/contracts/consent.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import { bankResponseTexts, readBankResponse, type StoredBankResponse } from './bank-responses.ts';
import type { Entity } from './entity.ts';
import { failureColumn, failureTexts, openFailure, type RecordedFailure } from './failures.ts';
import type { Owner, SealedColumn, SealedObjects } from './sealed-objects.ts';
import type { Db, Part } from './sql.ts';
import type { StatusEvents } from './status-events.ts';

export interface NewConsent extends Entity {
  family: ConsentFamily;
  bankRegistrationId: string;
  externalApiUserId: string | null;
  /** The bank's request body, JSON, as it is to be sent; absent when the consent was made elsewhere. */
  requestBody?: string | undefined;
  /** Names that are asked for; null: not known. */
  permissions?: readonly string[] | null;
  imported?: ImportedConsent | undefined;
  useV4: boolean;
  /** Of the customer who asks for it: the bank is told. */
  customerIpAddress?: string | undefined;
}

/** A consent that was made elsewhere. Its tokens stay where they are. */
export interface ImportedConsent {
  externalApiId: string;
  /** Of its last authorisation, when there was one: some banks repeat the nonce in every later ID token. */
  authorised?: { nonce: string; modifiedBy: string | null; modified?: Date | undefined } | undefined;
}

/** What a bank says of a consent whenever it is asked. */
export interface ConsentAtBank {
  /** The code of version 4; undefined when it is none. */
  status?: string | undefined;
  permissions?: readonly string[] | undefined;
  expiresAt?: Date | undefined;
}

export interface Consent extends Entity {
  created: Date;
  family: ConsentFamily;
  status: ConsentStatus;
  bankRegistrationId: string;
  bankProfile: string;
  /** Null until the bank has recorded it. */
  externalApiId: string | null;
  externalApiUserId: string | null;
  /** When the customer last authorised it; when it was created, before that. */
  authContextModified: Date;
  authContextModifiedBy: string | null;
  createdWithV4: boolean;
  /** Names; null: not known. */
  permissions: readonly string[] | null;
  /** The code of version 4 that the bank said last, and when. */
  bankStatus: string | null;
  bankStatusConfirmed: Date | null;
  /** When the customer last reconfirmed it. */
  reconfirmed: Date | null;
  /** When it was last noted that somebody has to ask them. */
  reconfirmationReminded: Date | null;
  /** When the consent itself ends, if it does. */
  expiresAt: Date | null;
  /** When the bank was last asked under it. */
  lastUsedAt: Date | null;
  failure: RecordedFailure | null;
}

type Row = Consent & { refusal: SealedColumn };

export const ownerOf = (id: string): Owner => ({ kind: 'consent', id });

/** What a bank left out stays as it is known. */
const seenAtBank = (db: Db, now: Date, { status, permissions, expiresAt }: ConsentAtBank): Part => db.part`
  bank_status = coalesce(${status ?? null}, bank_status),
  bank_status_confirmed = CASE WHEN ${status !== undefined} THEN ${now}::timestamptz ELSE bank_status_confirmed END,
  permissions = coalesce(${db.json(permissions ?? null)}::jsonb, permissions),
  expires_at = coalesce(${expiresAt ?? null}::timestamptz, expires_at)`;

/** A grant without tokens, which remembers the nonce for the authorisation that brings some. */
const importedGrant = (db: Db, now: Date, imported: ImportedConsent | undefined): Part => db.part`
  imported_grant AS (
    INSERT INTO grant_token (tenant, consent_id, version, status, end_reason, expires_at, nonce, modified)
    SELECT tenant, id, 1, 'ended', 'made elsewhere', ${now}, ${imported?.authorised?.nonce ?? null}, ${now}
    FROM changed WHERE ${imported?.authorised !== undefined}
  )`;

export function createConsents(db: Db, clock: Clock, sealed: SealedObjects, events: StatusEvents) {
  /** How one stands before a statement that changes it, which nobody else changes meanwhile. */
  const before = (tenant: TenantId, id: string) => db.part`
    before AS (
      SELECT tenant, id, status FROM consent
      WHERE tenant = ${tenant} AND id = ${id} AND deleted_at IS NULL FOR UPDATE
    )`;
  /** Told when it has come to stand so by the statement. */
  const news = (status: ConsentStatus) => db.part`
    news AS (
      SELECT before.tenant FROM before JOIN changed ON changed.tenant = before.tenant AND changed.id = before.id
      WHERE before.status <> ${status} AND changed.status = ${status}
    )`;

  return {
    /** Repeatable: a consent that is there under this id already is left as it is. Status `creating`. */
    async insert(tenant: TenantId, values: NewConsent): Promise<void> {
      const now = clock.now();
      const texts = { 'request-body': values.requestBody, 'customer-ip-address': values.customerIpAddress };
      const { imported, permissions = null } = values;
      const author = imported?.authorised?.modifiedBy ?? values.createdBy;
      await db`
        WITH changed AS (
          INSERT INTO consent (tenant, id, reference, created_by, created, modified, family, status,
            bank_registration_id, external_api_id, external_api_user_id, created_with_v4, permissions,
            auth_context_modified, auth_context_modified_by)
          VALUES (${tenant}, ${values.id}, ${values.reference}, ${values.createdBy}, ${now}, ${now},
            ${values.family}, 'creating', ${values.bankRegistrationId}, ${imported?.externalApiId ?? null},
            ${values.externalApiUserId}, ${values.useV4}, ${db.json(permissions)},
            ${imported?.authorised?.modified ?? now}, ${author})
          ON CONFLICT (tenant, id) DO NOTHING
          RETURNING tenant, id
        ), ${importedGrant(db, now, imported)}, ${await sealed.put(tenant, ownerOf(values.id), texts)}
        SELECT id FROM changed`;
    },

    async find(tenant: TenantId, id: string): Promise<Consent | undefined> {
      const [row] = await db<Row>`
        SELECT consent.id, consent.reference, consent.created_by, consent.created, consent.family, consent.status,
          consent.bank_registration_id, registration.bank_profile, consent.external_api_id,
          consent.external_api_user_id, consent.auth_context_modified, consent.auth_context_modified_by,
          consent.created_with_v4, consent.permissions, consent.bank_status, consent.bank_status_confirmed,
          consent.reconfirmed, consent.reconfirmation_reminded, consent.expires_at, consent_use.last_used_at,
          consent.failure, sealed(refusal) AS refusal
        FROM consent
        JOIN bank_registration registration
          ON registration.tenant = consent.tenant AND registration.id = consent.bank_registration_id
        LEFT JOIN consent_use ON consent_use.tenant = consent.tenant AND consent_use.consent_id = consent.id
        LEFT JOIN encrypted_object refusal ON refusal.tenant = consent.tenant
          AND refusal.owner_kind = 'consent' AND refusal.owner_id = consent.id AND refusal.purpose = 'bank-refusal'
        WHERE consent.tenant = ${tenant} AND consent.id = ${id} AND consent.deleted_at IS NULL`;
      if (row === undefined) return undefined;
      const { refusal, ...consent } = row;
      return {
        ...consent,
        failure: await openFailure(sealed, tenant, ownerOf(id), consent.failure, refusal),
      };
    },

    /** Newest first. */
    list: (tenant: TenantId, { limit }: { limit: number }) => db<
      Pick<
        Consent,
        'id' | 'reference' | 'created' | 'family' | 'status' | 'bankRegistrationId' | 'externalApiId'
      >
    >`
      SELECT id, reference, created, family, status, bank_registration_id, external_api_id FROM consent
      WHERE tenant = ${tenant} AND deleted_at IS NULL ORDER BY created DESC, id DESC LIMIT ${limit}`,

    findRequestBody: (tenant: TenantId, id: string) => sealed.read(tenant, ownerOf(id), 'request-body'),

    findCustomerIpAddress: (tenant: TenantId, id: string) =>
      sealed.read(tenant, ownerOf(id), 'customer-ip-address'),

    findBankResponse: (tenant: TenantId, id: string) => readBankResponse(sealed, tenant, ownerOf(id)),

    /** @returns false when the consent has failed or was deleted, or another consent of the bank was recorded for it */
    async recordCreated(
      tenant: TenantId,
      id: string,
      values: ConsentAtBank & { externalApiId: string; bankResponse: StoredBankResponse },
    ): Promise<boolean> {
      const rows = await db`
        WITH changed AS (
          UPDATE consent
          SET status = CASE
              WHEN status <> 'creating' THEN status
              WHEN family = 'file-payment' THEN 'awaiting-upload'
              ELSE 'awaiting-authorisation' END,
            external_api_id = ${values.externalApiId}, modified = ${clock.now()},
            ${seenAtBank(db, clock.now(), values)}
          WHERE tenant = ${tenant} AND id = ${id} AND deleted_at IS NULL
            AND (status = 'creating' OR external_api_id = ${values.externalApiId})
          RETURNING id
        ), ${await sealed.put(tenant, ownerOf(id), bankResponseTexts(values.bankResponse))}
        SELECT id FROM changed`;
      return rows.length === 1;
    },

    /**
     * What a bank said of a consent that is there: how it stands is no state of ours, so that whoever asked writes it.
     */
    async recordSeenAtBank(tenant: TenantId, id: string, seen: ConsentAtBank): Promise<void> {
      await db`
        UPDATE consent SET ${seenAtBank(db, clock.now(), seen)}
        WHERE tenant = ${tenant} AND id = ${id} AND deleted_at IS NULL`;
    },

    /**
     * An imported consent is there. An access that was authorised elsewhere is as good as authorised, though without
     * tokens; a payment consent is authorised by whoever is to pay. @returns how it stands; undefined when it is gone
     */
    async recordImported(tenant: TenantId, id: string): Promise<ConsentStatus | undefined> {
      const [row] = await db<{ status: ConsentStatus }>`
        WITH ${before(tenant, id)}, changed AS (
          UPDATE consent
          SET modified = ${clock.now()}, status = CASE
            WHEN consent.status <> 'creating' THEN consent.status
            WHEN family = 'account-access' AND EXISTS (
              SELECT 1 FROM grant_token WHERE grant_token.tenant = consent.tenant AND consent_id = consent.id
            ) THEN 'authorised'
            ELSE 'awaiting-authorisation' END
          FROM before
          WHERE consent.tenant = before.tenant AND consent.id = before.id AND external_api_id IS NOT NULL
          RETURNING consent.tenant, consent.id, consent.status
        ), ${news('authorised')}, ${await events.consentChanged(tenant, db.part`news`, id, 'authorised')}
        SELECT status FROM changed`;
      return row?.status;
    },

    async recordFailed(tenant: TenantId, id: string, failure: RecordedFailure): Promise<void> {
      await db`
        WITH changed AS (
          UPDATE consent
          SET status = 'failed', failure = ${db.json(failureColumn(failure))}, modified = ${clock.now()}
          WHERE tenant = ${tenant} AND id = ${id} AND status = 'creating'
          RETURNING tenant, id
        ), ${await sealed.put(tenant, ownerOf(id), failureTexts(failure))},
          ${await events.consentChanged(tenant, db.part`changed`, id, 'failed')}
        SELECT id FROM changed`;
    },

    /**
     * The customer has authorised it, for the first time or again, which is how it stands at the bank as well.
     * @returns false when the consent has ended
     */
    async recordAuthorised(
      tenant: TenantId,
      id: string,
      values: { modifiedBy: string | null; externalApiUserId?: string | undefined },
    ): Promise<boolean> {
      const rows = await db`
        WITH ${before(tenant, id)}, changed AS (
          UPDATE consent
          SET status = 'authorised', bank_status = 'AUTH', bank_status_confirmed = ${clock.now()},
            auth_context_modified = ${clock.now()},
            auth_context_modified_by = ${values.modifiedBy},
            external_api_user_id = coalesce(${values.externalApiUserId ?? null}, external_api_user_id),
            modified = ${clock.now()}
          FROM before
          WHERE consent.tenant = before.tenant AND consent.id = before.id
            AND consent.status IN ('awaiting-authorisation', 'authorised')
          RETURNING consent.tenant, consent.id, consent.status
        ), ${news('authorised')}, ${await events.consentChanged(tenant, db.part`news`, id, 'authorised')}
        SELECT id FROM changed`;
      return rows.length === 1;
    },

    /** @returns whether the status is `to` now; a status that was neither `from` nor `to` is left as it is */
    async recordStatus(
      tenant: TenantId,
      id: string,
      { from, to }: { from: ConsentStatus; to: ConsentStatus },
    ): Promise<boolean> {
      const rows = await db`
        WITH ${before(tenant, id)}, changed AS (
          UPDATE consent SET status = ${to}, modified = ${clock.now()} FROM before
          WHERE consent.tenant = before.tenant AND consent.id = before.id AND consent.status IN (${from}, ${to})
          RETURNING consent.tenant, consent.id, consent.status
        ), ${news(to)}, ${await events.consentChanged(tenant, db.part`news`, id, to)}
        SELECT id FROM changed`;
      return rows.length === 1;
    },
  };
}
