// Says whether a storm was weathered: by the bank's own counters first, then by what callers were told, by our records, and
// by Temporal.
import { setTimeout } from 'node:timers/promises';
import { Client, Connection, type WorkflowExecutionInfo } from '@temporalio/client';
import { connectDatabase } from '../../store/sql.ts';
import { createCarefulCaller } from './careful-caller.ts';
import { families } from './families.ts';
import type { Ground } from './ground.ts';
import type { Paid } from './payer.ts';

const closedWithinMs = 150_000;

/** @returns what went wrong, nothing when all is well */
export async function judge(ground: Ground, paid: readonly Paid[]): Promise<string[]> {
  return [
    ...(await executions(ground, paid)),
    ...(await workflowsLeft(ground)),
    ...(await records(ground, paid)),
  ];
}

/** Executed exactly once each, and nothing else. */
async function executions(ground: Ground, paid: readonly Paid[]): Promise<string[]> {
  const { hybrid } = await ground.control('GET', '/counters');
  const counted: Record<string, number> = hybrid.paymentsByEndToEnd;
  const wrong = paid
    .map(({ reference }) => ({ reference, times: counted[reference] ?? 0 }))
    .filter(({ times }) => times !== 1)
    .map(({ reference, times }) => `${reference} was executed ${times} times`);
  const total: number = hybrid.paymentsExecuted;
  if (total !== paid.length) wrong.push(`the bank executed ${total} payments for ${paid.length} payers`);
  return wrong;
}

/** Consents that were lost on the way wait for customers who will not come any more: they are ended first. */
async function workflowsLeft({ everything }: Ground): Promise<string[]> {
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
    for (const { workflowId, type } of await list("ExecutionStatus = 'Running' AND WorkflowType = 'consent'"))
      if (type === 'consent') await endConsent(everything.roles.api.addresses.api ?? '', workflowId);
    let open = await running();
    while (open.length > 0 && performance.now() < untilMs) {
      await setTimeout(500);
      open = await running();
    }
    // A consent may end as failed; a payment that money was meant for may not.
    const badly = await list(
      "ExecutionStatus != 'Running' AND ExecutionStatus != 'Completed' AND ExecutionStatus != 'ContinuedAsNew'",
    );
    return [
      ...open.map(({ workflowId }) => `${workflowId} is still open`),
      ...badly
        .filter(({ type, status }) => type === 'payment' || status.name !== 'FAILED')
        .map(({ workflowId, status }) => `${workflowId} ended as ${status.name}`),
    ];
  } finally {
    await connection.close();
  }
}

async function endConsent(apiUrl: string, workflowId: string): Promise<void> {
  const id = workflowId.split('/').at(-1);
  for (const { consents } of families) {
    const path = `${consents}/${id}`;
    await createCarefulCaller(apiUrl).ask({ method: 'DELETE', path, patienceMs: closedWithinMs });
  }
}

/** Every payment has settled, under the id that its payer was told. */
async function records({ databaseUrl }: Ground, paid: readonly Paid[]): Promise<string[]> {
  const db = connectDatabase({ url: databaseUrl, poolSize: 1, applicationName: 'judge' });
  try {
    const rows = await db<{ id: string; status: string; externalApiId: string | null }>`
      SELECT id, status, external_api_id FROM payment`;
    const told = new Set(paid.map(({ bankPaymentId }) => bankPaymentId));
    const wrong = rows
      .filter(({ status, externalApiId }) => status !== 'settled' || !told.has(externalApiId ?? ''))
      .map(({ id, status }) => `payment ${id} is recorded as ${status}, or its payer was told another id`);
    if (rows.length !== paid.length)
      wrong.push(`there are ${rows.length} payments on record for ${paid.length} payers`);
    return wrong;
  } finally {
    await db.close();
  }
}
