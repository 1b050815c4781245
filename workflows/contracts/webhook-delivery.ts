// The delivery of webhooks as others see it: one journey for each endpoint and resource that something waits for.
import type { TenantId } from './ids.ts';

/** Ids alone: neither payloads nor URLs enter a history. */
export interface WebhookDeliveryInput {
  tenant: TenantId;
  endpointId: string;
  /** Events about the same are delivered in their order. */
  resourceId: string;
}

/** Workflow type and signal names. They live in histories: append, never rename. */
export const webhookDeliveryNames = {
  workflow: 'webhookDelivery',
  eventsWaiting: 'eventsWaiting',
} as const;
