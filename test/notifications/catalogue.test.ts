import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { envelopeOf, eventCatalogue, eventTypes } from '../../notifications/catalogue.ts';

it('names every event as `thing.what-happened`, and says what it tells', () => {
  for (const type of eventTypes) {
    expect(type).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/);
    expect(eventCatalogue[type].summary.length).toBeGreaterThan(10);
  }
});

it('has members in PascalCase that hold no names, account numbers or tokens', () => {
  const members = eventTypes.flatMap((type) => Object.keys(eventCatalogue[type].data.shape));
  expect([...new Set(members)].toSorted()).toEqual(
    [
      'BankProfile',
      'BankStatus',
      'ConsentId',
      'Created',
      'Family',
      'PaymentId',
      'PaymentJourneyId',
      'Reason',
      'Status',
    ].concat('WebhookEndpointId'),
  );
});

it('lets nothing through that it does not know', () => {
  const envelope = envelopeOf('webhook-endpoint.test');
  const event = {
    type: 'webhook-endpoint.test',
    timestamp: '2026-11-20T12:00:00.000Z',
    data: { WebhookEndpointId: randomUUID() },
  };
  expect(envelope.parse(event)).toEqual(event);
  expect(envelope.safeParse({ ...event, data: { ...event.data, Name: 'Jane' } }).success).toBe(false);
  expect(envelope.safeParse({ ...event, type: 'payment.status-changed' }).success).toBe(false);
});
