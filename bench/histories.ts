// What the benchmarks ask of Temporal itself: when a payment in one request has ended, and how much it wrote.
import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { paymentJourneyWorkflowId } from '../workflows/contracts/ids.ts';
import { median } from './statistics.ts';

const { EventType, HistoryEventFilterType } = proto.temporal.api.enums.v1;

export type Histories = Awaited<ReturnType<typeof readHistories>>;

export async function readHistories(address: string) {
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });

  /** Waits for the closing event, whose content only the codec's owners can read. */
  async function untilEnded(journeyId: string): Promise<void> {
    await client.workflowService.getWorkflowExecutionHistory({
      namespace: 'default',
      execution: { workflowId: paymentJourneyWorkflowId(journeyId) },
      waitNewEvent: true,
      historyEventFilterType: HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
    });
  }

  /** Of a typical one among payments. */
  async function count(journeyIds: string[]) {
    const journeys: { events: number; activities: number }[] = [];
    for (const id of journeyIds) {
      const { events } = await client.workflow.getHandle(paymentJourneyWorkflowId(id)).fetchHistory();
      const scheduled = (events ?? []).filter(
        ({ eventType }) => eventType === EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
      );
      journeys.push({ events: events?.length ?? 0, activities: scheduled.length });
    }
    return {
      events: median(journeys.map(({ events }) => events)),
      activities: median(journeys.map(({ activities }) => activities)),
    };
  }

  return { untilEnded, count, close: () => connection.close() };
}
