// The fence before calls that must reach a bank once (`once_only_call`): code exchange, refresh, registration. The call
// is claimed before its bytes leave, and its raw answer is kept before anybody judges it.
import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Owner, SealedColumn, SealedObjects } from './sealed-objects.ts';
import type { Db } from './sql.ts';

/** Which call: equal names are the same call, and only one of them is sent. */
export interface OnceOnlyCall {
  /** The consent, or the group of registrations. */
  subjectId: string;
  name: string;
}

export const codeExchange = (consentId: string, redirectId: string): OnceOnlyCall => ({
  subjectId: consentId,
  name: `code/${redirectId}`,
});

/** @param attempt counts from 1: the same refresh token once more, after the outcome of the one before was found unknown */
export const tokenRefresh = (consentId: string, fromVersion: number, attempt: number): OnceOnlyCall => ({
  subjectId: consentId,
  name: `refresh/${fromVersion}/${attempt}`,
});

/**
 * Whoever registers for the same group makes the same call.
 * @param attempt counts from 1: once more, after a client that was made has been deleted, or was refused
 */
export const clientRegistrationCall = (group: ClientGroup, attempt: number): OnceOnlyCall => ({
  subjectId: uuidOf(
    [group.softwareStatementId, group.bankGroup, group.registrationGroup, group.simulated].join('/'),
  ),
  name: `registration/${attempt}`,
});

/** Registrations that share one client of the bank. */
export interface ClientGroup {
  softwareStatementId: string;
  bankGroup: string;
  registrationGroup: string;
  simulated: boolean;
}

/** The same text, the same id: version 8 of RFC 9562. */
function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * `done`: what the answer brought is recorded elsewhere, the answer itself is forgotten. `failed`: the bank refused, or
 * its answer failed a check. `unknown`: no answer came before the deadline.
 */
export type CallOutcome = 'done' | 'failed' | 'unknown';

export interface ClaimedCall {
  claimedBy: string;
  claimedAt: Date;
  /** Until when the answer may still come. */
  deadlineAt: Date;
  /** The raw answer, as it was handed to `storeAnswer`. */
  answer: string | undefined;
  outcome: CallOutcome | null;
}

const ownerOf = (call: OnceOnlyCall): Owner => ({ kind: 'once-only-call', id: call.subjectId });

export function createOnceOnlyCalls(db: Db, clock: Clock, sealed: SealedObjects) {
  const calls = {
    async find(tenant: TenantId, call: OnceOnlyCall): Promise<ClaimedCall | undefined> {
      const [row] = await db<Omit<ClaimedCall, 'answer'> & { answer: SealedColumn }>`
        SELECT claimed_by, claimed_at, deadline_at, outcome, sealed(answer) AS answer
        FROM once_only_call claim
        LEFT JOIN encrypted_object answer ON answer.tenant = claim.tenant
          AND owner_kind = 'once-only-call' AND owner_id = subject_id AND purpose = call
        WHERE claim.tenant = ${tenant} AND subject_id = ${call.subjectId} AND call = ${call.name}`;
      if (row === undefined) return undefined;
      return { ...row, answer: await sealed.open(tenant, ownerOf(call), call.name, row.answer) };
    },

    /**
     * Only whoever is told `claimed` may send.
     * @param claimedBy unique for every attempt of every process: it is how an attempt whose first answer from the
     * database was lost finds that it has the claim already. Ask before sending only, never after.
     */
    async claim(
      tenant: TenantId,
      call: OnceOnlyCall,
      { claimedBy, deadlineAt }: { claimedBy: string; deadlineAt: Date },
    ): Promise<{ kind: 'claimed' } | ({ kind: 'held' } & ClaimedCall)> {
      const [claimed] = await db`
        INSERT INTO once_only_call (tenant, subject_id, call, claimed_by, claimed_at, deadline_at)
        VALUES (${tenant}, ${call.subjectId}, ${call.name}, ${claimedBy}, ${clock.now()}, ${deadlineAt})
        ON CONFLICT (tenant, subject_id, call) DO NOTHING
        RETURNING call`;
      if (claimed !== undefined) return { kind: 'claimed' };
      const holder = await calls.find(tenant, call);
      if (holder === undefined) throw new Error('A claim that is taken can be found.');
      return holder.claimedBy === claimedBy ? { kind: 'claimed' } : { kind: 'held', ...holder };
    },

    /**
     * Gives a claim back whose call had no effect for certain: nothing was sent, or the bank says that it did not
     * look at it. An answered or settled call stays claimed.
     */
    async release(tenant: TenantId, call: OnceOnlyCall, claimedBy: string): Promise<void> {
      await db`
        DELETE FROM once_only_call
        WHERE tenant = ${tenant} AND subject_id = ${call.subjectId} AND call = ${call.name}
          AND claimed_by = ${claimedBy} AND answered_at IS NULL AND outcome IS NULL`;
    },

    /** The first answer stays; one that comes after the deadline is kept as well. */
    async storeAnswer(tenant: TenantId, call: OnceOnlyCall, answer: string): Promise<void> {
      await db`
        WITH changed AS (
          UPDATE once_only_call SET answered_at = ${clock.now()}
          WHERE tenant = ${tenant} AND subject_id = ${call.subjectId} AND call = ${call.name}
            AND answered_at IS NULL
          RETURNING call
        ), ${await sealed.put(tenant, ownerOf(call), { [call.name]: answer })}
        SELECT call FROM changed`;
    },

    /** The first outcome stays, save that `unknown` gives way to a late answer's. @returns the outcome that stands */
    async settle(
      tenant: TenantId,
      call: OnceOnlyCall,
      outcome: CallOutcome,
    ): Promise<CallOutcome | undefined> {
      const [row] = await db<{ outcome: CallOutcome }>`
        WITH changed AS (
          UPDATE once_only_call
          SET outcome = CASE WHEN outcome IS NULL OR outcome = 'unknown' THEN ${outcome} ELSE outcome END,
            settled_at = coalesce(settled_at, ${clock.now()})
          WHERE tenant = ${tenant} AND subject_id = ${call.subjectId} AND call = ${call.name}
          RETURNING tenant, subject_id, call, outcome
        ), removed AS (
          DELETE FROM encrypted_object answer USING changed
          WHERE outcome = 'done' AND answer.tenant = changed.tenant AND owner_kind = 'once-only-call'
            AND owner_id = subject_id AND purpose = call
        )
        SELECT outcome FROM changed`;
      return row?.outcome;
    },
  };
  return calls;
}
