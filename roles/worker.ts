// The worker as a process.
import { readFileSync } from 'node:fs';
import { Runtime } from '@temporalio/worker';
import { createActivities } from '../activities/create-activities.ts';
import type { Config } from '../config.ts';
import { createSender } from '../notifications/send.ts';
import { loadWorkflowBundle } from '../temporal/bundle-workflows.ts';
import { connectionSettings } from '../temporal/connection.ts';
import { createWebhookMetrics } from '../temporal/webhook-metrics.ts';
import { startWebhookTeller } from '../temporal/webhook-teller.ts';
import { startWorker } from '../temporal/worker.ts';
import { defaultTenant } from '../workflows/contracts/ids.ts';
import { layFoundation } from './foundation.ts';

/** Beyond the bank's time-out: a stop must not cut a call off. */
const shutdownMarginMs = 5_000;

/** A fraction of the steps that a worker has room for: receivers that hang do not hold up payments. */
const webhooksAtOnce = { perOrigin: 16, altogether: 100 };

export async function startWorkerRole(config: Config) {
  const foundation = layFoundation(config, 'worker');
  const { log, codec, store } = foundation;
  const sendWebhook = createSender({
    check: foundation.checkWebhookTarget,
    timeoutMs: config.WEBHOOK_TIMEOUT_MS,
    atOnce: webhooksAtOnce,
    trustedCa:
      config.WEBHOOK_CA_FILE === undefined ? undefined : readFileSync(config.WEBHOOK_CA_FILE, 'utf8'),
  });
  const deliveryMetrics = createWebhookMetrics(() => Runtime.instance().metricMeter);
  const worker = await startWorker({
    connection: connectionSettings(config),
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueue: config.TEMPORAL_TASK_QUEUE,
    deployment: config.WORKER_DEPLOYMENT,
    codec,
    bundle: await loadWorkflowBundle(config.WORKFLOW_BUNDLE),
    activities: createActivities({ ...foundation, sendWebhook, deliveryMetrics }),
    log,
    shutdownGraceMs: config.BANK_TIMEOUT_MS + shutdownMarginMs,
    metricsPort: config.WORKER_METRICS_PORT,
  });
  foundation.followCircuits(worker.circuitChanged);
  const stopTelling = startWebhookTeller({
    ...{ tenant: defaultTenant, deliveries: store.webhookDeliveries, events: store.webhookEvents },
    ...{ tell: worker.tellDelivery, log },
  });
  log.info({ taskQueue: config.TEMPORAL_TASK_QUEUE }, 'working');
  return {
    addresses: {},
    failed: worker.finished,
    stop: async () => {
      await stopTelling();
      await worker.stop();
      await foundation.close();
    },
  };
}
