// The delivery journey with its step replaced: how long it goes on, what it writes down, and that nothing is left behind.
import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nextAttemptDelayMs, patienceMs } from '../../notifications/back-off.ts';
import { createWebhookStarter } from '../../temporal/webhook-starter.ts';
import { webhookDeliveryWorkflowId } from '../../workflows/contracts/ids.ts';
import type { WebhookDeliveryInput } from '../../workflows/contracts/webhook-delivery.ts';
import { type JourneyHarness, startJourneyHarness } from './harness.ts';
import { testCodec } from './test-codec.ts';

let harness: JourneyHarness;
beforeAll(async () => {
  harness = await startJourneyHarness();
});
afterAll(() => harness.close());

type Step = (input: WebhookDeliveryInput) => Promise<{ isMore: boolean }>;

/** @param during is given how to tell of events, and how to wait for the journey's end */
async function deliver(
  deliverWebhook: Step,
  during: (tell: () => Promise<void>, ended: () => Promise<number>) => Promise<void>,
) {
  const input = { tenant: 'default', endpointId: randomUUID(), resourceId: randomUUID() };
  const { client, connection } = harness.env;
  const id = webhookDeliveryWorkflowId(input.endpointId, input.resourceId);
  await harness.withWorker({ deliverWebhook }, async (taskQueue) => {
    const tell = createWebhookStarter({ connection, namespace: 'default', taskQueue, codec: testCodec });
    const ended = async () => {
      await client.workflow.getHandle(id).result();
      return (await client.workflow.getHandle(id).fetchHistory()).events?.length ?? 0;
    };
    await during(() => tell(input), ended);
  });
}

const notDelivered = (delayMs: number) =>
  ApplicationFailure.create({
    ...{ type: 'NotDelivered', message: 'no', details: [{ code: 'webhook-not-delivered' }] },
    nextRetryDelay: delayMs,
  });

test('tries for 72 hours, and waiting writes nothing into the history', async () => {
  const sizes: number[] = [];
  let attempts = 0;
  // The waits that were asked for: the server that skips time also skips some while a step runs.
  let ageMs = 0;
  await deliver(
    async () => {
      attempts += 1;
      const delayMs = nextAttemptDelayMs({ attempts, ageMs, random: 0.5 });
      if (delayMs === undefined) return { isMore: false };
      ageMs += delayMs;
      throw notDelivered(delayMs);
    },
    async (tell, ended) => {
      await tell();
      sizes.push(await ended());
    },
  );
  expect(ageMs).toBeGreaterThanOrEqual(patienceMs);
  expect(attempts).toBeGreaterThan(90);
  await deliver(
    async () => ({ isMore: false }),
    async (tell, ended) => {
      await tell();
      sizes.push(await ended());
    },
  );
  expect(sizes[0]).toBe(sizes[1]);
});

test('makes one attempt at a time until nothing waits, then ends; the next event starts it anew', async () => {
  let waiting = 3;
  let running = 0;
  let looks = 0;
  await deliver(
    async () => {
      looks += 1;
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      waiting -= 1;
      return { isMore: waiting > 0 };
    },
    async (tell, ended) => {
      await tell();
      await ended();
      expect([waiting, looks]).toEqual([0, 3]);
      waiting = 1;
      await tell();
      await ended();
      expect([waiting, looks]).toEqual([0, 4]);
    },
  );
});

test('leaves no event behind that is told of while the last one is delivered', async () => {
  let waiting = 1;
  let looks = 0;
  const working = Promise.withResolvers<void>();
  const told = Promise.withResolvers<void>();
  await deliver(
    async () => {
      looks += 1;
      waiting -= 1;
      const isMore = waiting > 0;
      // The records have been looked at; what is stored from now on is not in the answer.
      working.resolve();
      await told.promise;
      return { isMore };
    },
    async (tell, ended) => {
      await tell();
      await working.promise;
      waiting += 1;
      await tell();
      told.resolve();
      await ended();
      expect([waiting, looks]).toEqual([0, 2]);
    },
  );
});

test('goes on as new long before its history is full', async () => {
  let waiting = 120;
  await deliver(
    async () => {
      waiting -= 1;
      return { isMore: waiting > 0 };
    },
    async (tell, ended) => {
      await tell();
      expect(await ended()).toBeLessThan(51 * 6);
      expect(waiting).toBe(0);
    },
  );
});

test('waits for somebody to mend what keeps it from making an attempt', async () => {
  let looks = 0;
  await deliver(
    async () => {
      looks += 1;
      if (looks < 4)
        throw ApplicationFailure.create({
          type: 'ConfigurationMissing',
          message: 'no key',
          nonRetryable: true,
        });
      return { isMore: false };
    },
    async (tell, ended) => {
      await tell();
      await ended();
      expect(looks).toBe(4);
    },
  );
});
