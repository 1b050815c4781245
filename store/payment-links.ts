// Links to the page of a payment that was asked for in one request (`payment_link`). Whoever has the token of one may go on
// with the payment: it is looked up by its hash, and kept encrypted for whoever asked for the payment.
import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Owner, SealedObjects } from './sealed-objects.ts';
import type { Db } from './sql.ts';

export interface LinkedJourney {
  journeyId: string;
  /** When its consent or its payment last changed. */
  lastChanged: Date;
}

const tokenBytes = 32;
const ownerOf = (id: string): Owner => ({ kind: 'payment-link', id });
const purpose = 'token';

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');

export function createPaymentLinks(db: Db, clock: Clock, sealed: SealedObjects) {
  const read = (tenant: TenantId, journeyId: string) => sealed.read(tenant, ownerOf(journeyId), purpose);

  return {
    /** The same at every call. @returns undefined when there is no such journey */
    async tokenOf(tenant: TenantId, journeyId: string): Promise<string | undefined> {
      const first = await read(tenant, journeyId);
      if (first !== undefined) return first;
      const token = randomBytes(tokenBytes).toString('base64url');
      const inserted = await db`
        WITH changed AS (
          INSERT INTO payment_link (tenant, journey_id, created, token_hash)
          SELECT tenant, id, ${clock.now()}::timestamptz, ${hashOf(token)} FROM payment_journey
          WHERE tenant = ${tenant} AND id = ${journeyId}
          ON CONFLICT (tenant, journey_id) DO NOTHING
          RETURNING journey_id
        ), ${await sealed.put(tenant, ownerOf(journeyId), { [purpose]: token })}
        SELECT journey_id FROM changed`;
      return inserted.length === 1 ? token : read(tenant, journeyId);
    },

    async findJourney(tenant: TenantId, token: string): Promise<LinkedJourney | undefined> {
      const [row] = await db<LinkedJourney>`
        SELECT link.journey_id, greatest(journey.created, journey.ended_at, consent.modified, payment.modified) AS last_changed
        FROM payment_link link
        JOIN payment_journey journey ON journey.tenant = link.tenant AND journey.id = link.journey_id
        LEFT JOIN consent ON consent.tenant = journey.tenant AND consent.id = journey.consent_id
        LEFT JOIN payment ON payment.tenant = journey.tenant AND payment.consent_id = journey.consent_id
        WHERE link.tenant = ${tenant} AND link.token_hash = ${hashOf(token)}`;
      return row;
    },
  };
}
