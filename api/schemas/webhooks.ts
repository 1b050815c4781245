// Webhooks: endpoints, what there was to tell, and how each telling went.
import { z } from '@hono/zod-openapi';
import { type EventType, eventTypes } from '../../notifications/catalogue.ts';
import { signatureKinds } from '../../notifications/signatures.ts';
import { PageQuery } from './lists.ts';
import { dateTime, entityRequest, entityResponse, id } from './shared.ts';

const uuid = z.string().openapi({ format: 'uuid' });
const eventType = z.enum(eventTypes);
const wanted = z
  .array(eventType)
  .min(1)
  .refine((types) => new Set(types).size === types.length, 'must not name an event twice');

const settings = {
  Url: z.string().max(2000).openapi({ format: 'uri' }),
  EventTypes: wanted.nullish().openapi({ description: 'Absent or null: all there are.' }),
  Description: z.string().max(500).nullish(),
};

// Strict: a misspelt filter would be none at all.
export const WebhookEndpoint = z
  .strictObject({
    ...settings,
    SignatureKind: z.enum(signatureKinds).default('hmac-sha256'),
    ...entityRequest,
  })
  .openapi('WebhookEndpoint');

export const WebhookEndpointUpdate = z
  .strictObject({ ...settings, Url: settings.Url.optional() })
  .openapi('WebhookEndpointUpdate', { description: 'What is absent stays as it is.' });

const endpointMembers = {
  Url: z.string(),
  EventTypes: z.array(eventType).optional(),
  Description: z.string().optional(),
  SignatureKind: z.enum(signatureKinds),
  PaymentJourneyId: uuid
    .optional()
    .openapi({ description: 'The payment in one request that it is told of alone.' }),
  PublicKey: z.string().optional().openapi({ description: '`whpk_…`: verifies `v1a` signatures.' }),
  PreviousPublicKey: z.string().optional(),
  PreviousSecretUntil: dateTime
    .optional()
    .openapi({ description: 'Until then the secret before the present one signs too.' }),
  Status: z.enum(['enabled', 'disabled']),
  Disabled: dateTime.optional(),
  DisabledReason: z.enum(['failing', 'gone']).optional(),
  ...entityResponse,
};

export const WebhookEndpointResponse = z.object(endpointMembers).openapi('WebhookEndpointResponse');

export const WebhookEndpointWithSecret = z
  .object({
    ...endpointMembers,
    Secret: z
      .string()
      .optional()
      .openapi({ description: '`whsec_…`, shown this once. Absent where signatures are `v1a`.' }),
  })
  .openapi('WebhookEndpointWithSecret');

export const WebhookTestResponse = z.object({ WebhookEventId: uuid }).openapi('WebhookTestResponse');

const attempt = z.object({
  Started: dateTime,
  Outcome: z.enum(['delivered', 'refused', 'timeout', 'unreachable', 'target-refused']),
  HttpStatus: z.int().optional(),
  DurationMs: z.int(),
});

export const WebhookDeliveryItem = z
  .object({
    Id: uuid,
    Created: dateTime,
    WebhookEventId: uuid,
    EventType: eventType,
    IsReplay: z.boolean(),
    Status: z.enum(['pending', 'delivered', 'failed']),
    Ended: dateTime.optional(),
    Attempts: z.array(attempt),
  })
  .openapi('WebhookDelivery');

export const WebhookEventItem = z
  .object({
    Id: uuid.openapi({ description: 'The `webhook-id`.' }),
    Created: dateTime,
    Type: eventType,
    ResourceId: uuid.openapi({ description: 'What it is about.' }),
    Payload: z.record(z.string(), z.unknown()).openapi({ description: 'As it is sent.' }),
  })
  .openapi('WebhookEvent');

export const WebhookEventQuery = z.strictObject({
  type: eventType.optional(),
  resourceId: id.optional(),
  ...PageQuery.shape,
});

export const WebhookReplay = z
  .strictObject({
    WebhookEndpointId: id.nullish().openapi({ description: 'Absent or null: all that want such events.' }),
  })
  .openapi('WebhookReplay');

export const WebhookReplayResponse = z
  .object({ Deliveries: z.array(z.object({ Id: uuid, WebhookEndpointId: uuid })) })
  .openapi('WebhookReplayResponse');

/** `payment.status-changed` → `PaymentStatusChangedWebhook` */
export const schemaNameOf = (type: EventType) =>
  `${type.replace(/(^|[.-])([a-z])/g, (_, __, letter: string) => letter.toUpperCase())}Webhook`;
