// Every attempt to submit a payment and how it ended (`payment_attempt`): the ledger.
import type { Clock } from '../clock.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { PaymentFamily } from '../workflows/contracts/payment.ts';
import type { Db, Part } from './sql.ts';

/**
 * `taken`: the bank has the payment. `refused`: it will not. `not-sent`: nothing reached it. `unclear`: it may have acted; the
 * attempt after it finds out.
 */
export const attemptOutcomes = ['taken', 'refused', 'not-sent', 'unclear'] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

export interface EndedAttempt {
  id: string;
  outcome: AttemptOutcome;
  httpStatus: number | null;
  /** The bank's own: the status that it gave the payment, or its error codes. */
  answerCodes: readonly string[];
  interactionId: string | null;
}

export interface PaymentAttempt {
  /** From 1, in the order of their sending. */
  number: number;
  paymentId: string;
  idempotencyKey: string;
  sent: Date;
  /** Null, as the outcome is: it was cut off, and nobody was left who could say. */
  ended: Date | null;
  outcome: AttemptOutcome | null;
  httpStatus: number | null;
  answerCodes: string[];
  interactionId: string | null;
}

/** Of the export: the payment beside each of its attempts. */
export interface LedgerEntry extends PaymentAttempt {
  id: string;
  consentId: string;
  family: PaymentFamily;
  bankProfile: string;
  /** The bank's id of the payment. */
  externalApiId: string | null;
  status: string;
}

export interface LedgerRequest {
  /** Sent at this time or later, and before that one. */
  from?: Date | undefined;
  to?: Date | undefined;
  /** The last one that the caller has. */
  after?: Pick<LedgerEntry, 'sent' | 'id'> | undefined;
  limit: number;
}

const columns = (db: Db) => db.part`
  attempt.payment_id, attempt.idempotency_key, attempt.sent, attempt.ended, attempt.outcome, attempt.http_status,
  attempt.answer_codes, attempt.interaction_id`;

export function createPaymentAttempts(db: Db, clock: Clock) {
  return {
    list: (tenant: TenantId, paymentId: string) => db<PaymentAttempt>`
      SELECT row_number() OVER (ORDER BY sent, id)::integer AS number, ${columns(db)} FROM payment_attempt attempt
      WHERE tenant = ${tenant} AND payment_id = ${paymentId} ORDER BY number`,

    /** In the order of their sending, over all payments. */
    listLedger: (tenant: TenantId, { from, to, after, limit }: LedgerRequest) => db<LedgerEntry>`
      SELECT attempt.id, ${columns(db)}, payment.consent_id, payment.family, payment.external_api_id, payment.status,
        registration.bank_profile, (
          SELECT 1 + count(*)::integer FROM payment_attempt earlier
          WHERE earlier.tenant = attempt.tenant AND earlier.payment_id = attempt.payment_id
            AND (earlier.sent, earlier.id) < (attempt.sent, attempt.id)
        ) AS number
      FROM payment_attempt attempt
      JOIN payment ON payment.tenant = attempt.tenant AND payment.id = attempt.payment_id
      JOIN consent ON consent.tenant = payment.tenant AND consent.id = payment.consent_id
      JOIN bank_registration registration
        ON registration.tenant = consent.tenant AND registration.id = consent.bank_registration_id
      WHERE attempt.tenant = ${tenant}
        AND attempt.sent >= coalesce(${from ?? null}, '-infinity'::timestamptz)
        AND attempt.sent < coalesce(${to ?? null}, 'infinity'::timestamptz)
        AND (${after === undefined} OR (attempt.sent, attempt.id) > (${after?.sent ?? null}, ${after?.id ?? null}::uuid))
      ORDER BY attempt.sent, attempt.id LIMIT ${limit}`,

    /** Where nothing else is to be recorded. */
    async recordEnded(tenant: TenantId, paymentId: string, attempt: EndedAttempt): Promise<void> {
      await db`WITH ${attemptEnded(db, clock.now(), { tenant, paymentId, attempt })} SELECT`;
    },
  };
}

/** A common table expression, for the statement that records what the attempt has led to. */
export function attemptEnded(
  db: Db,
  now: Date,
  { tenant, paymentId, attempt }: { tenant: TenantId; paymentId: string; attempt: EndedAttempt | undefined },
): Part {
  const { id, outcome, httpStatus, answerCodes, interactionId } = attempt ?? nothing;
  return db.part`
    attempt_ended AS (
      UPDATE payment_attempt SET ended = ${now}, outcome = ${outcome}, http_status = ${httpStatus},
        answer_codes = ${db.json(answerCodes)}, interaction_id = ${interactionId}
      WHERE tenant = ${tenant} AND payment_id = ${paymentId} AND id = ${id} AND outcome IS NULL
    )`;
}

/** No attempt has a null id. */
const nothing = { id: null, outcome: null, httpStatus: null, answerCodes: [], interactionId: null };
