// Every workflow has come to an end that a business can live with. Consents that were lost on the way wait for customers who
// will not come any more: they are ended first.
import { setTimeout } from 'node:timers/promises';
import { Client, Connection, type WorkflowExecutionInfo } from '@temporalio/client';
import { searchAttributes } from '../../temporal/search-attributes.ts';
import { type CarefulCaller, createCarefulCaller } from './careful-caller.ts';
import type { Ground } from './ground.ts';

const closedWithinMs = 150_000;
const endedAtOnce = 8;

/** @returns what went wrong */
export async function workflowsLeft({ everything }: Ground): Promise<string[]> {
  const connection = await Connection.connect({ address: everything.temporalAddress });
  const { workflow } = new Client({ connection });
  const list = async (query: string) => {
    const found: WorkflowExecutionInfo[] = [];
    for await (const one of workflow.list({ query })) found.push(one);
    return found;
  };
  // The client's registration goes on for as long as there is a client.
  const running = () => list("ExecutionStatus = 'Running' AND WorkflowType != 'clientRegistration'");
  const untilMs = performance.now() + closedWithinMs;
  try {
    const caller = createCarefulCaller(everything.roles.api.addresses.api ?? '');
    const waiting = await list(
      "ExecutionStatus = 'Running' AND WorkflowType IN ('consent', 'paymentJourney')",
    );
    while (waiting.length > 0)
      await Promise.all(waiting.splice(0, endedAtOnce).map((one) => endWaiting(caller, one)));
    let open = await running();
    while (open.length > 0 && performance.now() < untilMs) {
      await setTimeout(500);
      open = await running();
    }
    // A consent may end as failed, and a journey with it; a payment that money was meant for may not: the records say so.
    const badly = await list(
      "ExecutionStatus != 'Running' AND ExecutionStatus != 'Completed' AND ExecutionStatus != 'ContinuedAsNew'",
    );
    return [
      ...open.map(({ workflowId }) => `${workflowId} is still open`),
      ...badly
        .filter(({ type, status }) => !mayFail.includes(type) || status.name !== 'FAILED')
        .map(({ workflowId, status }) => `${workflowId} ended as ${status.name}`),
    ];
  } finally {
    await connection.close();
  }
}

const mayFail = ['consent', 'paymentJourney'];

async function endWaiting(caller: CarefulCaller, one: WorkflowExecutionInfo): Promise<void> {
  const id = one.workflowId.split('/').at(-1);
  const patienceMs = closedWithinMs;
  if (one.type === 'paymentJourney') {
    await caller.ask({ method: 'POST', path: `/payment-journeys/${id}/call-off`, patienceMs });
    return;
  }
  // Called after its family: `domestic-payment-consent`.
  const journey = one.typedSearchAttributes.get(searchAttributes.journey);
  await caller.ask({ method: 'DELETE', path: `/pisp/${journey}s/${id}`, patienceMs });
}
