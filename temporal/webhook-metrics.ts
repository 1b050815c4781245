// What a worker tells Prometheus of webhooks, without saying of which: how attempts and deliveries ended, and after how long.
import type { MetricMeter } from '@temporalio/common';
import type { DeliveryMetrics } from '../activities/deliver-webhook.ts';

const durationName = 'webhook_delivery_duration_seconds';

const hour = 3_600;
/** From a receiver that takes it at once to one that comes back on the third day. */
export const webhookBuckets = {
  [durationName]: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, hour, 6 * hour, 24 * hour, 72 * hour],
};

/** @param meter asked for at the first attempt, when there is one */
export function createWebhookMetrics(meter: () => MetricMeter): DeliveryMetrics {
  let made: ReturnType<typeof make> | undefined;
  const metrics = () => {
    made ??= make(meter());
    return made;
  };
  return {
    attempted: (outcome) => metrics().attempts.add(1, { outcome }),
    ended(outcome, afterMs) {
      metrics().deliveries.add(1, { outcome });
      if (outcome === 'delivered') metrics().durations.record(afterMs / 1000);
    },
  };
}

function make(meter: MetricMeter) {
  const [attempted, ended] = ['How attempts to send a webhook ended.', 'How deliveries of webhooks ended.'];
  const took = 'Time from what there was to tell until its receiver had taken it.';
  return {
    attempts: meter.createCounter('webhook_attempts_total', '', attempted),
    deliveries: meter.createCounter('webhook_deliveries_total', '', ended),
    durations: meter.createHistogram(durationName, 'float', '', took),
  };
}
