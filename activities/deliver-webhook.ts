// One attempt to deliver the oldest webhook that waits. One that was not taken fails the step with when to try again, so that
// waiting writes nothing into a history.
import type { Clock } from '../clock.ts';
import { nextAttemptDelayMs } from '../notifications/back-off.ts';
import type { SendWebhook, Sent } from '../notifications/send.ts';
import { signaturesOf } from '../notifications/signatures.ts';
import { retryAfterMs } from '../standards/retry-after.ts';
import type { Store } from '../store/store.ts';
import type { PendingWebhook } from '../store/webhook-deliveries.ts';
import type { WebhookDeliveryInput } from '../workflows/contracts/webhook-delivery.ts';
import { StepFailure } from './step-failure.ts';

/** How it goes, altogether: of no receiver, and of nothing that is told. */
export interface DeliveryMetrics {
  attempted(outcome: Sent['outcome']): void;
  /** @param afterMs since the event */
  ended(outcome: 'delivered' | 'failed', afterMs: number): void;
}

export interface DeliveryDeps {
  store: Pick<Store, 'webhookDeliveries'>;
  clock: Clock;
  sendWebhook: SendWebhook;
  deliveryMetrics: DeliveryMetrics;
  /** From 0 to 1. */
  random?: () => number;
}

const busyMs = 1_000;
/** The receiver wants no more: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
const goneStatus = 410;

export async function deliverWebhook(
  deps: DeliveryDeps,
  { tenant, ...queue }: WebhookDeliveryInput,
): Promise<{ isMore: boolean }> {
  const { store, clock, deliveryMetrics, random = Math.random } = deps;
  const next = await store.webhookDeliveries.findNext(tenant, queue);
  if (next === undefined) return { isMore: false };

  const started = clock.now();
  const startedMs = performance.now();
  const sent = await send(deps, next);
  deliveryMetrics.attempted(sent.outcome);
  if (sent.outcome === 'busy') throw notDelivered('webhook-busy', busyMs * (1 + random()));

  const isDelivered = sent.outcome === 'delivered';
  const httpStatus = 'httpStatus' in sent ? sent.httpStatus : null;
  const isGone = httpStatus === goneStatus;
  const attempts = next.attempts + 1;
  const ageMs = clock.nowMs() - next.created.getTime();
  const askedMs = retryAfterMs('retryAfter' in sent ? sent.retryAfter : undefined, clock.nowMs());
  const delayMs =
    isDelivered || isGone ? undefined : nextAttemptDelayMs({ attempts, ageMs, random: random(), askedMs });
  const failed = isGone ? 'gone' : 'failing';
  const isGivenUp = !isDelivered && delayMs === undefined;
  const end = isDelivered ? 'delivered' : isGivenUp ? 'failed' : undefined;
  await store.webhookDeliveries.recordAttempt(tenant, {
    ...{ deliveryId: next.id, endpointId: queue.endpointId, number: attempts, started },
    ...{ outcome: sent.outcome, httpStatus, durationMs: Math.round(performance.now() - startedMs) },
    end,
    disable: isGivenUp ? failed : undefined,
  });
  if (end !== undefined) deliveryMetrics.ended(end, ageMs);
  if (delayMs !== undefined) throw notDelivered('webhook-not-delivered', delayMs);
  return { isMore: await store.webhookDeliveries.isWaiting(tenant, queue) };
}

function send({ sendWebhook, clock }: DeliveryDeps, next: PendingWebhook): Promise<Sent> {
  const content = {
    ...{ id: next.eventId, timestampSeconds: Math.floor(clock.nowMs() / 1000), body: next.payload },
  };
  return sendWebhook({ url: next.url, ...content, signature: signaturesOf(next.secrets, content) });
}

const notDelivered = (code: string, retryAfterMs: number) =>
  new StepFailure('NotDelivered', code, 'The endpoint has not taken the event.', retryAfterMs);
