// /webhook-events: what there was to tell in the last 30 days, told again on request; and the description of each event.
import { z } from '@hono/zod-openapi';
import { envelopeOf, eventCatalogue, eventTypes } from '../../notifications/catalogue.ts';
import type { WebhookEvent } from '../../store/webhook-events.ts';
import type { ApiDeps } from '../deps.ts';
import { idOfCreated } from '../idempotency-key.ts';
import { addList } from '../list.ts';
import { type Api, addOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { id, idempotencyHeader, idempotencyKey } from '../schemas/shared.ts';
import * as schemas from '../schemas/webhooks.ts';
import { tenantOf } from '../tenant.ts';
import { webhookTag } from './webhook-endpoints.ts';

const path = '/webhook-events';
const idName = 'webhookEventId';

export function addWebhookEventRoutes(api: Api, { records }: Pick<ApiDeps, 'records'>): void {
  describeEvents(api);

  addList(api, {
    ...{ path, name: 'WebhookEvent', tag: webhookTag },
    ...{ query: schemas.WebhookEventQuery, item: schemas.WebhookEventItem },
    load: (request) => records.webhookEvents.listPage(tenantOf(), request),
    members,
  });

  addOperation(
    api,
    {
      method: 'post',
      path: `${path}/{${idName}}/replay`,
      id: 'ReplayWebhookEvent',
      summary: 'Tell an event again, under the same id and with the same payload',
      tag: webhookTag,
      params: z.object({ [idName]: id }),
      headers: z.object(idempotencyKey),
      body: schemas.WebhookReplay,
      isBodyOptional: true,
      status: 201,
      response: schemas.WebhookReplayResponse,
    },
    async ({ params, headers, body, text }, c) => {
      const event = await records.webhookEvents.find(tenantOf(), params[idName] ?? '');
      if (event === undefined) throw new Problem('not-found');
      const endpointId = body.WebhookEndpointId ?? undefined;
      if (endpointId !== undefined) await refuseUnlessEnabled(endpointId);
      const operation = `ReplayWebhookEvent ${event.id}`;
      const key = headers[idempotencyHeader];
      const occasionId = await idOfCreated(records.idempotency, tenantOf(), { operation, key, text });
      const request = { eventId: event.id, occasionId, endpointId };
      const deliveries = await records.webhookEvents.replay(tenantOf(), request);
      const Deliveries = deliveries.map((each) => ({ Id: each.id, WebhookEndpointId: each.endpointId }));
      return c.json({ Deliveries }, 201);
    },
  );

  async function refuseUnlessEnabled(endpointId: string): Promise<void> {
    const endpoint = await records.webhookEndpoints.find(tenantOf(), endpointId);
    if (endpoint === undefined)
      throw new Problem('not-found', { errors: { WebhookEndpointId: ['names no endpoint'] } });
    if (endpoint.status === 'disabled') throw new Problem('webhook-endpoint-disabled');
  }
}

const members = (event: WebhookEvent) => ({
  Id: event.id,
  Created: event.created.toISOString(),
  Type: event.type,
  ResourceId: event.resourceId,
  Payload: JSON.parse(event.payload),
});

/** Every event stands under `webhooks` in the OpenAPI document. */
function describeEvents(api: Api): void {
  const headers = z.object({
    'webhook-id': z.string().openapi({ description: 'Of the event: the same at every attempt and replay.' }),
    'webhook-timestamp': z.string().openapi({ description: 'Of the attempt: seconds since 1970.' }),
    'webhook-signature': z.string().openapi({ description: '`v1,…` or `v1a,…`, two while secrets change.' }),
  });
  for (const type of eventTypes)
    api.openAPIRegistry.registerWebhook({
      method: 'post',
      path: type,
      operationId: schemas.schemaNameOf(type),
      summary: eventCatalogue[type].summary,
      tags: [webhookTag],
      request: {
        headers,
        body: {
          required: true,
          content: { 'application/json': { schema: envelopeOf(type).openapi(schemas.schemaNameOf(type)) } },
        },
      },
      responses: { '2XX': { description: 'Taken. Anything else is tried again for 72 hours.' } },
    });
}
