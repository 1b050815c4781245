// Tells journeys of the events that were stored for them. Each worker looks for such events all the time: whoever stored one may
// have died a moment later, and needs not know of journeys at all.
import type { Logger } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { TellDelivery } from './webhook-starter.ts';

export interface WebhookTellerOptions {
  tenant: TenantId;
  deliveries: Pick<Store['webhookDeliveries'], 'claimUntold' | 'recordTold'>;
  events: Pick<Store['webhookEvents'], 'forgetOld'>;
  tell: TellDelivery;
  log: Pick<Logger, 'warn'>;
  everyMs?: number;
}

const claimedAtOnce = 200;
const forgetEveryMs = 10 * 60_000;

/** @returns stops it */
export function startWebhookTeller(options: WebhookTellerOptions): () => Promise<void> {
  const { tenant, events, log, everyMs = 500 } = options;
  let stopping = false;
  let wake = () => {};
  let isWell = true;
  let forgetAtMs = 0;

  async function look(): Promise<void> {
    while (!stopping && (await tellSome(options)) === claimedAtOnce);
    if (performance.now() < forgetAtMs) return;
    forgetAtMs = performance.now() + forgetEveryMs;
    await events.forgetOld(tenant);
  }

  async function keepLooking(): Promise<void> {
    while (!stopping) {
      try {
        await look();
        isWell = true;
      } catch {
        // Once for each outage. What was not told is found again.
        if (isWell) log.warn('journeys could not be told of webhooks');
        isWell = false;
      }
      if (!stopping) await pause();
    }
  }

  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, everyMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const ended = keepLooking();
  return async () => {
    stopping = true;
    wake();
    await ended;
  };
}

/** @returns how many were told; rejects when some could not be, which are told later */
async function tellSome({ tenant, deliveries, tell }: WebhookTellerOptions): Promise<number> {
  const untold = await deliveries.claimUntold(tenant, claimedAtOnce);
  const queues = Map.groupBy(untold, ({ endpointId, resourceId }) => `${endpointId} ${resourceId}`);
  const told: string[] = [];
  const outcomes = await Promise.allSettled(
    [...queues.values()].map(async (waiting) => {
      const [first] = waiting;
      if (first === undefined) return;
      await tell({ tenant, endpointId: first.endpointId, resourceId: first.resourceId });
      told.push(...waiting.map(({ id }) => id));
    }),
  );
  if (told.length > 0) await deliveries.recordTold(tenant, told);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return untold.length;
}
