// The worker: runs journeys and their steps, and leaves nothing half done when it is told to stop.
import type { PayloadCodec } from '@temporalio/common';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Activities } from '../activities/index.ts';
import type { CircuitChange } from '../bank-client/transport.ts';
import type { Logger } from '../log.ts';
import type { WorkflowBundle } from './bundle-workflows.ts';
import type { ConnectionSettings } from './connection.ts';
import { dataConverter } from './data-converter.ts';
import { webhookBuckets } from './webhook-metrics.ts';
import { createWebhookStarter, type TellDelivery } from './webhook-starter.ts';

export interface WorkerOptions {
  connection: ConnectionSettings;
  namespace: string;
  taskQueue: string;
  deployment: string;
  codec: PayloadCodec;
  bundle: WorkflowBundle;
  activities: Activities;
  log: Logger;
  /** Longer than the longest bank call: a stop must not cut one off. */
  shutdownGraceMs: number;
  /** Where the SDK's own metrics are served; 0: nowhere. */
  metricsPort: number;
}

export interface RunningWorker {
  /** Ends when the worker has stopped; rejects when it failed. */
  finished: Promise<void>;
  /** For the metrics. */
  circuitChanged(change: CircuitChange): void;
  /** Starts the delivery of webhooks over the worker's own connection. */
  tellDelivery: TellDelivery;
  stop(): Promise<void>;
}

/** The same figures as the API's. */
const circuitGauge: Record<CircuitChange['state'], number> = { closed: 0, 'half-open': 1, open: 2 };

/**
 * Steps at a time. A bank that hangs holds as many as it may get calls at a time, until its circuit opens; there have to be
 * enough for the others meanwhile.
 */
const stepsAtOnce = 400;

export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  installRuntime(options.log, options.metricsPort);
  const connection = await NativeConnection.connect(options.connection);
  const { deployment: deploymentName, bundle } = options;
  const worker = await Worker.create({
    connection,
    namespace: options.namespace,
    taskQueue: options.taskQueue,
    workflowBundle: { code: bundle.code },
    activities: options.activities,
    dataConverter: dataConverter(options.codec),
    shutdownGraceTime: options.shutdownGraceMs,
    stickyQueueScheduleToStartTimeout: '2s',
    maxCachedWorkflows: 500,
    maxConcurrentActivityTaskExecutions: stepsAtOnce,
    workerDeploymentOptions: {
      useWorkerVersioning: true,
      version: { deploymentName, buildId: bundle.buildId },
      defaultVersioningBehavior: 'AUTO_UPGRADE',
    },
  });
  const finished = worker.run();
  finished.catch(() => {}); // whoever waits for `finished` hears of it; until then it is not unhandled
  await becomeCurrentVersion(connection, options);
  const help = '0: calls are made; 1: one call finds out; 2: none is made.';
  const circuits = Runtime.instance().metricMeter.createGauge('bank_circuit_state', 'int', '', help);
  return {
    finished,
    circuitChanged: ({ bank, api, state }) => circuits.set(circuitGauge[state], { bank, api }),
    tellDelivery: createWebhookStarter({ ...options, connection }),
    stop: async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await finished;
      await connection.close();
    },
  };
}

/** The SDK's own log lines may carry failure messages in clear text, so they go through the redacting logger. */
function installRuntime(log: Logger, metricsPort: number): void {
  const logger = new DefaultLogger('WARN', ({ level, message, meta }) => {
    const { error: _unsafe, ...safe } = meta ?? {};
    log[level === 'ERROR' ? 'error' : 'warn'](safe, message);
  });
  Runtime.install({
    logger,
    ...(metricsPort === 0
      ? {}
      : {
          telemetryOptions: {
            metrics: {
              prometheus: {
                bindAddress: `127.0.0.1:${metricsPort}`,
                histogramBucketOverrides: webhookBuckets,
              },
            },
          },
        }),
  });
}

/**
 * A versioned worker is given nothing until its version is the current one. The server knows the version only after
 * the worker has polled, so the first attempts may come too early.
 */
async function becomeCurrentVersion(connection: NativeConnection, options: WorkerOptions): Promise<void> {
  const { namespace, deployment: deploymentName, bundle } = options;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await connection.workflowService.setWorkerDeploymentCurrentVersion({
        namespace,
        deploymentName,
        buildId: bundle.buildId,
        version: `${deploymentName}.${bundle.buildId}`,
        ignoreMissingTaskQueues: true,
      });
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
