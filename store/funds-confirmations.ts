// Answers about funds, for callers who repeat a request under its key (`funds_confirmation`). They are encrypted and kept for
// a day: an answer serves the payment that it was asked for and must not be stored for anything else (PSD2, article 65(3)).
import type { Clock } from '../clock.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import { bankResponseTexts, type StoredBankResponse } from './bank-responses.ts';
import type { Owner, SealedColumn, SealedObjects } from './sealed-objects.ts';
import type { Db } from './sql.ts';

/** What callers are told of the bank's answer. */
export interface FundsAnswer extends StoredBankResponse {
  warnings: string[];
}

interface AnsweredRequest {
  /** The id that the caller's key leads to. */
  id: string;
  consentId: string;
  answer: FundsAnswer;
}

export const answerLifetimeMs = 24 * 60 * 60 * 1000;

/** More than are ever recorded at a time, so that what is old goes sooner than it comes. */
const forgottenAtOnce = 100;

const ownerOf = (id: string): Owner => ({ kind: 'funds-confirmation', id });

export function createFundsConfirmations(db: Db, clock: Clock, sealed: SealedObjects) {
  const oldest = () => new Date(clock.nowMs() - answerLifetimeMs);

  return {
    /** Undefined: none yet, or none any more. */
    async findAnswer(tenant: TenantId, id: string): Promise<FundsAnswer | undefined> {
      const [row] = await db<{ answer: SealedColumn }>`
        SELECT sealed(answer) AS answer
        FROM funds_confirmation request
        JOIN encrypted_object answer ON answer.tenant = request.tenant
          AND owner_kind = 'funds-confirmation' AND owner_id = request.id AND purpose = 'bank-response'
        WHERE request.tenant = ${tenant} AND request.id = ${id} AND answered > ${oldest()}`;
      const text = row && (await sealed.open(tenant, ownerOf(id), 'bank-response', row.answer));
      return text === undefined ? undefined : JSON.parse(text);
    },

    /** The first answer stays until it is too old; others' that are too old are forgotten on the way. */
    async recordAnswer(tenant: TenantId, { id, consentId, answer }: AnsweredRequest): Promise<void> {
      await db`
        WITH changed AS (
          INSERT INTO funds_confirmation (tenant, id, consent_id, answered, kept)
          VALUES (${tenant}, ${id}, ${consentId}, ${clock.now()}, true)
          ON CONFLICT (tenant, id) DO UPDATE SET answered = excluded.answered, kept = true
          WHERE funds_confirmation.answered <= ${oldest()}
          RETURNING id
        ), ${await sealed.put(tenant, ownerOf(id), bankResponseTexts(answer))}, old AS (
          SELECT id FROM funds_confirmation
          WHERE tenant = ${tenant} AND kept AND answered <= ${oldest()} AND id <> ${id}
          ORDER BY answered LIMIT ${forgottenAtOnce} FOR UPDATE SKIP LOCKED
        ), forgotten AS (
          UPDATE funds_confirmation SET kept = false FROM old
          WHERE tenant = ${tenant} AND funds_confirmation.id = old.id
          RETURNING funds_confirmation.id
        ), removed AS (
          DELETE FROM encrypted_object USING forgotten
          WHERE tenant = ${tenant} AND owner_kind = 'funds-confirmation' AND owner_id = forgotten.id
        )
        SELECT id FROM changed`;
    },
  };
}
