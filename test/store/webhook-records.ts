// An endpoint to test with, under a fresh id.
import { randomUUID } from 'node:crypto';
import type { NewWebhookEndpoint } from '../../store/webhook-endpoints.ts';

export const newWebhookEndpoint = (values: Partial<NewWebhookEndpoint> = {}): NewWebhookEndpoint => ({
  ...{
    id: randomUUID(),
    createdBy: 'test',
    reference: null,
    url: 'https://hooks.example/',
    eventTypes: null,
  },
  ...{ description: null, signatureKind: 'hmac-sha256', journeyId: null, ...values },
});
