// The worker as a process.
import { createActivities } from '../activities/create-activities.ts';
import type { Config } from '../config.ts';
import { loadWorkflowBundle } from '../temporal/bundle-workflows.ts';
import { connectionSettings } from '../temporal/connection.ts';
import { startWorker } from '../temporal/worker.ts';
import { layFoundation } from './foundation.ts';

/** Beyond the bank's time-out: a stop must not cut a call off. */
const shutdownMarginMs = 5_000;

export async function startWorkerRole(config: Config) {
  const foundation = layFoundation(config, 'worker');
  const { log, codec } = foundation;
  const worker = await startWorker({
    connection: connectionSettings(config),
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueue: config.TEMPORAL_TASK_QUEUE,
    deployment: config.WORKER_DEPLOYMENT,
    codec,
    bundle: await loadWorkflowBundle(config.WORKFLOW_BUNDLE),
    activities: createActivities(foundation),
    log,
    shutdownGraceMs: config.BANK_TIMEOUT_MS + shutdownMarginMs,
    metricsPort: config.WORKER_METRICS_PORT,
  });
  foundation.followCircuits(worker.circuitChanged);
  log.info({ taskQueue: config.TEMPORAL_TASK_QUEUE }, 'working');
  return {
    addresses: {},
    failed: worker.finished,
    stop: async () => {
      await worker.stop();
      await foundation.close();
    },
  };
}
