// /webhook-endpoints: who is told of events, and how it went.
import { z } from 'zod';
import { newSigningSecret } from '../../notifications/signatures.ts';
import type { Stored } from '../../store/entity.ts';
import type { WebhookDelivery } from '../../store/webhook-deliveries.ts';
import type { WebhookEndpoint } from '../../store/webhook-endpoints.ts';
import type { ApiDeps } from '../deps.ts';
import { idOfCreated } from '../idempotency-key.ts';
import { addList } from '../list.ts';
import { type Api, addOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { PageQuery } from '../schemas/lists.ts';
import {
  entityMembers,
  entityValues,
  id,
  idempotencyHeader,
  idempotencyKey,
  withoutNulls,
} from '../schemas/shared.ts';
import * as schemas from '../schemas/webhooks.ts';
import { shownSecret } from '../shown-secret.ts';
import { tenantOf } from '../tenant.ts';
import { refuseUnlessAllowed } from '../webhook-target.ts';
import { addReadAndDelete } from './managed-objects.ts';

const path = '/webhook-endpoints';
const idName = 'webhookEndpointId';
export const webhookTag = 'Webhooks';
const params = z.object({ [idName]: id });

type Deps = Pick<ApiDeps, 'records' | 'checkWebhookTarget'>;

export function addWebhookEndpointRoutes(api: Api, { records, checkWebhookTarget }: Deps): void {
  const endpoints = records.webhookEndpoints;
  const one = { path: `${path}/{${idName}}`, tag: webhookTag, params } as const;

  async function endpointOf(found: Record<string, string>): Promise<Stored<WebhookEndpoint>> {
    const endpoint = await endpoints.find(tenantOf(), found[idName] ?? '');
    if (endpoint === undefined) throw new Problem('not-found');
    return endpoint;
  }

  addOperation(
    api,
    {
      method: 'post',
      path,
      id: 'CreateWebhookEndpoint',
      summary: 'Have events told to a URL',
      tag: webhookTag,
      headers: z.object(idempotencyKey),
      body: schemas.WebhookEndpoint,
      status: 201,
      response: schemas.WebhookEndpointWithSecret,
    },
    async ({ body, headers, text }, c) => {
      await refuseUnlessAllowed(checkWebhookTarget, body.Url, 'Url');
      const request = { operation: 'CreateWebhookEndpoint', key: headers[idempotencyHeader], text };
      const endpointId = await idOfCreated(records.idempotency, tenantOf(), request);
      const signing = newSigningSecret(body.SignatureKind);
      const values = {
        ...{ id: endpointId, url: body.Url, eventTypes: body.EventTypes ?? null },
        ...{
          description: body.Description ?? null,
          signatureKind: body.SignatureKind,
          ...{ journeyId: null, ...entityValues(body) },
        },
      };
      const isNew = await endpoints.insert(tenantOf(), values, signing);
      const stored = await endpointOf({ [idName]: endpointId });
      // Whoever repeats the request is not told the secret again.
      return c.json(withoutNulls({ ...members(stored), Secret: isNew ? shownSecret(signing) : null }), 201, {
        location: `${path}/${endpointId}`,
      });
    },
  );

  addOperation(
    api,
    {
      ...one,
      method: 'put',
      id: 'UpdateWebhookEndpoint',
      summary: 'Change where, of what and as what a webhook endpoint is told',
      body: schemas.WebhookEndpointUpdate,
      status: 200,
      response: schemas.WebhookEndpointResponse,
    },
    async ({ params: found, body }, c) => {
      const stored = await endpointOf(found);
      if (body.Url !== undefined) await refuseUnlessAllowed(checkWebhookTarget, body.Url, 'Url');
      const updated = await endpoints.update(tenantOf(), stored.id, {
        url: body.Url ?? stored.url,
        eventTypes: body.EventTypes === undefined ? stored.eventTypes : body.EventTypes,
        description: body.Description === undefined ? stored.description : body.Description,
      });
      if (updated === undefined) throw new Problem('not-found');
      return c.json(withoutNulls(members(updated)));
    },
  );

  addOperation(
    api,
    {
      ...one,
      path: `${one.path}/rotate-secret`,
      method: 'post',
      id: 'RotateWebhookEndpointSecret',
      summary: 'Sign with a new secret; the present one signs too for 24 hours',
      status: 200,
      response: schemas.WebhookEndpointWithSecret,
    },
    async ({ params: found }, c) => {
      const stored = await endpointOf(found);
      const signing = newSigningSecret(stored.signatureKind);
      const rotated = await endpoints.rotateSecret(tenantOf(), stored.id, signing);
      if (rotated === undefined) throw new Problem('not-found');
      return c.json(withoutNulls({ ...members(rotated), Secret: shownSecret(signing) }));
    },
  );

  addOperation(
    api,
    {
      ...one,
      path: `${one.path}/enable`,
      method: 'post',
      id: 'EnableWebhookEndpoint',
      summary: 'Have events told again that happen from now on',
      status: 200,
      response: schemas.WebhookEndpointResponse,
    },
    async ({ params: found }, c) => {
      const enabled = await endpoints.enable(tenantOf(), found[idName] ?? '');
      if (enabled === undefined) throw new Problem('not-found');
      return c.json(withoutNulls(members(enabled)));
    },
  );

  addOperation(
    api,
    {
      ...one,
      path: `${one.path}/test`,
      method: 'post',
      id: 'TestWebhookEndpoint',
      summary: 'Send an event to try the endpoint out',
      headers: z.object(idempotencyKey),
      status: 201,
      response: schemas.WebhookTestResponse,
    },
    async ({ params: found, headers, text }, c) => {
      const stored = await endpointOf(found);
      if (stored.status === 'disabled') throw new Problem('webhook-endpoint-disabled');
      const operation = `TestWebhookEndpoint ${stored.id}`;
      const eventId = await idOfCreated(records.idempotency, tenantOf(), {
        ...{ operation, key: headers[idempotencyHeader], text },
      });
      await records.webhookEvents.insertTest(tenantOf(), stored.id, eventId);
      return c.json({ WebhookEventId: eventId }, 201);
    },
  );

  addList(api, {
    path: `${one.path}/deliveries`,
    name: 'WebhookDeliveryRecord',
    tag: webhookTag,
    params,
    query: PageQuery,
    item: schemas.WebhookDeliveryItem,
    load: async (request, found) => {
      const { id: endpointId } = await endpointOf(found);
      return records.webhookDeliveries.listPage(tenantOf(), { endpointId, ...request });
    },
    members: deliveryMembers,
  });

  addReadAndDelete(api, {
    ...{ path, idName, name: 'WebhookEndpoint', tag: webhookTag, records: endpoints },
    response: schemas.WebhookEndpointResponse,
    members,
  });
}

const members = (stored: Stored<WebhookEndpoint>) => ({
  ...entityMembers(stored),
  Url: stored.url,
  EventTypes: stored.eventTypes,
  Description: stored.description,
  SignatureKind: stored.signatureKind,
  PaymentJourneyId: stored.journeyId,
  PublicKey: stored.publicKey,
  PreviousPublicKey: stored.previousPublicKey,
  PreviousSecretUntil: stored.previousSecretUntil?.toISOString(),
  Status: stored.status,
  Disabled: stored.disabledAt?.toISOString(),
  DisabledReason: stored.disabledReason,
});

const deliveryMembers = (delivery: WebhookDelivery) => ({
  Id: delivery.id,
  Created: delivery.created.toISOString(),
  WebhookEventId: delivery.eventId,
  EventType: delivery.eventType,
  IsReplay: delivery.isReplay,
  Status: delivery.status,
  Ended: delivery.endedAt?.toISOString(),
  Attempts: delivery.attempts.map(({ started, outcome, httpStatus, durationMs }) =>
    withoutNulls({
      ...{ Started: started.toISOString(), Outcome: outcome, HttpStatus: httpStatus, DurationMs: durationMs },
    }),
  ),
});
