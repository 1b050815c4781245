// The same journeys with nothing in them: the same workflows, updates and number of steps, every step empty. What they
// cost is Temporal's own. Client and worker in one process, told by its parent how many to run.
import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Activities } from '../activities/index.ts';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { layFoundation } from '../roles/foundation.ts';
import { loadWorkflowBundle } from '../temporal/bundle-workflows.ts';
import { createJourneyClient } from '../temporal/client.ts';
import { connectionSettings } from '../temporal/connection.ts';
import { startWorker } from '../temporal/worker.ts';
import { paymentJourneyWorkflowId, defaultTenant as tenant } from '../workflows/contracts/ids.ts';

const taskQueue = 'bench-empty';
const nothing = async () => {};
const activities: Activities = {
  currentTimeMs: async () => systemClock.nowMs(),
  prepareRegistration: nothing,
  registerClientAtBank: nothing,
  updateRegistration: nothing,
  deleteRegistration: async () => ({ leftAtBank: false }),
  createConsentAtBank: async () => ({}),
  uploadPaymentFile: nothing,
  lookAtConsent: async () => ({ isRejected: false }),
  prepareOrder: async ({ paymentId }) => ({ paymentId }),
  recordBankChoice: nothing,
  recordOpenEnd: nothing,
  deleteConsent: nothing,
  recordConsentEnd: nothing,
  recordFailure: nothing,
  completeAuthorisation: nothing,
  refreshGrant: async ({ fromVersion }) => ({ version: fromVersion + 1 }),
  submitPayment: async () => ({ status: 'following' }),
  deliverWebhook: async () => ({ isMore: false }),
  importConsent: async () => ({ status: 'awaiting-authorisation' }),
  lookAtReconfirmation: async () => ({ standing: 'confirmed', lookAgainAtMs: Number.MAX_SAFE_INTEGER }),
  followPaymentStatus: async () => {
    if (Context.current().info.attempt > 1) return { status: 'settled' };
    const options = { type: 'StatusNotFinal', message: 'not yet', nextRetryDelay: '2s' } as const;
    throw ApplicationFailure.create({
      ...options,
      details: [{ code: 'payment-in-progress' }],
      category: 'BENIGN',
    });
  },
};

const config = readConfig(process.env);
const { codec, log, clock } = layFoundation(config, 'bench');
const connection = connectionSettings(config);
const { TEMPORAL_NAMESPACE: namespace } = config;
await startWorker({
  ...{ connection, namespace, taskQueue, deployment: taskQueue, codec, activities, log },
  bundle: await loadWorkflowBundle(config.WORKFLOW_BUNDLE),
  shutdownGraceMs: 1_000,
  metricsPort: 0,
});
const journeys = await createJourneyClient({
  connection,
  namespace,
  taskQueue,
  codec,
  clock,
  waitMs: 60_000,
});

/** As the API does it for a payment in one request, whose customer returns. The journey then ends by itself. */
async function play(): Promise<string> {
  const [journeyId, paymentId] = [randomUUID(), randomUUID()];
  const consent = { tenant, consentId: journeyId, family: 'domestic-payment', bank: 'none' } as const;
  await journeys.beginPaymentJourney({ ...consent, journeyId, paymentId });
  const workflowId = paymentJourneyWorkflowId(journeyId);
  await journeys.completeAuthorisation({ ...consent, workflowId }, { redirectId: randomUUID() });
  return journeyId;
}

process.on('message', async (count: number) => {
  process.send?.(await Promise.all(Array.from({ length: count }, play)));
});
process.on('disconnect', () => process.exit());
process.send?.([]);
