// Watches a journey's history on the Temporal server and tells each step as it is written down.
import { setTimeout } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { searchAttributes } from '../temporal/search-attributes.ts';
import type { Narrator } from './narrator.ts';

const { EventType } = proto.temporal.api.enums.v1;

/** Steps in words; what is not listed is told by its name. */
const words: Record<string, string> = {
  prepareRegistration: "read the bank's discovery document",
  registerClientAtBank: 'fetched our software statement and registered at the bank, once',
  createConsentAtBank: 'the bank recorded the consent',
  completeAuthorisation: "checked the customer's return and exchanged the code, once",
  refreshGrant: 'refreshed the tokens, once',
  uploadPaymentFile: 'handed the file to the bank, with the same key and bytes at every attempt',
  submitPayment: 'submitted the payment, with the same key and bytes at every attempt',
  followPaymentStatus: 'the payment reached a final status',
};

export interface JourneySummary {
  id: string;
  type: string;
  status: string;
  events: number;
}

export interface JourneyWatch {
  /**
   * Tells the steps of a journey that has been started, until it ends or `close` is called.
   * Resolves when it has told those that were written down already.
   */
  follow(workflowId: string): Promise<void>;
  /** Resolves when the journey has ended. */
  ended(workflowId: string): Promise<void>;
  /** The journey of a consent's payment. */
  findPayment(consentId: string): Promise<string>;
  summaries(): Promise<JourneySummary[]>;
  close(): Promise<void>;
}

export async function watchJourneys(address: string, narrator: Narrator): Promise<JourneyWatch> {
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const stopping = new AbortController();
  const followed = new Map<string, Promise<void>>();

  async function tell(workflowId: string, caughtUp: () => void): Promise<void> {
    const scheduled = new Map<string, { name: string; atMs: number }>();
    let nextPageToken: Uint8Array | undefined;
    let runId: string | undefined;
    for (;;) {
      const page = await connection.withAbortSignal(stopping.signal, () =>
        connection.workflowService.getWorkflowExecutionHistory({
          namespace: 'default',
          execution: { workflowId, ...(runId ? { runId } : {}) },
          waitNewEvent: true,
          ...(nextPageToken ? { nextPageToken } : {}),
        }),
      );
      for (const event of page.history?.events ?? []) {
        const atMs = Number(event.eventTime?.seconds ?? 0) * 1000 + (event.eventTime?.nanos ?? 0) / 1e6;
        if (event.eventType === EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED) {
          const name = event.activityTaskScheduledEventAttributes?.activityType?.name ?? '';
          scheduled.set(String(event.eventId), { name, atMs });
        }
        if (event.eventType === EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED) {
          const id = String(event.activityTaskCompletedEventAttributes?.scheduledEventId);
          const step = scheduled.get(id);
          if (step) narrator.step(words[step.name] ?? step.name, `${Math.round(atMs - step.atMs)} ms`);
        }
        runId = event.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? runId;
      }
      caughtUp();
      const last = page.history?.events?.at(-1)?.eventType;
      if (last === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW) nextPageToken = undefined;
      else if (!page.nextPageToken?.length) return;
      else nextPageToken = page.nextPageToken;
    }
  }

  return {
    follow: (workflowId) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const telling = tell(workflowId, resolve);
      telling.catch(() => resolve()); // closed
      followed.set(workflowId, telling);
      return promise;
    },
    ended: async (workflowId) => {
      await followed.get(workflowId);
    },
    findPayment: async (consentId) => {
      const query = `WorkflowType = 'payment' AND ${searchAttributes.consentId.name} = '${consentId}'`;
      // What can be searched follows a moment after what is.
      for (;;) {
        for await (const { workflowId } of client.workflow.list({ query })) return workflowId;
        await setTimeout(100);
      }
    },
    summaries: () =>
      Promise.all(
        [...followed.keys()].map(async (id) => {
          const { type, status, historyLength } = await client.workflow.getHandle(id).describe();
          return { id, type, status: status.name, events: historyLength };
        }),
      ),
    close: async () => {
      stopping.abort();
      await connection.close();
    },
  };
}
