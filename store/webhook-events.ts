// What there was to tell (`webhook_event`), kept for 30 days so that it can be told again.
import type { Clock } from '../clock.ts';
import type { EventType } from '../notifications/catalogue.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import { type Outbox, ownerOfEvent, wants } from './outbox.ts';
import { type Page, type PageRequest, readPage, when } from './page.ts';
import type { SealedColumn, SealedObjects } from './sealed-objects.ts';
import type { Db } from './sql.ts';

export interface WebhookEvent {
  id: string;
  created: Date;
  type: EventType;
  resourceId: string;
  /** As it is sent: JSON. */
  payload: string;
}

export interface WebhookEventListRequest extends PageRequest {
  type?: EventType | undefined;
  resourceId?: string | undefined;
}

export const eventLifetimeMs = 30 * 24 * 60 * 60 * 1000;

/** More than are ever stored at a time, so that what is old goes sooner than it comes. */
const forgottenAtOnce = 100;

type Row = Omit<WebhookEvent, 'payload'> & { payload: SealedColumn };

export function createWebhookEvents(db: Db, clock: Clock, sealed: SealedObjects, outbox: Outbox) {
  const oldest = () => new Date(clock.nowMs() - eventLifetimeMs);
  const columns = () => db.part`
    object.id, object.created, object.type, object.resource_id, sealed(payload) AS payload`;
  const payloads = () => db.part`
    encrypted_object payload ON payload.tenant = object.tenant AND payload.owner_kind = 'webhook-event'
      AND payload.owner_id = object.id AND payload.purpose = 'payload'`;
  const open = async (tenant: TenantId, row: Row): Promise<WebhookEvent> => {
    const payload = await sealed.open(tenant, ownerOfEvent(row.id), 'payload', row.payload);
    return { ...row, payload: payload ?? '' };
  };

  return {
    /** Undefined: there is none, or none any more. */
    async find(tenant: TenantId, id: string): Promise<WebhookEvent | undefined> {
      const [row] = await db<Row>`
        SELECT ${columns()} FROM webhook_event object JOIN ${payloads()}
        WHERE object.tenant = ${tenant} AND object.id = ${id} AND object.created > ${oldest()}`;
      return row && (await open(tenant, row));
    },

    /** Oldest first. */
    async listPage(
      tenant: TenantId,
      { type, resourceId, ...request }: WebhookEventListRequest,
    ): Promise<Page<WebhookEvent>> {
      const page = await readPage<Row>(
        db,
        request,
        ({ place, after, end }) => db`
          SELECT ${columns()}, ${place} FROM webhook_event object JOIN ${payloads()}
          WHERE object.tenant = ${tenant} AND object.created > ${oldest()}
            ${when(db, type, (given) => db.part`AND object.type = ${given}`)}
            ${when(db, resourceId, (given) => db.part`AND object.resource_id = ${given}`)} ${after}
          ${end}`,
      );
      return { ...page, items: await Promise.all(page.items.map((row) => open(tenant, row))) };
    },

    /** Repeatable. Nothing happens to an endpoint that is disabled. A test waits for no other event. */
    async insertTest(tenant: TenantId, endpointId: string, eventId: string): Promise<void> {
      const event = {
        id: eventId,
        type: 'webhook-endpoint.test',
        resourceId: eventId,
        data: { WebhookEndpointId: endpointId },
      } as const;
      await db`
        WITH changed AS (
          SELECT tenant FROM webhook_endpoint
          WHERE tenant = ${tenant} AND id = ${endpointId} AND status = 'enabled' AND deleted_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM webhook_event WHERE tenant = ${tenant} AND id = ${eventId})
        ), ${await outbox.tell(tenant, db.part`changed`, event, endpointId)}
        SELECT tenant FROM changed`;
    },

    /**
     * Repeatable: an occasion leads to one delivery for each endpoint.
     * @param endpointId the one that is told again; absent: all that want to know
     * @returns the deliveries
     */
    async replay(
      tenant: TenantId,
      {
        eventId,
        occasionId,
        endpointId,
      }: { eventId: string; occasionId: string; endpointId?: string | undefined },
    ): Promise<{ id: string; endpointId: string }[]> {
      const told =
        endpointId === undefined
          ? wants(db)
          : db.part`endpoint.status = 'enabled' AND endpoint.deleted_at IS NULL AND endpoint.id = ${endpointId}`;
      await db`
        INSERT INTO webhook_delivery (tenant, id, created, endpoint_id, event_id, resource_id, occasion_id, status)
        SELECT event.tenant, gen_random_uuid(), ${clock.now()}::timestamptz, endpoint.id, event.id, event.resource_id,
          ${occasionId}::uuid, 'pending'
        FROM webhook_event event JOIN webhook_endpoint endpoint ON endpoint.tenant = event.tenant AND ${told}
        WHERE event.tenant = ${tenant} AND event.id = ${eventId} AND event.created > ${oldest()}
        ON CONFLICT (tenant, event_id, endpoint_id, occasion_id) DO NOTHING`;
      return await db<{ id: string; endpointId: string }>`
        SELECT id, endpoint_id FROM webhook_delivery
        WHERE tenant = ${tenant} AND event_id = ${eventId} AND occasion_id = ${occasionId} ORDER BY position`;
    },

    /** Payloads that nobody can ask for any more, save those that are still on their way. */
    async forgetOld(tenant: TenantId): Promise<void> {
      await db`
        WITH old AS (
          SELECT tenant, id FROM webhook_event
          WHERE tenant = ${tenant} AND kept AND created <= ${oldest()} AND NOT EXISTS (
            SELECT 1 FROM webhook_delivery WHERE webhook_delivery.tenant = webhook_event.tenant
              AND webhook_delivery.event_id = webhook_event.id AND webhook_delivery.status = 'pending'
          )
          ORDER BY created LIMIT ${forgottenAtOnce} FOR UPDATE SKIP LOCKED
        ), forgotten AS (
          UPDATE webhook_event SET kept = false FROM old
          WHERE webhook_event.tenant = old.tenant AND webhook_event.id = old.id
        )
        DELETE FROM encrypted_object payload USING old
        WHERE payload.tenant = old.tenant AND payload.owner_kind = 'webhook-event' AND payload.owner_id = old.id`;
    },
  };
}
