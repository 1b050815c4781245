// Webhooks in memory, as the store keeps them.
import type { ApiRecords } from '../../api/records.ts';
import type { SigningSecret } from '../../notifications/signatures.ts';
import type { Stored } from '../../store/entity.ts';
import type { WebhookDelivery } from '../../store/webhook-deliveries.ts';
import type { WebhookEndpoint } from '../../store/webhook-endpoints.ts';
import type { WebhookEvent } from '../../store/webhook-events.ts';
import { fakePage } from './fake-page.ts';

const created = new Date('2026-11-20T12:00:00.000Z');

export interface FakeWebhookTables {
  endpoints: Map<string, Stored<WebhookEndpoint>>;
  /** Of each endpoint, the present one. */
  secrets: Map<string, SigningSecret>;
  events: Map<string, WebhookEvent>;
  deliveries: (WebhookDelivery & { endpointId: string })[];
  /** By occasion. */
  replays: Map<string, { id: string; endpointId: string }[]>;
}

export function fakeWebhooks() {
  const tables: FakeWebhookTables = {
    ...{ endpoints: new Map(), secrets: new Map(), events: new Map(), deliveries: [], replays: new Map() },
  };
  const { endpoints, secrets, events, deliveries, replays } = tables;

  function changed(id: string, changes: Partial<WebhookEndpoint>): Stored<WebhookEndpoint> | undefined {
    const stored = endpoints.get(id);
    if (stored === undefined) return undefined;
    const now = { ...stored, ...changes };
    endpoints.set(id, now);
    return now;
  }

  const records: Pick<ApiRecords, 'webhookEndpoints' | 'webhookEvents' | 'webhookDeliveries'> = {
    webhookEndpoints: {
      insert: async (_, values, signing) => {
        if (endpoints.has(values.id)) return false;
        secrets.set(values.id, signing);
        endpoints.set(values.id, {
          ...{ ...values, created, publicKey: signing.publicKey, previousPublicKey: null },
          ...{ previousSecretUntil: null, status: 'enabled', disabledAt: null, disabledReason: null },
        });
        return true;
      },
      find: async (_, id) => endpoints.get(id),
      findSecret: async (_, id) => secrets.get(id)?.secret,
      listPage: async (_, request) => fakePage(endpoints.values(), request),
      update: async (_, id, settings) => changed(id, settings),
      enable: async (_, id) => changed(id, { status: 'enabled', disabledAt: null, disabledReason: null }),
      rotateSecret: async (_, id, signing) => {
        secrets.set(id, signing);
        const { publicKey: previousPublicKey = null } = endpoints.get(id) ?? {};
        const { publicKey } = signing;
        return changed(id, {
          publicKey,
          previousPublicKey,
          previousSecretUntil: new Date(created.getTime() + 1),
        });
      },
      softDelete: async (_, id) => (endpoints.delete(id) ? 'deleted' : 'not-found'),
    },
    webhookEvents: {
      find: async (_, id) => events.get(id),
      listPage: async (_, { type, resourceId, ...request }) =>
        fakePage(
          [...events.values()].filter(
            (event) =>
              (type === undefined || event.type === type) &&
              (resourceId === undefined || event.resourceId === resourceId),
          ),
          request,
          () => ({}),
        ),
      insertTest: async (_, endpointId, id) => {
        const type = 'webhook-endpoint.test';
        const payload = JSON.stringify({ type, data: { WebhookEndpointId: endpointId } });
        if (!events.has(id)) events.set(id, { id, created, type, resourceId: id, payload });
      },
      replay: async (_, { occasionId, endpointId }) => {
        const told = [...endpoints.keys()].filter((id) => endpointId === undefined || id === endpointId);
        const made =
          replays.get(occasionId) ?? told.map((id) => ({ id: crypto.randomUUID(), endpointId: id }));
        replays.set(occasionId, made);
        return made;
      },
    },
    webhookDeliveries: {
      countWaiting: async () => deliveries.filter(({ status }) => status === 'pending').length,
      listPage: async (_, { endpointId, ...request }) =>
        fakePage(
          deliveries.filter((delivery) => delivery.endpointId === endpointId),
          request,
          () => ({}),
        ),
    },
  };
  return { records, tables };
}
