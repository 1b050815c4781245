// Who is told of events (`webhook_endpoint`). Signing secrets are encrypted; the one before the present signs too for a while.
import type { Clock } from '../clock.ts';
import type { DisablingReason, EventType } from '../notifications/catalogue.ts';
import type { SignatureKind, SigningSecret } from '../notifications/signatures.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Entity, Stored } from './entity.ts';
import type { ManagedListRequest } from './managed-lists.ts';
import { type Page, readPage, when } from './page.ts';
import type { Owner, SealedObjects } from './sealed-objects.ts';
import type { Db, Part } from './sql.ts';

export interface WebhookEndpointSettings {
  url: string;
  /** Null: all there are. */
  eventTypes: readonly EventType[] | null;
  description: string | null;
}

export interface NewWebhookEndpoint extends Entity, WebhookEndpointSettings {
  signatureKind: SignatureKind;
  /** The payment in one request that it is told of alone; null: it is told of all. */
  journeyId: string | null;
}

export interface WebhookEndpoint extends NewWebhookEndpoint {
  /** Null where the secret itself verifies. */
  publicKey: string | null;
  previousPublicKey: string | null;
  /** The secret before the present one signs too until then. */
  previousSecretUntil: Date | null;
  status: 'enabled' | 'disabled';
  disabledAt: Date | null;
  disabledReason: DisablingReason | null;
}

type Row = Stored<WebhookEndpoint>;

/** How long receivers have to learn a new secret. */
export const overlapMs = 24 * 60 * 60 * 1000;

export const ownerOfEndpoint = (id: string): Owner => ({ kind: 'webhook-endpoint', id });

/** Each secret has a place of its own, so that the earlier ones stay as they are. */
const purposeOf = (version: number) => `secret-${version}`;

/** Ends what has not been delivered yet to the endpoints that `ended (tenant, id)` names. */
export const endingDeliveries = (db: Db, now: Date, ended: Part): Part => db.part`
  deliveries_ended AS (
    UPDATE webhook_delivery SET status = 'failed', ended_at = ${now} FROM ${ended} gone
    WHERE webhook_delivery.tenant = gone.tenant AND webhook_delivery.endpoint_id = gone.id
      AND webhook_delivery.status = 'pending'
  )`;

export function createWebhookEndpoints(db: Db, clock: Clock, sealed: SealedObjects) {
  const columns = () => db.part`
    object.id, object.reference, object.created_by, object.created, object.url, object.event_types,
    object.description, object.signature_kind, object.journey_id, object.public_key, object.previous_public_key,
    object.previous_secret_until, object.status, object.disabled_at, object.disabled_reason`;
  const alive = (tenant: TenantId, id: string) =>
    db.part`object.tenant = ${tenant} AND object.id = ${id} AND object.deleted_at IS NULL`;

  async function find(tenant: TenantId, id: string): Promise<Row | undefined> {
    const [row] = await db<Row>`SELECT ${columns()} FROM webhook_endpoint object WHERE ${alive(tenant, id)}`;
    return row;
  }

  return {
    find,

    /** The present one. */
    async findSecret(tenant: TenantId, id: string): Promise<string | undefined> {
      const [found] = await db<{ secretVersion: number }>`
        SELECT secret_version FROM webhook_endpoint object WHERE ${alive(tenant, id)}`;
      return found && (await sealed.read(tenant, ownerOfEndpoint(id), purposeOf(found.secretVersion)));
    },

    /** Repeatable: one that is there under this id already keeps its secret. @returns whether it is new */
    async insert(tenant: TenantId, values: NewWebhookEndpoint, signing: SigningSecret): Promise<boolean> {
      const now = clock.now();
      const rows = await db`
        WITH changed AS (
          INSERT INTO webhook_endpoint (tenant, id, reference, created_by, created, modified, url, event_types,
            description, signature_kind, journey_id, secret_version, public_key, status)
          VALUES (${tenant}, ${values.id}, ${values.reference}, ${values.createdBy}, ${now}, ${now}, ${values.url},
            ${db.json(values.eventTypes)}, ${values.description}, ${values.signatureKind}, ${values.journeyId}, 1,
            ${signing.publicKey},
            'enabled')
          ON CONFLICT (tenant, id) DO NOTHING
          RETURNING tenant, id
        ), ${await sealed.put(tenant, ownerOfEndpoint(values.id), { [purposeOf(1)]: signing.secret })}
        SELECT id FROM changed`;
      return rows.length === 1;
    },

    /** Without those of single payments, which are as many as those. */
    listPage: (tenant: TenantId, request: ManagedListRequest): Promise<Page<Row>> =>
      readPage<Row>(
        db,
        request,
        ({ place, after, end }) => db`
          SELECT ${columns()}, ${place} FROM webhook_endpoint object
          WHERE object.tenant = ${tenant} AND object.deleted_at IS NULL AND object.journey_id IS NULL
            ${when(db, request.reference, (reference) => db.part`AND object.reference = ${reference}`)} ${after}
          ${end}`,
      ),

    async update(tenant: TenantId, id: string, settings: WebhookEndpointSettings): Promise<Row | undefined> {
      const [row] = await db<Row>`
        UPDATE webhook_endpoint object
        SET url = ${settings.url}, event_types = ${db.json(settings.eventTypes)},
          description = ${settings.description}, modified = ${clock.now()}
        WHERE ${alive(tenant, id)} RETURNING ${columns()}`;
      return row;
    },

    /** What came to its end while it was disabled is not delivered by this: it can be replayed. */
    async enable(tenant: TenantId, id: string): Promise<Row | undefined> {
      const [row] = await db<Row>`
        UPDATE webhook_endpoint object
        SET status = 'enabled', disabled_at = NULL, disabled_reason = NULL, modified = ${clock.now()}
        WHERE ${alive(tenant, id)} RETURNING ${columns()}`;
      return row;
    },

    /** The present secret signs beside the new one for a while; the one before it no longer does. */
    async rotateSecret(tenant: TenantId, id: string, signing: SigningSecret): Promise<Row | undefined> {
      for (;;) {
        const [found] = await db<{ secretVersion: number }>`
          SELECT secret_version FROM webhook_endpoint object WHERE ${alive(tenant, id)}`;
        if (found === undefined) return undefined;
        const version = found.secretVersion + 1;
        const [row] = await db<Row>`
          WITH changed AS (
            UPDATE webhook_endpoint object
            SET secret_version = ${version}, previous_public_key = public_key, public_key = ${signing.publicKey},
              previous_secret_until = ${new Date(clock.nowMs() + overlapMs)}, modified = ${clock.now()}
            WHERE ${alive(tenant, id)} AND secret_version = ${found.secretVersion}
            RETURNING tenant, ${columns()}
          ), forgotten AS (
            DELETE FROM encrypted_object secret USING changed
            WHERE secret.tenant = changed.tenant AND secret.owner_kind = 'webhook-endpoint'
              AND secret.owner_id = changed.id AND secret.purpose = ${purposeOf(version - 2)}
          ), ${await sealed.put(tenant, ownerOfEndpoint(id), { [purposeOf(version)]: signing.secret })}
          SELECT ${columns()} FROM changed object`;
        // Somebody else was rotating at the same time: this is the later rotation.
        if (row !== undefined) return row;
      }
    },

    async softDelete(tenant: TenantId, id: string): Promise<'deleted' | 'not-found'> {
      const now = clock.now();
      const rows = await db`
        WITH changed AS (
          UPDATE webhook_endpoint object SET deleted_at = ${now}, modified = ${now} WHERE ${alive(tenant, id)}
          RETURNING tenant, id
        ), ${endingDeliveries(db, now, db.part`changed`)}, secrets_removed AS (
          DELETE FROM encrypted_object secret USING changed
          WHERE secret.tenant = changed.tenant AND secret.owner_kind = 'webhook-endpoint'
            AND secret.owner_id = changed.id
        )
        SELECT id FROM changed`;
      return rows.length === 1 ? 'deleted' : 'not-found';
    },
  };
}
