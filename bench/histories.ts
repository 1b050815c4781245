// What the benchmarks ask of Temporal itself: which payment follows a consent, when it has ended, and how much both wrote.
import { setTimeout } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { searchAttributes } from '../temporal/search-attributes.ts';
import { consentWorkflowId } from '../workflows/contracts/ids.ts';
import { median } from './statistics.ts';

const { EventType, HistoryEventFilterType } = proto.temporal.api.enums.v1;

export type Histories = Awaited<ReturnType<typeof readHistories>>;

export async function readHistories(address: string) {
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });

  async function findPayment(consentId: string): Promise<string> {
    const query = `WorkflowType = 'payment' AND ${searchAttributes.consentId.name} = '${consentId}'`;
    for (;;) {
      for await (const { workflowId } of client.workflow.list({ query })) return workflowId;
      await setTimeout(100);
    }
  }

  /** Waits for the closing event, whose content only the codec's owners can read. */
  async function untilEnded(workflowId: string): Promise<void> {
    await client.workflowService.getWorkflowExecutionHistory({
      namespace: 'default',
      execution: { workflowId },
      waitNewEvent: true,
      historyEventFilterType: HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
    });
  }

  async function eventsOf(workflowId: string) {
    const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
    return events ?? [];
  }

  /** Of a typical one among payments: its consent's journey and its own. */
  async function count(consentIds: string[]) {
    const journeys: { events: number; activities: number }[] = [];
    for (const consentId of consentIds) {
      const ids = [consentWorkflowId(consentId), await findPayment(consentId)];
      const events = (await Promise.all(ids.map(eventsOf))).flat();
      const scheduled = events.filter(
        ({ eventType }) => eventType === EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
      );
      journeys.push({ events: events.length, activities: scheduled.length });
    }
    return {
      events: median(journeys.map(({ events }) => events)),
      activities: median(journeys.map(({ activities }) => activities)),
    };
  }

  return { findPayment, untilEnded, count, close: () => connection.close() };
}
