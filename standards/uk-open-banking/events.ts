// The endpoints of event subscriptions and of aggregated polling at the bank:
// https://openbankinguk.github.io/read-write-api-site3/v4.0/profiles/events-api-profile.html
import { defineEndpoints } from './endpoint.ts';

const common = {
  document: 'events',
  api: 'events',
  scope: 'any',
  grant: 'client-credentials',
  idempotent: false,
  permissions: [],
  query: [],
} as const;

const oneSubscription = { ...common, path: '/event-subscriptions/{EventSubscriptionId}' } as const;

export const events = defineEndpoints({
  createEventSubscription: {
    ...common,
    ...{ method: 'POST', path: '/event-subscriptions', signed: 'both', status: 201 },
    ...{ request: 'json', response: 'json' },
  },
  getEventSubscriptions: {
    ...common,
    ...{ method: 'GET', path: '/event-subscriptions', signed: 'response', status: 200 },
    ...{ request: null, response: 'json' },
  },
  changeEventSubscription: {
    ...oneSubscription,
    ...{ method: 'PUT', signed: 'both', status: 200, request: 'json', response: 'json' },
  },
  deleteEventSubscription: {
    ...oneSubscription,
    ...{ method: 'DELETE', signed: 'neither', status: 204, request: null, response: null },
  },
  pollEvents: {
    ...common,
    ...{ method: 'POST', path: '/events', signed: 'neither', status: 200, request: 'json', response: 'json' },
  },
});
