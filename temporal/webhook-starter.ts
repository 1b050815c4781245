// Starts the delivery of what waits for an endpoint, or tells the delivery that is under way.
import { Client, type ConnectionLike } from '@temporalio/client';
import { type PayloadCodec, TypedSearchAttributes } from '@temporalio/common';
import { webhookDeliveryWorkflowId } from '../workflows/contracts/ids.ts';
import { type WebhookDeliveryInput, webhookDeliveryNames } from '../workflows/contracts/webhook-delivery.ts';
import { dataConverter } from './data-converter.ts';
import { searchAttributes } from './search-attributes.ts';

export interface WebhookStarterOptions {
  connection: ConnectionLike;
  namespace: string;
  taskQueue: string;
  codec: PayloadCodec;
}

export type TellDelivery = (input: WebhookDeliveryInput) => Promise<void>;

const waitMs = 5_000;

export function createWebhookStarter(options: WebhookStarterOptions): TellDelivery {
  const { connection, namespace, taskQueue, codec } = options;
  const client = new Client({ connection, namespace, dataConverter: dataConverter(codec) });
  return async (input) => {
    // Deadlines of calls to Temporal are about this machine's own time, whatever the injected clock says.
    const deadline = performance.timeOrigin + performance.now() + waitMs;
    await connection.withDeadline(deadline, () =>
      client.workflow.signalWithStart(webhookDeliveryNames.workflow, {
        workflowId: webhookDeliveryWorkflowId(input.endpointId, input.resourceId),
        taskQueue,
        args: [input],
        signal: webhookDeliveryNames.eventsWaiting,
        // An earlier one has delivered all there was.
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        staticSummary: 'Webhooks about one resource to one endpoint',
        typedSearchAttributes: new TypedSearchAttributes([
          { key: searchAttributes.tenant, value: input.tenant },
          { key: searchAttributes.journey, value: 'webhook-delivery' },
          { key: searchAttributes.state, value: 'delivering' },
        ]),
      }),
    );
  };
}
