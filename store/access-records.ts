// What was read under consents and when each was last used (`access_record`, `consent_use`). No personal data, and
// nothing of what was read.
import type { TenantId } from '../workflows/contracts/ids.ts';
import { type Page, type PageRequest, readPage } from './page.ts';
import type { Db } from './sql.ts';

export interface AccessRecord {
  id: string;
  created: Date;
  /** As published: `GET /accounts/{AccountId}`. */
  operation: string;
  /** The status that the caller was answered with. */
  status: number;
  /** `answered`, or the code of the problem. */
  outcome: string;
  /** Whether the customer was there. */
  attended: boolean;
  interactionId: string | null;
}

export interface NewAccessRecord extends AccessRecord {
  consentId: string;
  /** Whether the bank was, or may have been, asked: then the consent was used. */
  used: boolean;
}

export function createAccessRecords(db: Db) {
  return {
    /** Repeatable. One statement for all of them. */
    async insert(tenant: TenantId, records: readonly NewAccessRecord[]): Promise<void> {
      // In one order everywhere, so that two processes never wait for each other.
      await db`
        WITH given AS MATERIALIZED (
          SELECT * FROM jsonb_to_recordset(${JSON.stringify(records)}::text::jsonb) AS record (
            "consentId" uuid, created timestamptz, id uuid, operation text, status integer, outcome text,
            attended boolean, "interactionId" text, used boolean)
        ), recorded AS (
          INSERT INTO access_record
            (tenant, consent_id, created, id, operation, status, outcome, attended, interaction_id)
          SELECT ${tenant}, "consentId", created, id, operation, status, outcome, attended, "interactionId" FROM given
          ON CONFLICT DO NOTHING
        )
        INSERT INTO consent_use (tenant, consent_id, last_used_at)
        SELECT ${tenant}, "consentId", max(created) FROM given WHERE used GROUP BY "consentId" ORDER BY "consentId"
        ON CONFLICT (tenant, consent_id) DO UPDATE
        SET last_used_at = greatest(consent_use.last_used_at, excluded.last_used_at)`;
    },

    /** Oldest first. */
    listPage: (
      tenant: TenantId,
      { consentId, ...request }: AccessRecordListRequest,
    ): Promise<Page<AccessRecord>> =>
      readPage<AccessRecord>(
        db,
        request,
        ({ place, after, end }) => db`
          SELECT object.id, object.created, object.operation, object.status, object.outcome, object.attended,
            object.interaction_id, ${place}
          FROM access_record object
          WHERE object.tenant = ${tenant} AND object.consent_id = ${consentId} ${after}
          ${end}`,
      ),
  };
}

export interface AccessRecordListRequest extends PageRequest {
  consentId: string;
}
