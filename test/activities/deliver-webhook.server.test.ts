// The delivery step on real parts: Postgres, a receiver, signatures judged by the library of Standard Webhooks. What Temporal
// would do (wait and try again) the test does by moving the clock.
import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DeliveryMetrics, deliverWebhook } from '../../activities/deliver-webhook.ts';
import { StepFailure } from '../../activities/step-failure.ts';
import { allowedHostsOf } from '../../notifications/addresses.ts';
import { patienceMs } from '../../notifications/back-off.ts';
import { createSender } from '../../notifications/send.ts';
import { newSigningSecret, type SignatureKind } from '../../notifications/signatures.ts';
import { createTargetCheck } from '../../notifications/targets.ts';
import type { WebhookQueue } from '../../store/webhook-deliveries.ts';
import { answerWith, type Receiver, startReceiver } from '../notifications/receiver.ts';
import { tenant } from '../store/records.ts';
import { useTestDatabase } from '../store/test-database.ts';
import { newWebhookEndpoint } from '../store/webhook-records.ts';

const database = useTestDatabase();
const hourMs = 60 * 60 * 1000;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.close());
beforeEach(async () => {
  receiver.received.length = 0;
  measured.length = 0;
  attempted.length = 0;
  receiver.answer(answerWith(204));
  const { webhookEndpoints } = database.store;
  const { items } = await webhookEndpoints.listPage(tenant, {});
  for (const { id } of items) await webhookEndpoints.softDelete(tenant, id);
});

async function added(signatureKind: SignatureKind = 'hmac-sha256') {
  const url = `http://127.0.0.1:${receiver.port}/hooks`;
  const endpoint = newWebhookEndpoint({ url, signatureKind });
  const signing = newSigningSecret(signatureKind);
  await database.store.webhookEndpoints.insert(tenant, endpoint, signing);
  return { id: endpoint.id, ...signing };
}

/** A test event, and where it waits. */
async function tested(endpointId: string): Promise<WebhookQueue> {
  const resourceId = randomUUID();
  await database.store.webhookEvents.insertTest(tenant, endpointId, resourceId);
  return { endpointId, resourceId };
}

/** What Prometheus is told. */
const measured: Parameters<DeliveryMetrics['ended']>[] = [];
const attempted: string[] = [];
const deliveryMetrics: DeliveryMetrics = {
  attempted: (outcome) => attempted.push(outcome),
  ended: (...end) => measured.push(end),
};

/** @returns what the step gives, or when it wants to be taken again */
async function attempt(queue: WebhookQueue, allowed = ['127.0.0.1']) {
  const check = createTargetCheck({ allowed: allowedHostsOf(allowed) });
  const sendWebhook = createSender({ check, timeoutMs: 300, atOnce: { perOrigin: 4, altogether: 4 } });
  const { store, clock } = database;
  try {
    const deps = { store, clock, sendWebhook, deliveryMetrics, random: () => 0.5 };
    return await deliverWebhook(deps, { tenant, ...queue });
  } catch (error) {
    if (!(error instanceof StepFailure) || error.type !== 'NotDelivered') throw error;
    return error.retryAfterMs ?? 0;
  }
}

/** As Temporal does. @returns how many attempts were made */
async function untilOver(queue: WebhookQueue): Promise<number> {
  for (let made = 1; ; made += 1) {
    const answer = await attempt(queue);
    if (typeof answer !== 'number') return made;
    database.clock.moveMs(answer);
  }
}

const logOf = async (endpointId: string) =>
  (await database.store.webhookDeliveries.listPage(tenant, { endpointId })).items;

/** As the library has it, at the time of the tests' own clock. */
function verified(secret: string, { body, headers } = receiver.received.at(-1) ?? { body: '', headers: {} }) {
  vi.useFakeTimers({ toFake: ['Date'], now: database.clock.nowMs() });
  try {
    return new Webhook(secret).verify(body, headers);
  } finally {
    vi.useRealTimers();
  }
}

describe('a delivery', () => {
  it('arrives under the id of its event, signed at the time of the attempt', async () => {
    const { id, secret } = await added();
    const queue = await tested(id);
    const event = await database.store.webhookEvents.find(tenant, queue.resourceId);
    database.clock.moveMs(hourMs);
    expect(await attempt(queue)).toEqual({ isMore: false });
    expect(verified(secret)).toEqual(JSON.parse(event?.payload ?? ''));
    const [got] = receiver.received;
    expect(got).toMatchObject({ body: event?.payload, headers: { 'webhook-id': event?.id } });
    expect(got?.headers['webhook-timestamp']).toBe(String(Math.floor(database.clock.nowMs() / 1000)));
    expect(await logOf(id)).toMatchObject([
      {
        status: 'delivered',
        attempts: [{ outcome: 'delivered', httpStatus: 204, started: database.clock.now() }],
      },
    ]);
    expect(await attempt(queue), 'nothing waits').toEqual({ isMore: false });
    expect(receiver.received).toHaveLength(1);
    expect([attempted, measured]).toEqual([['delivered'], [['delivered', hourMs]]]);
  });

  it('is signed with either secret for a day after a rotation', async () => {
    const { id, secret: old } = await added();
    const young = newSigningSecret('hmac-sha256');
    await database.store.webhookEndpoints.rotateSecret(tenant, id, young);
    await attempt(await tested(id));
    for (const secret of [old, young.secret])
      expect(verified(secret)).toMatchObject({ type: 'webhook-endpoint.test' });
    database.clock.moveMs(24 * hourMs);
    await attempt(await tested(id));
    expect(verified(young.secret)).toMatchObject({ type: 'webhook-endpoint.test' });
    expect(() => verified(old)).toThrow();
  });

  it('keeps the order of its resource while one is not taken', async () => {
    const { id } = await added();
    const queue = await tested(id);
    const event = { type: 'webhook-endpoint.test', data: { WebhookEndpointId: id } };
    for (const occasion of [1, 2, 3]) {
      database.clock.moveMs(occasion);
      await database.store.webhookEvents.replay(tenant, {
        eventId: queue.resourceId,
        occasionId: randomUUID(),
      });
    }
    const waiting = await logOf(id);
    receiver.answer(answerWith(503));
    expect(await attempt(queue)).toBe(3_750);
    expect(await attempt(queue)).toBe(7_500);
    receiver.answer(answerWith(200));
    expect(await attempt(queue)).toEqual({ isMore: true });
    expect((await logOf(id)).map(({ status }) => status)).toEqual([
      'delivered',
      'pending',
      'pending',
      'pending',
    ]);
    receiver.answer(answerWith(500));
    expect(await attempt(queue)).toBe(3_750);
    receiver.answer(answerWith(200));
    expect(await attempt(queue)).toEqual({ isMore: true });
    expect(await attempt(queue)).toEqual({ isMore: true });
    expect(await attempt(queue)).toEqual({ isMore: false });
    const log = await logOf(id);
    expect(log.map((delivery) => [delivery.id, delivery.status, delivery.attempts.length])).toEqual(
      waiting.map((delivery, n) => [delivery.id, 'delivered', [3, 2, 1, 1][n]]),
    );
    for (const { body } of receiver.received) expect(JSON.parse(body)).toMatchObject(event);
  });

  it('that is refused for now is tried again when the receiver says, in seconds or by a date, within an hour', async () => {
    const { id } = await added();
    const queue = await tested(id);
    const refused = (status: number, retryAfter: string) => {
      receiver.answer(answerWith(status, { 'retry-after': retryAfter }));
      return attempt(queue);
    };
    const jitterMs = 2_500;
    expect(await refused(429, '120')).toBe(120_000 + jitterMs);
    const inTwentyMinutes = new Date(database.clock.nowMs() + hourMs / 3).toUTCString();
    const leftMs = Date.parse(inTwentyMinutes) - database.clock.nowMs();
    expect(await refused(503, inTwentyMinutes)).toBe(leftMs + jitterMs);
    expect(await refused(503, '86400'), 'an hour at most').toBe(hourMs);
    expect(await refused(503, 'soon'), 'the fourth of its own').toBe(30_000);
    expect(await refused(500, '86400'), 'no answer that may ask').toBe(60_000);
    receiver.answer(answerWith(204));
    expect(await attempt(queue)).toEqual({ isMore: false });
  });

  it('is given up after 72 hours, which disables an endpoint that took nothing, and the others are told', async () => {
    const [failing, watching] = [await added(), await added('ed25519')];
    const queue = await tested(failing.id);
    const started = database.clock.nowMs();
    receiver.answer(answerWith(500));
    const attempts = await untilOver(queue);
    const tookMs = database.clock.nowMs() - started;
    expect([tookMs >= patienceMs, tookMs < patienceMs + 2_000]).toEqual([true, true]);
    expect(attempts).toBeGreaterThan(90);
    expect(attempted).toEqual(Array(attempts).fill('refused'));
    expect(measured).toEqual([['failed', tookMs]]);
    const [delivery] = await logOf(failing.id);
    expect(delivery).toMatchObject({ status: 'failed', endedAt: database.clock.now() });
    expect(delivery?.attempts).toHaveLength(attempts);
    expect(await database.store.webhookEndpoints.find(tenant, failing.id)).toMatchObject({
      status: 'disabled',
    });
    receiver.answer(answerWith(204));
    expect(await attempt({ endpointId: watching.id, resourceId: failing.id })).toEqual({ isMore: false });
    const notice = receiver.received.at(-1);
    expect(JSON.parse(notice?.body ?? '')).toMatchObject({
      ...{ type: 'webhook-endpoint.disabled', data: { WebhookEndpointId: failing.id, Reason: 'failing' } },
    });
    expect(notice?.headers['webhook-signature']).toMatch(/^v1a,/);
    // Enabled again, it is told again what it missed.
    await database.store.webhookEndpoints.enable(tenant, failing.id);
    await database.store.webhookEvents.replay(tenant, {
      ...{ eventId: queue.resourceId, occasionId: randomUUID(), endpointId: failing.id },
    });
    expect(await attempt(queue)).toEqual({ isMore: false });
    expect(receiver.received.at(-1)?.headers['webhook-id']).toBe(queue.resourceId);
  });

  it('that meets 410 is given up at once: the endpoint wants no more', async () => {
    const { id } = await added();
    const queue = await tested(id);
    receiver.answer(answerWith(410));
    expect(await attempt(queue)).toEqual({ isMore: false });
    expect(await database.store.webhookEndpoints.find(tenant, id)).toMatchObject({ disabledReason: 'gone' });
    expect([attempted, measured]).toEqual([['refused'], [['failed', 0]]]);
  });

  it('goes nowhere private, even to an endpoint that is registered, and tries again', async () => {
    const { id } = await added();
    const queue = await tested(id);
    const before = receiver.connections();
    expect(await attempt(queue, [])).toBe(3_750);
    expect(receiver.connections()).toBe(before);
    expect(await logOf(id)).toMatchObject([{ status: 'pending', attempts: [{ outcome: 'target-refused' }] }]);
  });

  it('to an endpoint that was deleted is not made', async () => {
    const { id } = await added();
    const queue = await tested(id);
    await database.store.webhookEndpoints.softDelete(tenant, id);
    expect(await attempt(queue)).toEqual({ isMore: false });
    expect(receiver.received).toEqual([]);
  });
});
