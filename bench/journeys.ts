// How much of a payment's cost is Temporal's own: CPU of the same journeys with empty steps, divided by the CPU of real
// ones, each of Temporal, worker, API and Postgres together. The bank is left out of both.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { pay } from '../cli/journeys/payment.ts';
import { register } from '../cli/journeys/registration.ts';
import type { Stage } from '../cli/stage.ts';
import { searchAttributes } from '../temporal/search-attributes.ts';
import { cpuMs, treeCpuMs } from './cpu-time.ts';
import { withHouse } from './house.ts';
import type { Say } from './run.ts';
import { quietStage, turnKnobs } from './stage.ts';
import { median, rounded } from './statistics.ts';

const { EventType, HistoryEventFilterType } = proto.temporal.api.enums.v1;
const windows = 5;
const journeysPerWindow = 40;

export function measureJourneys(say: Say) {
  return withHouse(async (everything) => {
    const { serverPids, roles, environment, temporalAddress } = everything;
    const { postgres, temporal } = serverPids;
    if (postgres === undefined || temporal === undefined) throw new Error('embedded servers are needed');
    // The first look finds it on its way, the second one at its end.
    await turnKnobs(everything, {
      paymentStatuses: ['RCVD', 'ACSP', 'ACCC'],
      advanceOnRead: true,
      paymentStepMs: 0,
    });
    const connection = await Connection.connect({ address: temporalAddress });
    const client = new Client({ connection });
    const empty = fork(join(import.meta.dirname, 'empty-journeys.ts'), {
      env: { ...process.env, ...environment },
    });
    await once(empty, 'message');
    const stage = { ...quietStage(everything), watch: watchOf(client) };
    const registered = await register(stage);

    const real = async () => {
      const paid = Array.from({ length: journeysPerWindow }, () => pay(stage, registered));
      return (await Promise.all(paid)).map(({ consentId }) => consentId);
    };
    const emptyOnes = async () => {
      empty.send(journeysPerWindow);
      const [consentIds] = await once(empty, 'message');
      await Promise.all(consentIds.map((id: string) => paymentEnded(client, id)));
    };
    const servers = () => ({ Postgres: treeCpuMs(postgres), Temporal: cpuMs(temporal) });
    const realCpu = () => ({ ...servers(), worker: cpuMs(roles.worker.pid), API: cpuMs(roles.api.pid) });
    const emptyCpu = () => ({ ...servers(), 'client and worker': cpuMs(empty.pid ?? -1) });

    say('warming up');
    await real();
    await emptyOnes();
    const ratios: number[] = [];
    const rates: number[] = [];
    let consentIds: string[] = [];
    for (let window = 1; window <= windows; window++) {
      const emptyCost = await costOf(emptyCpu, emptyOnes);
      const startedMs = performance.now();
      const realCost = await costOf(realCpu, async () => {
        consentIds = await real();
      });
      rates.push((journeysPerWindow * 1000) / (performance.now() - startedMs));
      ratios.push(sumOf(emptyCost) / sumOf(realCost));
      say(`window ${window}, ms CPU a journey: empty ${inWords(emptyCost)}; real ${inWords(realCost)}`);
    }
    const { activities, events } = await historyOf(client, consentIds[0] ?? '');
    empty.disconnect();
    await connection.close();
    return {
      ratio: rounded(median(ratios)),
      journeysPerSecond: rounded(median(rates), 1),
      activitiesPerJourney: activities,
      eventsPerJourney: events,
    };
  });
}

/** CPU milliseconds by part. */
type Cost = Record<string, number>;

const sumOf = (cost: Cost) => Object.values(cost).reduce((sum, part) => sum + part, 0);

const inWords = (cost: Cost) =>
  `${rounded(sumOf(cost), 0)} (${Object.entries(cost)
    .map(([part, value]) => `${part} ${rounded(value, 0)}`)
    .join(', ')})`;

async function costOf(cpu: () => Cost, run: () => Promise<void>): Promise<Cost> {
  const before = cpu();
  await run();
  const parts = Object.entries(cpu()).map(([part, value]) => [part, value - (before[part] ?? 0)] as const);
  return Object.fromEntries(parts.map(([part, value]) => [part, value / journeysPerWindow]));
}

async function paymentEnded(client: Client, consentId: string): Promise<void> {
  await untilEnded(client, await findPayment(client, consentId));
}

/** Waits for the closing event, whose content only the codec's owners can read. */
async function untilEnded({ workflowService }: Client, workflowId: string): Promise<void> {
  await workflowService.getWorkflowExecutionHistory({
    namespace: 'default',
    execution: { workflowId },
    waitNewEvent: true,
    historyEventFilterType: HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
  });
}

async function findPayment(client: Client, consentId: string): Promise<string> {
  const query = `WorkflowType = 'payment' AND ${searchAttributes.consentId.name} = '${consentId}'`;
  for (;;) {
    for await (const { workflowId } of client.workflow.list({ query })) return workflowId;
    await setTimeout(100);
  }
}

/** Only what the demo's payment needs of it: the journey's id, and its end. */
function watchOf(client: Client): Stage['watch'] {
  return {
    follow: async () => {},
    findPayment: (consentId) => findPayment(client, consentId),
    ended: (workflowId) => untilEnded(client, workflowId),
    summaries: async () => [],
    close: async () => {},
  };
}

/** Of one payment: its consent's journey and its own. */
async function historyOf(client: Client, consentId: string) {
  const histories = await Promise.all(
    [`consent/${consentId}`, await findPayment(client, consentId)].map((id) =>
      client.workflow.getHandle(id).fetchHistory(),
    ),
  );
  const events = histories.flatMap((history) => history.events ?? []);
  const scheduled = EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED;
  return {
    events: events.length,
    activities: events.filter(({ eventType }) => eventType === scheduled).length,
  };
}
