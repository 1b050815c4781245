// Payments and what their status was when (`payment`, `payment_status`). The body that is sent is kept byte for byte,
// encrypted, before it is sent for the first time.
import type { Clock } from '../clock.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { PaymentFamily, PaymentResult, PaymentStatus } from '../workflows/contracts/payment.ts';
import { bankResponseTexts, readBankResponse, type StoredBankResponse } from './bank-responses.ts';
import { failureColumn, failureTexts, openFailure, type RecordedFailure } from './failures.ts';
import { attemptEnded, type EndedAttempt } from './payment-attempts.ts';
import type { Owner, SealedColumn, SealedObjects } from './sealed-objects.ts';
import type { Db, Part } from './sql.ts';
import type { StatusEvents } from './status-events.ts';

export interface NewPayment {
  id: string;
  consentId: string;
  family: PaymentFamily;
  /** The exact text that every attempt sends. */
  body: string;
  /** The key that every attempt carries. */
  bankIdempotencyKey: string;
  /** Who has it submitted, in the caller's words. */
  modifiedBy?: string | null | undefined;
  /** Of the customer who asks for it: the bank is told. */
  customerIpAddress?: string | undefined;
}

export interface Payment {
  id: string;
  created: Date;
  modifiedBy: string | null;
  consentId: string;
  /** The consent's id at the bank. */
  consentExternalApiId: string | null;
  family: PaymentFamily;
  bankProfile: string;
  bankRegistrationId: string;
  useV4: boolean;
  status: PaymentStatus;
  bankIdempotencyKey: string;
  /** When the first attempt, and the latest that may have had an effect, were about to be sent; null before that. */
  firstSentAt: Date | null;
  lastSentAt: Date | null;
  /** The bank's id; null until the bank has answered. */
  externalApiId: string | null;
  bankStatus: string | null;
  failure: RecordedFailure | null;
}

export interface PaymentStatusEntry {
  status: PaymentStatus;
  bankStatus: string | null;
  recorded: Date;
}

type Row = Payment & { refusal: SealedColumn };

const ownerOf = (id: string): Owner => ({ kind: 'payment', id });

export function createPayments(db: Db, clock: Clock, sealed: SealedObjects, events: StatusEvents) {
  async function findWhere(condition: Part): Promise<Payment | undefined> {
    const [row] = await db<Row & { tenant: TenantId }>`
      SELECT payment.tenant, payment.id, payment.created, payment.modified_by, payment.consent_id,
        consent.external_api_id AS consent_external_api_id, payment.family, registration.bank_profile,
        consent.bank_registration_id, consent.created_with_v4 AS use_v4, payment.status,
        payment.bank_idempotency_key, payment.first_sent_at, payment.last_sent_at, payment.external_api_id,
        payment.bank_status, payment.failure, sealed(refusal) AS refusal
      FROM payment
      JOIN consent ON consent.tenant = payment.tenant AND consent.id = payment.consent_id
      JOIN bank_registration registration
        ON registration.tenant = consent.tenant AND registration.id = consent.bank_registration_id
      LEFT JOIN encrypted_object refusal ON refusal.tenant = payment.tenant
        AND refusal.owner_kind = 'payment' AND refusal.owner_id = payment.id AND refusal.purpose = 'bank-refusal'
      WHERE ${condition}
      ORDER BY payment.created DESC LIMIT 1`;
    if (row === undefined) return undefined;
    const { refusal, tenant, ...payment } = row;
    return {
      ...payment,
      failure: await openFailure(sealed, tenant, ownerOf(row.id), payment.failure, refusal),
    };
  }

  const findBody = (tenant: TenantId, id: string) => sealed.read(tenant, ownerOf(id), 'request-body');

  /** A common table expression that adds each row of `news (tenant, id, status, bank_status)` to the history. */
  const history = (news: Part) => db.part`
    history AS (
      INSERT INTO payment_status (tenant, payment_id, number, status, bank_status, recorded)
      SELECT tenant, id, 1 + (
        SELECT count(*) FROM payment_status earlier
        WHERE earlier.tenant = news.tenant AND earlier.payment_id = news.id
      ), status, bank_status, ${clock.now()}
      FROM ${news} news
    )`;

  return {
    /** One payment per single-use consent: a second one finds the first, and is told whether its body is the same. */
    async insert(
      tenant: TenantId,
      values: NewPayment,
    ): Promise<{ kind: 'inserted' | 'same' | 'different'; payment: Payment }> {
      const now = clock.now();
      const texts = { 'request-body': values.body, 'customer-ip-address': values.customerIpAddress };
      const [inserted] = await db`
        WITH changed AS (
          INSERT INTO payment (tenant, id, created, modified, consent_id, family, status, bank_idempotency_key,
            modified_by)
          VALUES (${tenant}, ${values.id}, ${now}, ${now}, ${values.consentId}, ${values.family}, 'submitting',
            ${values.bankIdempotencyKey}, ${values.modifiedBy ?? null})
          ON CONFLICT DO NOTHING
          RETURNING tenant, id, status, bank_status
        ), ${history(db.part`changed`)}, ${await sealed.put(tenant, ownerOf(values.id), texts)}
        SELECT id FROM changed`;
      const payment = await findWhere(
        db.part`payment.tenant = ${tenant}
          AND (payment.id = ${values.id} OR payment.consent_id = ${values.consentId})`,
      );
      if (payment === undefined) throw new Error("Another payment has this payment's idempotency key.");
      if (inserted !== undefined) return { kind: 'inserted', payment };
      const same = (await findBody(tenant, payment.id)) === values.body;
      return { kind: same ? 'same' : 'different', payment };
    },

    find: (tenant: TenantId, id: string) =>
      findWhere(db.part`payment.tenant = ${tenant} AND payment.id = ${id}`),

    /** The newest one, for families whose consents pay more than once. */
    findByConsent: (tenant: TenantId, consentId: string) =>
      findWhere(db.part`payment.tenant = ${tenant} AND payment.consent_id = ${consentId}`),

    /** @param registrationId tells apart two banks that use the same id */
    findByExternalApiId: (
      tenant: TenantId,
      family: PaymentFamily,
      externalApiId: string,
      registrationId?: string,
    ) =>
      findWhere(db.part`payment.tenant = ${tenant} AND payment.external_api_id = ${externalApiId}
        AND payment.family = ${family}
        AND consent.bank_registration_id = coalesce(${registrationId ?? null}, consent.bank_registration_id)`),

    /** Newest first. */
    list: (tenant: TenantId, { limit }: { limit: number }) => db<
      Pick<Payment, 'id' | 'created' | 'consentId' | 'family' | 'status' | 'externalApiId' | 'bankStatus'>
    >`
      SELECT id, created, consent_id, family, status, external_api_id, bank_status FROM payment
      WHERE tenant = ${tenant} ORDER BY created DESC, id DESC LIMIT ${limit}`,

    findBody,

    findCustomerIpAddress: (tenant: TenantId, id: string) =>
      sealed.read(tenant, ownerOf(id), 'customer-ip-address'),

    findBankResponse: (tenant: TenantId, id: string) => readBankResponse(sealed, tenant, ownerOf(id)),

    /** What the bank answered when it took the payment: whoever submits it again gets the same answer, for ever. */
    findFirstBankResponse: async (tenant: TenantId, id: string) =>
      (await readBankResponse(sealed, tenant, ownerOf(id), 'first')) ??
      // Payments from before there was a first one.
      (await readBankResponse(sealed, tenant, ownerOf(id))),

    listStatuses: (tenant: TenantId, id: string) => db<PaymentStatusEntry>`
      SELECT status, bank_status, recorded FROM payment_status
      WHERE tenant = ${tenant} AND payment_id = ${id} ORDER BY number`,

    /**
     * To be called before every attempt, with an id for it.
     * @returns when the first attempt and the one before this were made; undefined for an unknown payment
     */
    async recordSending(
      tenant: TenantId,
      id: string,
      attemptId: string,
    ): Promise<{ firstSentAt: Date; previousSentAt: Date | null } | undefined> {
      const now = clock.now();
      const [row] = await db<{ firstSentAt: Date; previousSentAt: Date | null }>`
        WITH before AS (
          SELECT tenant, id, last_sent_at, bank_idempotency_key FROM payment
          WHERE tenant = ${tenant} AND id = ${id} FOR UPDATE
        ), attempt AS (
          INSERT INTO payment_attempt (tenant, payment_id, id, idempotency_key, sent)
          SELECT tenant, id, ${attemptId}, bank_idempotency_key, ${now} FROM before
          ON CONFLICT DO NOTHING
        )
        UPDATE payment SET first_sent_at = coalesce(payment.first_sent_at, ${now}), last_sent_at = ${now}
        FROM before WHERE payment.tenant = before.tenant AND payment.id = before.id
        RETURNING payment.first_sent_at, before.last_sent_at AS previous_sent_at`;
      return row;
    },

    /** The attempt under way turned out to have had no effect: what counts is the one before it. */
    async recordNoEffect(
      tenant: TenantId,
      id: string,
      { previousSentAt, attempt }: { previousSentAt: Date | null; attempt: EndedAttempt },
    ): Promise<void> {
      await db`
        WITH ${attemptEnded(db, clock.now(), { tenant, paymentId: id, attempt })}
        UPDATE payment SET last_sent_at = ${previousSentAt} WHERE tenant = ${tenant} AND id = ${id}`;
    },

    /**
     * The bank has the payment, or says how it stands now. A payment that has ended stays as it is.
     * @returns the status that stands
     */
    async recordStatus(
      tenant: TenantId,
      id: string,
      values: {
        status: PaymentStatus;
        externalApiId?: string | undefined;
        bankStatus: string;
        bankResponse: StoredBankResponse;
        /** Which attempt the bank has answered so. */
        attempt?: EndedAttempt | undefined;
      },
    ): Promise<PaymentStatus | undefined> {
      const texts = {
        ...bankResponseTexts(values.bankResponse),
        ...(values.externalApiId === undefined ? {} : bankResponseTexts(values.bankResponse, 'first')),
      };
      const news = db.part`news`;
      const { status, bankStatus } = values;
      await db`
        WITH before AS (
          SELECT tenant, id, status, bank_status FROM payment
          WHERE tenant = ${tenant} AND id = ${id} AND status IN ('submitting', 'following') FOR UPDATE
        ), changed AS (
          UPDATE payment SET status = ${values.status}, bank_status = ${values.bankStatus},
            external_api_id = coalesce(payment.external_api_id, ${values.externalApiId ?? null}),
            modified = ${clock.now()}
          FROM before WHERE payment.tenant = before.tenant AND payment.id = before.id
          RETURNING payment.tenant, payment.id, payment.status, payment.bank_status,
            (payment.status, payment.bank_status) IS DISTINCT FROM (before.status, before.bank_status) AS is_news
        ), news AS (
          SELECT tenant, id, status, bank_status FROM changed WHERE is_news
        ), ${history(news)}, ${await sealed.put(tenant, ownerOf(id), texts)},
          ${attemptEnded(db, clock.now(), { tenant, paymentId: id, attempt: values.attempt })},
          ${await events.paymentChanged(tenant, news, id, status, bankStatus)}
        SELECT id FROM changed`;
      return await findStatus(tenant, id);
    },

    /** Ends a payment otherwise than by a status of the bank. @returns the status that stands */
    async recordEnded(
      tenant: TenantId,
      id: string,
      values: { status: PaymentResult['status'] | 'failed'; failure?: RecordedFailure | undefined },
    ): Promise<PaymentStatus | undefined> {
      const { status, failure } = values;
      const changed = db.part`changed`;
      await db`
        WITH changed AS (
          UPDATE payment
          SET status = ${status}, failure = ${db.json(failure ? failureColumn(failure) : null)},
            modified = ${clock.now()}
          WHERE tenant = ${tenant} AND id = ${id} AND status IN ('submitting', 'following')
          RETURNING tenant, id, status, bank_status
        ), ${history(changed)}, ${await sealed.put(tenant, ownerOf(id), failure ? failureTexts(failure) : {})},
          ${await events.paymentChanged(tenant, changed, id, status)}
        SELECT id FROM changed`;
      return await findStatus(tenant, id);
    },
  };

  async function findStatus(tenant: TenantId, id: string): Promise<PaymentStatus | undefined> {
    const [row] = await db<{ status: PaymentStatus }>`
      SELECT status FROM payment WHERE tenant = ${tenant} AND id = ${id}`;
    return row?.status;
  }
}
