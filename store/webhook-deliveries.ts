// How each event is delivered to each endpoint (`webhook_delivery`, `webhook_attempt`).
import type { Clock } from '../clock.ts';
import type { DisablingReason, EventType } from '../notifications/catalogue.ts';
import type { Sent } from '../notifications/send.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import { type Outbox, ownerOfEvent } from './outbox.ts';
import { type Page, type PageRequest, readPage } from './page.ts';
import type { SealedColumn, SealedObjects } from './sealed-objects.ts';
import type { Db } from './sql.ts';
import { endingDeliveries, ownerOfEndpoint } from './webhook-endpoints.ts';

/** Deliveries of one queue are made one after the other. */
export interface WebhookQueue {
  endpointId: string;
  resourceId: string;
}

export interface PendingWebhook {
  id: string;
  created: Date;
  eventId: string;
  /** Made so far. */
  attempts: number;
  url: string;
  /** The present one first. */
  secrets: string[];
  payload: string;
}

export interface WebhookAttempt {
  started: Date;
  outcome: Exclude<Sent['outcome'], 'busy'>;
  httpStatus: number | null;
  durationMs: number;
}

export interface WebhookDelivery {
  id: string;
  created: Date;
  eventId: string;
  eventType: EventType;
  isReplay: boolean;
  status: 'pending' | 'delivered' | 'failed';
  endedAt: Date | null;
  attempts: WebhookAttempt[];
}

export interface AttemptRecord extends WebhookAttempt {
  deliveryId: string;
  endpointId: string;
  /** From 1. */
  number: number;
  /** What has become of the delivery; undefined: it is tried again. */
  end: 'delivered' | 'failed' | undefined;
  /** Why the endpoint is disabled if it has taken nothing since the delivery was made; undefined: it is not. */
  disable: DisablingReason | undefined;
}

/** How long a worker has to tell the journeys of what it has claimed. */
const claimMs = 10_000;

export function createWebhookDeliveries(db: Db, clock: Clock, sealed: SealedObjects, outbox: Outbox) {
  return {
    /** The oldest that waits. What waits for an endpoint that is told nothing any more comes to its end. */
    async findNext(
      tenant: TenantId,
      { endpointId, resourceId }: WebhookQueue,
    ): Promise<PendingWebhook | undefined> {
      await db`
        WITH ended AS (
          SELECT tenant, id FROM webhook_endpoint
          WHERE tenant = ${tenant} AND id = ${endpointId} AND (status = 'disabled' OR deleted_at IS NOT NULL)
        ), ${endingDeliveries(db, clock.now(), db.part`ended`)}
        SELECT id FROM ended`;
      type Row = Omit<PendingWebhook, 'secrets' | 'payload'> & {
        version: number;
        secret: SealedColumn;
        previous: SealedColumn;
        payload: SealedColumn;
      };
      const [row] = await db<Row>`
        SELECT delivery.id, delivery.created, delivery.event_id, delivery.attempts, endpoint.url,
          endpoint.secret_version AS version, sealed(secret) AS secret, sealed(previous) AS previous,
          sealed(payload) AS payload
        FROM webhook_delivery delivery
        JOIN webhook_endpoint endpoint ON endpoint.tenant = delivery.tenant AND endpoint.id = delivery.endpoint_id
        JOIN encrypted_object payload ON payload.tenant = delivery.tenant AND payload.owner_kind = 'webhook-event'
          AND payload.owner_id = delivery.event_id AND payload.purpose = 'payload'
        JOIN encrypted_object secret ON secret.tenant = endpoint.tenant
          AND secret.owner_kind = 'webhook-endpoint' AND secret.owner_id = endpoint.id
          AND secret.purpose = 'secret-' || endpoint.secret_version
        LEFT JOIN encrypted_object previous ON previous.tenant = endpoint.tenant
          AND previous.owner_kind = 'webhook-endpoint' AND previous.owner_id = endpoint.id
          AND previous.purpose = 'secret-' || (endpoint.secret_version - 1)
          AND endpoint.previous_secret_until > ${clock.now()}
        WHERE delivery.tenant = ${tenant} AND delivery.endpoint_id = ${endpointId}
          AND delivery.resource_id = ${resourceId} AND delivery.status = 'pending'
        ORDER BY delivery.position LIMIT 1`;
      if (row === undefined) return undefined;
      const owner = ownerOfEndpoint(endpointId);
      const secrets = await Promise.all([
        sealed.open(tenant, owner, `secret-${row.version}`, row.secret),
        sealed.open(tenant, owner, `secret-${row.version - 1}`, row.previous),
      ]);
      const payload = await sealed.open(tenant, ownerOfEvent(row.eventId), 'payload', row.payload);
      const { id, created, eventId, attempts, url } = row;
      const known = secrets.filter((secret) => secret !== undefined);
      return { id, created, eventId, attempts, url, secrets: known, payload: payload ?? '' };
    },

    /** Whether anything waits. */
    async isWaiting(tenant: TenantId, { endpointId, resourceId }: WebhookQueue): Promise<boolean> {
      const rows = await db`
        SELECT 1 AS one FROM webhook_delivery
        WHERE tenant = ${tenant} AND endpoint_id = ${endpointId} AND resource_id = ${resourceId}
          AND status = 'pending'
        LIMIT 1`;
      return rows.length > 0;
    },

    /** To all endpoints. */
    async countWaiting(tenant: TenantId): Promise<number> {
      const [row] = await db<{ waiting: number }>`
        SELECT count(*)::integer AS waiting FROM webhook_delivery
        WHERE tenant = ${tenant} AND status = 'pending'`;
      return row?.waiting ?? 0;
    },

    /** Repeatable: an attempt of a number counts once. Disabling an endpoint is told to the others. */
    async recordAttempt(tenant: TenantId, attempt: AttemptRecord): Promise<void> {
      const { deliveryId, endpointId, number, end, disable } = attempt;
      const now = clock.now();
      const notice = {
        type: 'webhook-endpoint.disabled',
        resourceId: endpointId,
        data: { WebhookEndpointId: endpointId, Reason: disable ?? 'failing' },
      } as const;
      await db`
        WITH changed AS (
          UPDATE webhook_delivery SET attempts = ${number}, status = ${end ?? 'pending'},
            ended_at = ${end === undefined ? null : now}::timestamptz
          WHERE tenant = ${tenant} AND id = ${deliveryId} AND status = 'pending' AND attempts = ${number - 1}
          RETURNING tenant, id, endpoint_id, created
        ), logged AS (
          INSERT INTO webhook_attempt (tenant, delivery_id, number, started, outcome, http_status, duration_ms)
          SELECT tenant, id, ${number}::integer, ${attempt.started}::timestamptz, ${attempt.outcome},
            ${attempt.httpStatus}::integer, ${attempt.durationMs}::integer
          FROM changed
        ), succeeded AS (
          UPDATE webhook_endpoint endpoint SET last_succeeded = ${now} FROM changed
          WHERE ${end === 'delivered'} AND endpoint.tenant = changed.tenant AND endpoint.id = changed.endpoint_id
        ), disabled AS (
          UPDATE webhook_endpoint endpoint
          SET status = 'disabled', disabled_at = ${now}, disabled_reason = ${disable ?? null}, modified = ${now}
          FROM changed
          WHERE ${disable !== undefined} AND endpoint.tenant = changed.tenant AND endpoint.id = changed.endpoint_id
            AND endpoint.status = 'enabled'
            AND (${disable === 'gone'} OR endpoint.last_succeeded IS NULL OR endpoint.last_succeeded < changed.created)
          RETURNING endpoint.tenant, endpoint.id
        ), waiting_ended AS (
          UPDATE webhook_delivery waiting SET status = 'failed', ended_at = ${now} FROM disabled
          WHERE waiting.tenant = disabled.tenant AND waiting.endpoint_id = disabled.id
            AND waiting.status = 'pending' AND waiting.id <> ${deliveryId}
        ), others AS (
          SELECT tenant FROM disabled
        ), ${await outbox.tell(tenant, db.part`others`, notice)}
        SELECT id FROM changed`;
    },

    /**
     * Queues with deliveries that no journey has been told of, oldest first. They are the caller's for a while: whoever
     * asks meanwhile gets others.
     */
    async claimUntold(tenant: TenantId, limit: number): Promise<(WebhookQueue & { id: string })[]> {
      const now = clock.now();
      return await db<WebhookQueue & { id: string }>`
        WITH free AS (
          SELECT id FROM webhook_delivery
          WHERE tenant = ${tenant} AND told_at IS NULL AND status = 'pending'
            AND (claimed_at IS NULL OR claimed_at < ${new Date(clock.nowMs() - claimMs)})
          ORDER BY position LIMIT ${limit} FOR UPDATE SKIP LOCKED
        )
        UPDATE webhook_delivery delivery SET claimed_at = ${now} FROM free
        WHERE delivery.tenant = ${tenant} AND delivery.id = free.id
        RETURNING delivery.id, delivery.endpoint_id, delivery.resource_id`;
    },

    async recordTold(tenant: TenantId, ids: readonly string[]): Promise<void> {
      await db`
        UPDATE webhook_delivery SET told_at = ${clock.now()}
        WHERE tenant = ${tenant}
          AND id IN (SELECT value::uuid FROM jsonb_array_elements_text(${db.json(ids)}::jsonb))`;
    },

    /** Oldest first. */
    listPage: (
      tenant: TenantId,
      { endpointId, ...request }: PageRequest & { endpointId: string },
    ): Promise<Page<WebhookDelivery>> =>
      readPage<WebhookDelivery>(
        db,
        request,
        ({ place, after, end }) => db`
          SELECT object.id, object.created, object.event_id, event.type AS event_type,
            object.occasion_id <> object.event_id AS is_replay, object.status, object.ended_at,
            coalesce(log.attempts, '[]') AS attempts, ${place}
          FROM webhook_delivery object
          JOIN webhook_event event ON event.tenant = object.tenant AND event.id = object.event_id
          LEFT JOIN LATERAL (
            SELECT jsonb_agg(jsonb_build_object('started', started, 'outcome', outcome, 'httpStatus', http_status,
              'durationMs', duration_ms) ORDER BY number) AS attempts
            FROM webhook_attempt attempt
            WHERE attempt.tenant = object.tenant AND attempt.delivery_id = object.id
          ) log ON true
          WHERE object.tenant = ${tenant} AND object.endpoint_id = ${endpointId} ${after}
          ${end}`,
      ).then((page) => ({
        ...page,
        items: page.items.map((item) => ({
          ...item,
          attempts: item.attempts.map((attempt) => ({ ...attempt, started: new Date(attempt.started) })),
        })),
      })),
  };
}
