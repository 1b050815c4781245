// How consents end: on request, by themselves, or because nobody drives them any more. Their tokens are forgotten with them.
import type { Clock } from '../clock.ts';
import type { ConsentResult } from '../workflows/contracts/consent.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import { ownerOf } from './consents.ts';
import { endingGrant } from './grants.ts';
import { forgettingFile } from './payment-files.ts';
import type { SealedObjects } from './sealed-objects.ts';
import type { Deletion } from './soft-delete.ts';
import type { Db } from './sql.ts';
import type { StatusEvents } from './status-events.ts';

const deletionAddress = 'deletion-customer-ip-address';

export function createConsentEndings(db: Db, clock: Clock, sealed: SealedObjects, events: StatusEvents) {
  return {
    /** The customer who asks for the deletion, if it is one; what was kept of an earlier request is forgotten. */
    async recordDeletionAsked(
      tenant: TenantId,
      id: string,
      { customerIpAddress }: { customerIpAddress: string | undefined },
    ): Promise<void> {
      const texts = { [deletionAddress]: customerIpAddress };
      await db`
        WITH changed AS (
          SELECT tenant, id FROM consent WHERE tenant = ${tenant} AND id = ${id} AND deleted_at IS NULL
        ), forgotten AS (
          DELETE FROM encrypted_object object USING changed
          WHERE ${customerIpAddress === undefined} AND object.tenant = changed.tenant
            AND object.owner_kind = 'consent' AND object.owner_id = changed.id AND object.purpose = ${deletionAddress}
        ), ${await sealed.put(tenant, ownerOf(id), texts)}
        SELECT id FROM changed`;
    },

    findDeletionCustomerIpAddress: (tenant: TenantId, id: string) =>
      sealed.read(tenant, ownerOf(id), deletionAddress),

    /** Ends a consent and forgets its tokens; one that has ended stays as it is, but may still be deleted. */
    async recordEnd(tenant: TenantId, id: string, status: ConsentResult['status']): Promise<void> {
      const now = clock.now();
      const live = db.part`('creating', 'awaiting-upload', 'awaiting-authorisation', 'authorised')`;
      await db`
        WITH changed AS (
          UPDATE consent
          SET status = CASE WHEN status IN ${live} THEN ${status} ELSE status END, modified = ${now},
            deleted_at = CASE WHEN ${status === 'deleted'} THEN ${now}::timestamptz END
          WHERE tenant = ${tenant} AND id = ${id} AND deleted_at IS NULL
            AND (status IN ${live} OR ${status === 'deleted'})
          RETURNING tenant, id
        ), ${endingGrant(db, now, status)}, ${forgettingFile(db)},
          ${await events.consentChanged(tenant, db.part`changed`, id, status)}
        SELECT id FROM changed`;
    },

    /** For a consent that no journey drives any more. In use: a payment under it is on its way. */
    async softDelete(tenant: TenantId, id: string): Promise<Deletion> {
      const now = clock.now();
      const [found] = await db<{ inUse: boolean }>`
        WITH target AS (
          SELECT tenant, id, EXISTS (
            SELECT 1 FROM payment WHERE payment.tenant = consent.tenant AND payment.consent_id = consent.id
              AND payment.status IN ('submitting', 'following')
          ) AS in_use
          FROM consent WHERE tenant = ${tenant} AND id = ${id} AND deleted_at IS NULL
        ), changed AS (
          UPDATE consent SET deleted_at = ${now}, modified = ${now} FROM target
          WHERE consent.tenant = target.tenant AND consent.id = target.id AND NOT target.in_use
          RETURNING consent.tenant, consent.id
        ), ${endingGrant(db, now, 'deleted')}, ${forgettingFile(db)},
          ${await events.consentChanged(tenant, db.part`changed`, id, 'deleted')}
        SELECT in_use FROM target`;
      if (found === undefined) return 'not-found';
      return found.inUse ? 'in-use' : 'deleted';
    },
  };
}
