// What banks sent back with customers' browsers (`redirect`): an inbox that the API fills and the waiting journey
// empties. One return per attempt; its parameters hold codes and ID tokens and are encrypted.
import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import {
  type FailureColumn,
  failureColumn,
  failureTexts,
  openFailure,
  type RecordedFailure,
} from './failures.ts';
import type { Owner, SealedColumn, SealedObjects } from './sealed-objects.ts';
import type { Db } from './sql.ts';

export interface RedirectParameters {
  code?: string | undefined;
  id_token?: string | undefined;
  /** JARM: everything in one signed message. */
  response?: string | undefined;
  state?: string | undefined;
  /** The caller's authorship text; no part of what the bank sent. */
  modified_by?: string | undefined;
}

export type RedirectOutcome = { kind: 'authorised' } | { kind: 'failed'; failure: RecordedFailure };

type OutcomeColumn = { kind: 'authorised' } | { kind: 'failed'; failure: FailureColumn };

const ownerOf = (id: string): Owner => ({ kind: 'redirect', id });

export function createRedirects(db: Db, clock: Clock, sealed: SealedObjects) {
  return {
    /** Stored once: the same parameters again find the first, others are refused. */
    async record(
      tenant: TenantId,
      redirect: { id: string; authContextId: string; parameters: RedirectParameters },
    ): Promise<{ kind: 'recorded' | 'repeated-same'; id: string } | { kind: 'refused' }> {
      const { id, authContextId, parameters } = redirect;
      const hash = hashOf(parameters);
      const texts = { parameters: JSON.stringify(parameters) };
      // The attempt's key decides; the update changes nothing but lets a repetition see the row.
      const [row] = await db<{ id: string; parametersHash: string }>`
        WITH stored AS (
          INSERT INTO redirect (tenant, id, created, auth_context_id, parameters_hash)
          VALUES (${tenant}, ${id}, ${clock.now()}, ${authContextId}, ${hash})
          ON CONFLICT (tenant, auth_context_id) DO UPDATE SET auth_context_id = excluded.auth_context_id
          RETURNING id, parameters_hash
        ), changed AS (
          SELECT id FROM stored WHERE id = ${id} AND parameters_hash = ${hash}
        ), ${await sealed.put(tenant, ownerOf(id), texts)}
        SELECT id, parameters_hash FROM stored`;
      if (row?.parametersHash !== hash) return { kind: 'refused' };
      return { kind: row.id === id ? 'recorded' : 'repeated-same', id: row.id };
    },

    async load(
      tenant: TenantId,
      id: string,
    ): Promise<
      { id: string; authContextId: string; created: Date; parameters: RedirectParameters } | undefined
    > {
      const [row] = await db<{ authContextId: string; created: Date; parameters: SealedColumn }>`
        SELECT auth_context_id, created, sealed(parameters) AS parameters
        FROM redirect
        JOIN encrypted_object parameters ON parameters.tenant = redirect.tenant
          AND owner_kind = 'redirect' AND owner_id = redirect.id AND purpose = 'parameters'
        WHERE redirect.tenant = ${tenant} AND redirect.id = ${id}`;
      const text = row && (await sealed.open(tenant, ownerOf(id), 'parameters', row.parameters));
      if (row === undefined || text === undefined) return undefined;
      return { id, authContextId: row.authContextId, created: row.created, parameters: JSON.parse(text) };
    },

    /** The first outcome stays. */
    async recordOutcome(tenant: TenantId, id: string, outcome: RedirectOutcome): Promise<void> {
      const failed = outcome.kind === 'failed';
      const column: OutcomeColumn = failed
        ? { kind: 'failed', failure: failureColumn(outcome.failure) }
        : { kind: 'authorised' };
      await db`
        WITH changed AS (
          UPDATE redirect SET outcome = ${db.json(column)}
          WHERE tenant = ${tenant} AND id = ${id} AND outcome IS NULL
          RETURNING id
        ), ${await sealed.put(tenant, ownerOf(id), failed ? failureTexts(outcome.failure) : {})}
        SELECT id FROM changed`;
    },

    async findOutcome(tenant: TenantId, id: string): Promise<RedirectOutcome | undefined> {
      const [row] = await db<{ outcome: OutcomeColumn | null; refusal: SealedColumn }>`
        SELECT outcome, sealed(refusal) AS refusal FROM redirect
        LEFT JOIN encrypted_object refusal ON refusal.tenant = redirect.tenant
          AND owner_kind = 'redirect' AND owner_id = redirect.id AND purpose = 'bank-refusal'
        WHERE redirect.tenant = ${tenant} AND redirect.id = ${id}`;
      if (!row?.outcome) return undefined;
      if (row.outcome.kind === 'authorised') return { kind: 'authorised' };
      const failure = await openFailure(sealed, tenant, ownerOf(id), row.outcome.failure, row.refusal);
      return failure === null ? undefined : { kind: 'failed', failure };
    },
  };
}

/** Of what the bank sent: whoever made the request is no part of it. */
function hashOf({ code, id_token, response, state }: RedirectParameters): string {
  const sent = [code ?? null, id_token ?? null, response ?? null, state ?? null];
  return createHash('sha256').update(JSON.stringify(sent)).digest('base64url');
}
