// The delivery of what waits for one endpoint about one resource, in order: each event until the endpoint has taken it or is
// given up on. The journey ends when nothing waits; the next event starts it anew under the same id.
import {
  continueAsNew,
  defineSignal,
  isCancellation,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { webhooks } from './activity-options.ts';
import { webhookDeliveryNames as names, type WebhookDeliveryInput } from './contracts/webhook-delivery.ts';
import { standAt } from './steps/standing.ts';

const eventsWaiting = defineSignal(names.eventsWaiting);

/** Far below what a history may hold. */
const deliveriesPerRun = 50;

export async function webhookDelivery(input: WebhookDeliveryInput): Promise<void> {
  let isTold = false;
  setHandler(eventsWaiting, () => {
    isTold = true;
  });
  const { deliverWebhook } = webhooks(input.endpointId);

  for (let delivered = 0; ; delivered += 1) {
    // Whatever is waiting by now is found in the records, by this run or the next.
    isTold = false;
    if (delivered === deliveriesPerRun || workflowInfo().continueAsNewSuggested)
      return await continueAsNew<typeof webhookDelivery>(input);
    const { isMore } = await deliverWebhook(input).catch(untilMended);
    // Whoever told of events after the records were looked at may have stored them after that, too.
    if (!isMore && !isTold) break;
  }
  standAt('delivered', 'Nothing waits for the endpoint any more.');
}

/** No attempt could be made, because of a secret that cannot be read, say. What waits goes on waiting for somebody to mend that. */
async function untilMended(error: unknown): Promise<{ isMore: true }> {
  if (isCancellation(error)) throw error;
  standAt(
    'held-up',
    'No attempt can be made. The failure of the last step says why; it is taken again every ten minutes.',
  );
  await sleep('10 minutes');
  return { isMore: true };
}
