// What is to be told to webhooks, stored by the statement that changes the state which is told of (transactional outbox):
// either both are there or neither.
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { EventData, EventType } from '../notifications/catalogue.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Owner, SealedObjects } from './sealed-objects.ts';
import type { Db, Part } from './sql.ts';

export interface NewEvent<Type extends EventType = EventType> {
  /** A new one, unless the statement has to know it. */
  id?: string;
  type: Type;
  /** What it is about: events about the same are delivered in their order. */
  resourceId: string;
  /** The payment in one request that it is part of. */
  journeyId?: string | null;
  data: EventData<Type>;
}

export interface Outbox {
  /**
   * Common table expressions that store an event, and its deliveries to whoever wants to know, once per row of another
   * one, `of`, which the statement has to define first: nothing is told when nothing was changed.
   * @param to the one endpoint that is told, whatever it wants to know; absent: those that want to, save one that it is
   *   about
   */
  tell<Type extends EventType>(
    tenant: TenantId,
    of: Part,
    event: NewEvent<Type>,
    to?: string | undefined,
  ): Promise<Part>;
}

export const ownerOfEvent = (id: string): Owner => ({ kind: 'webhook-event', id });

/** A condition on `endpoint`: it is told of `event`. */
export const wants = (db: Db): Part => db.part`
  endpoint.status = 'enabled' AND endpoint.deleted_at IS NULL
  AND (endpoint.event_types IS NULL OR endpoint.event_types @> to_jsonb(event.type))
  AND (endpoint.journey_id IS NULL OR endpoint.journey_id = event.journey_id)`;

export function createOutbox(db: Db, clock: Clock, sealed: SealedObjects): Outbox {
  return {
    async tell(tenant, of, { id = randomUUID(), type, resourceId, journeyId = null, data }, to) {
      const now = clock.now();
      // The bytes of every attempt: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
      const payload = JSON.stringify({ type, timestamp: now.toISOString(), data });
      const sealing = { as: db.part`sealed_event`, of: db.part`event` };
      const told =
        to === undefined
          ? db.part`${wants(db)} AND endpoint.id <> event.resource_id`
          : db.part`endpoint.status = 'enabled' AND endpoint.deleted_at IS NULL AND endpoint.id = ${to}::uuid`;
      return db.part`
        event AS (
          INSERT INTO webhook_event (tenant, id, created, type, resource_id, journey_id)
          SELECT tenant, ${id}::uuid, ${now}::timestamptz, ${type}, ${resourceId}::uuid, ${journeyId}::uuid
          FROM ${of} happened
          RETURNING tenant, id, created, type, resource_id, journey_id
        ), delivery AS (
          INSERT INTO webhook_delivery
            (tenant, id, created, endpoint_id, event_id, resource_id, occasion_id, status)
          SELECT event.tenant, gen_random_uuid(), event.created, endpoint.id, event.id, event.resource_id, event.id,
            'pending'
          FROM event JOIN webhook_endpoint endpoint ON endpoint.tenant = event.tenant AND ${told}
        ), ${await sealed.put(tenant, ownerOfEvent(id), { payload }, sealing)}`;
    },
  };
}
