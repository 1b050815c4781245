// Endpoints, events and deliveries on a real Postgres.
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { envelopeOf } from '../../notifications/catalogue.ts';
import { newSigningSecret } from '../../notifications/signatures.ts';
import type { NewWebhookEndpoint } from '../../store/webhook-endpoints.ts';
import { eventLifetimeMs } from '../../store/webhook-events.ts';
import { otherTenant, tenant } from './records.ts';
import { useTestDatabase } from './test-database.ts';
import { newWebhookEndpoint } from './webhook-records.ts';

const database = useTestDatabase();
const endpoints = () => database.store.webhookEndpoints;
const events = () => database.store.webhookEvents;
const deliveries = () => database.store.webhookDeliveries;

const hourMs = 60 * 60 * 1000;
async function added(values: Partial<NewWebhookEndpoint> = {}, of = tenant) {
  const endpoint = newWebhookEndpoint(values);
  const signing = newSigningSecret(endpoint.signatureKind);
  expect(await endpoints().insert(of, endpoint, signing)).toBe(true);
  return { ...endpoint, ...signing };
}

/** A test event, and where it waits. */
async function tested(endpointId: string, of = tenant) {
  const resourceId = randomUUID();
  await events().insertTest(of, endpointId, resourceId);
  return { endpointId, resourceId };
}

const failed = {
  outcome: 'refused',
  httpStatus: 500,
  durationMs: 12,
  end: undefined,
  disable: undefined,
} as const;
const delivered = { ...failed, outcome: 'delivered', httpStatus: 204, end: 'delivered' } as const;
const logOf = async (endpointId: string) =>
  (await deliveries().listPage(tenant, { endpointId, limit: 50 })).items;

beforeEach(async () => {
  const { items } = await endpoints().listPage(tenant, {});
  for (const { id } of items) await endpoints().softDelete(tenant, id);
});

describe('endpoints', () => {
  it('are found, listed, changed and deleted; of another tenant there is nothing', async () => {
    const { id, secret: _, publicKey, ...values } = await added({ description: 'mine', reference: 'r' });
    const stored = {
      ...{ id, ...values, publicKey, created: database.clock.now(), previousPublicKey: null },
      ...{ previousSecretUntil: null, status: 'enabled', disabledAt: null, disabledReason: null },
    };
    expect(await endpoints().find(tenant, id)).toEqual(stored);
    expect((await endpoints().listPage(tenant, { reference: 'r' })).items).toEqual([stored]);
    expect(await endpoints().find(otherTenant, id)).toBeUndefined();
    const changes = {
      url: 'https://other.example/',
      eventTypes: ['payment.status-changed'],
      description: null,
    } as const;
    expect(await endpoints().update(tenant, id, changes)).toEqual({ ...stored, ...changes });
    expect(await endpoints().update(otherTenant, id, changes)).toBeUndefined();
    expect(await endpoints().softDelete(otherTenant, id)).toBe('not-found');
    expect(await endpoints().softDelete(tenant, id)).toBe('deleted');
    expect(await endpoints().softDelete(tenant, id)).toBe('not-found');
    expect(await endpoints().find(tenant, id)).toBeUndefined();
  });

  it('keep the secret that they were made with when they are made again', async () => {
    const { secret, ...endpoint } = await added();
    expect(await endpoints().insert(tenant, endpoint, newSigningSecret('hmac-sha256'))).toBe(false);
    const queue = await tested(endpoint.id);
    expect((await deliveries().findNext(tenant, queue))?.secrets).toEqual([secret]);
  });

  it('sign with the old secret too for a day after each rotation, and never with the one before it', async () => {
    const { id, secret: first } = await added();
    const [second, third] = [newSigningSecret('hmac-sha256'), newSigningSecret('hmac-sha256')];
    const queue = await tested(id);
    const secrets = async () => (await deliveries().findNext(tenant, queue))?.secrets;
    expect(await endpoints().rotateSecret(tenant, id, second)).toMatchObject({
      previousSecretUntil: new Date(database.clock.nowMs() + 24 * hourMs),
    });
    expect(await secrets()).toEqual([second.secret, first]);
    database.clock.moveMs(23 * hourMs);
    expect(await secrets()).toEqual([second.secret, first]);
    await endpoints().rotateSecret(tenant, id, third);
    expect(await secrets()).toEqual([third.secret, second.secret]);
    database.clock.moveMs(24 * hourMs);
    expect(await secrets()).toEqual([third.secret]);
    expect(await endpoints().rotateSecret(otherTenant, id, second)).toBeUndefined();
  });

  it('are rotated one after the other when several ask at once', async () => {
    const { id, publicKey } = await added({ signatureKind: 'ed25519' });
    const keys = Array.from({ length: 6 }, () => newSigningSecret('ed25519'));
    await Promise.all(keys.map((key) => endpoints().rotateSecret(tenant, id, key)));
    const stored = await endpoints().find(tenant, id);
    const last = keys.find((key) => key.publicKey === stored?.publicKey);
    const before = keys.find((key) => key.publicKey === stored?.previousPublicKey);
    expect(stored?.previousPublicKey).not.toBe(publicKey);
    const next = await deliveries().findNext(tenant, await tested(id));
    expect(next?.secrets).toEqual([last?.secret, before?.secret]);
  });

  it('have secrets and payloads encrypted', async () => {
    const { id, secret } = await added({ signatureKind: 'ed25519' });
    await tested(id);
    const rows = await database.db`SELECT encode(ciphertext, 'escape') AS text FROM encrypted_object`;
    const [endpoint] = await database.db`SELECT * FROM webhook_endpoint WHERE id = ${id}`;
    const all = JSON.stringify([rows, endpoint]);
    expect(all).not.toContain(secret.slice('whsk_'.length, 30));
    expect(all).not.toContain('WebhookEndpointId');
  });
});

describe('events', () => {
  it('are delivered once per occasion, in their order, with the same payload', async () => {
    const { id } = await added();
    const queue = await tested(id);
    await events().insertTest(tenant, id, queue.resourceId);
    const event = await events().find(tenant, queue.resourceId);
    expect(event).toMatchObject({
      id: queue.resourceId,
      type: 'webhook-endpoint.test',
      created: database.clock.now(),
    });
    expect(envelopeOf('webhook-endpoint.test').parse(JSON.parse(event?.payload ?? ''))).toMatchObject({
      timestamp: database.clock.now().toISOString(),
      data: { WebhookEndpointId: id },
    });
    const next = await deliveries().findNext(tenant, queue);
    expect(next).toMatchObject({ eventId: event?.id, attempts: 0, payload: event?.payload });
    database.clock.moveMs(1);
    const occasionId = randomUUID();
    const replay = { eventId: queue.resourceId, occasionId };
    const [again] = await events().replay(tenant, replay);
    expect(await events().replay(tenant, replay)).toEqual([again]);
    expect(await logOf(id)).toMatchObject([
      { id: next?.id, status: 'pending', isReplay: false, attempts: [] },
      { id: again?.id, status: 'pending', isReplay: true, attempts: [] },
    ]);
    expect((await deliveries().findNext(tenant, queue))?.id).toBe(next?.id);
    const record = {
      ...delivered,
      deliveryId: next?.id ?? '',
      endpointId: id,
      number: 1,
      started: database.clock.now(),
    };
    await deliveries().recordAttempt(tenant, record);
    await deliveries().recordAttempt(tenant, record);
    expect((await deliveries().findNext(tenant, queue))?.id).toBe(again?.id);
    expect((await logOf(id))[0]).toMatchObject({
      status: 'delivered',
      attempts: [{ outcome: 'delivered', httpStatus: 204 }],
    });
  });

  it('can be replayed for 30 days, and are forgotten then', async () => {
    const { id } = await added();
    const { resourceId: eventId } = await tested(id);
    const next = await deliveries().findNext(tenant, { endpointId: id, resourceId: eventId });
    const record = { deliveryId: next?.id ?? '', endpointId: id, number: 1, started: database.clock.now() };
    await deliveries().recordAttempt(tenant, { ...delivered, ...record });
    database.clock.moveMs(eventLifetimeMs - 1);
    expect(await events().replay(tenant, { eventId, occasionId: randomUUID() })).toHaveLength(1);
    database.clock.moveMs(1);
    expect(await events().replay(tenant, { eventId, occasionId: randomUUID() })).toEqual([]);
    expect(await events().find(tenant, eventId)).toBeUndefined();
    const payloads = () => database.db`SELECT 1 FROM encrypted_object WHERE owner_id = ${eventId}`;
    await events().forgetOld(tenant);
    expect(await payloads(), 'a replay is on its way').toHaveLength(1);
    await endpoints().softDelete(tenant, id);
    await events().forgetOld(tenant);
    expect(await payloads()).toHaveLength(0);
  });

  it('are replayed to one endpoint when it is named, and to none that is another tenant’s', async () => {
    const [first, second, foreign] = [await added(), await added(), await added({}, otherTenant)];
    const { resourceId: eventId } = await tested(first.id);
    const replay = (endpointId?: string) =>
      events().replay(tenant, { eventId, occasionId: randomUUID(), endpointId });
    expect(await replay(second.id)).toMatchObject([{ endpointId: second.id }]);
    expect(await replay(foreign.id)).toEqual([]);
    expect((await replay()).map(({ endpointId }) => endpointId).toSorted()).toEqual(
      [first.id, second.id].toSorted(),
    );
  });
});

describe('deliveries', () => {
  it('disable an endpoint that took nothing since they were made, and the others are told', async () => {
    const [failing, watching] = [await added(), await added()];
    const deaf = await added({ eventTypes: ['payment.status-changed'] });
    const queue = await tested(failing.id);
    const other = await tested(failing.id);
    const next = await deliveries().findNext(tenant, queue);
    database.clock.moveMs(72 * hourMs);
    const record = {
      deliveryId: next?.id ?? '',
      endpointId: failing.id,
      number: 1,
      started: database.clock.now(),
    };
    await deliveries().recordAttempt(tenant, { ...failed, ...record, end: 'failed', disable: 'failing' });
    expect(await endpoints().find(tenant, failing.id)).toMatchObject({
      ...{ status: 'disabled', disabledAt: database.clock.now(), disabledReason: 'failing' },
    });
    expect((await logOf(failing.id)).map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(await deliveries().findNext(tenant, other)).toBeUndefined();
    expect(await logOf(deaf.id)).toEqual([]);
    const notice = await deliveries().findNext(tenant, { endpointId: watching.id, resourceId: failing.id });
    expect(envelopeOf('webhook-endpoint.disabled').parse(JSON.parse(notice?.payload ?? '')).data).toEqual({
      ...{ WebhookEndpointId: failing.id, Reason: 'failing' },
    });
    await events().insertTest(tenant, failing.id, randomUUID());
    expect(await logOf(failing.id), 'nothing is told to it').toHaveLength(2);
    expect(await endpoints().enable(tenant, failing.id)).toMatchObject({
      status: 'enabled',
      disabledAt: null,
    });
    await tested(failing.id);
    expect(await logOf(failing.id)).toHaveLength(3);
  });

  it('leave an endpoint enabled that took something meanwhile', async () => {
    const { id } = await added();
    const bad = await tested(id);
    database.clock.moveMs(1);
    const good = await tested(id);
    const waiting = await deliveries().countWaiting(tenant);
    expect([waiting >= 2, await deliveries().countWaiting(otherTenant)]).toEqual([true, 0]);
    database.clock.moveMs(hourMs);
    for (const [queue, record] of [
      [good, delivered],
      [bad, { ...failed, end: 'failed', disable: 'failing' }],
    ] as const) {
      const next = await deliveries().findNext(tenant, queue);
      const attempt = {
        deliveryId: next?.id ?? '',
        endpointId: id,
        number: 1,
        started: database.clock.now(),
      };
      await deliveries().recordAttempt(tenant, { ...record, ...attempt });
    }
    expect(await deliveries().countWaiting(tenant)).toBe(waiting - 2);
    expect(await endpoints().find(tenant, id)).toMatchObject({ status: 'enabled' });
    expect((await logOf(id)).map(({ status }) => status)).toEqual(['failed', 'delivered']);
  });

  it('are claimed by one teller at a time until they are told, or until it has had long enough', async () => {
    const { id } = await added();
    const queues = [await tested(id), await tested(id), await tested(id)];
    const [first, second] = await Promise.all([
      deliveries().claimUntold(tenant, 2),
      database.connect().store.webhookDeliveries.claimUntold(tenant, 2),
    ]);
    const claimed = [...first, ...second].map(({ resourceId }) => resourceId);
    expect(claimed.toSorted()).toEqual(queues.map(({ resourceId }) => resourceId).toSorted());
    await deliveries().recordTold(
      tenant,
      first.map((delivery) => delivery.id),
    );
    expect(await deliveries().claimUntold(tenant, 10)).toEqual([]);
    database.clock.moveMs(11_000);
    expect((await deliveries().claimUntold(tenant, 10)).map((delivery) => delivery.id).toSorted()).toEqual(
      second.map((delivery) => delivery.id).toSorted(),
    );
    expect(await deliveries().claimUntold(otherTenant, 10)).toEqual([]);
  });
});
