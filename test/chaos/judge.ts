// Says whether a storm was weathered: by the bank's own counters first, then by what callers were told, by our records, by
// Temporal, and by what the receiver of webhooks has heard.
import { setTimeout } from 'node:timers/promises';
import { connectDatabase, type Db } from '../../store/sql.ts';
import { familyNames } from './families.ts';
import type { Ground } from './ground.ts';
import type { Paid } from './payer.ts';
import { wayInWords } from './ways.ts';
import { workflowsLeft } from './workflows-left.ts';

const toldWithinMs = 150_000;

/** @returns what went wrong, nothing when all is well */
export async function judge(ground: Ground, paid: readonly Paid[]): Promise<string[]> {
  const db = connectDatabase({ url: ground.databaseUrl, poolSize: 1, applicationName: 'judge' });
  try {
    return [
      ...(await executions(ground, db, paid)),
      ...(await records(db, paid)),
      ...(await webhooks(ground, db)),
      ...(await workflowsLeft(ground)),
    ];
  } finally {
    await db.close();
  }
}

interface Counts {
  paymentsExecuted: number;
  paymentsByConsent: Record<string, number>;
  paymentsByFamily: Record<string, number>;
}

/** Executed exactly once each, and nothing else. */
async function executions(ground: Ground, db: Db, paid: readonly Paid[]): Promise<string[]> {
  const { hybrid } = await ground.control('GET', '/counters');
  const { paymentsExecuted, paymentsByConsent, paymentsByFamily }: Counts = hybrid;
  const rows = await db<{
    id: string;
    externalApiId: string | null;
  }>`SELECT id, external_api_id FROM consent`;
  const atBank = new Map(rows.map(({ id, externalApiId }) => [id, externalApiId ?? '']));
  const timesOf = ({ consentIds }: Paid) =>
    consentIds.reduce((sum, id) => sum + (paymentsByConsent[atBank.get(id) ?? ''] ?? 0), 0);
  const wrong = paid
    .map((one) => ({ one, times: timesOf(one) }))
    .filter(({ times }) => times !== 1)
    .map(({ one, times }) => `${one.reference} was executed ${times} times (${wayInWords(one.way)})`);
  for (const family of familyNames) {
    const payers = paid.filter(({ way }) => way.family === family).length;
    const count = paymentsByFamily[family] ?? 0;
    if (count !== payers) wrong.push(`the bank executed ${count} of ${family} for ${payers} payers`);
  }
  if (paymentsExecuted !== paid.length)
    wrong.push(`the bank executed ${paymentsExecuted} payments for ${paid.length} payers`);
  return wrong;
}

const goodEnds = ['settled', 'initiated'];

/** Every payment has ended well, under the id that its payer was told. */
async function records(db: Db, paid: readonly Paid[]): Promise<string[]> {
  const read = () =>
    db<{ id: string; status: string; externalApiId: string | null }>`
      SELECT id, status, external_api_id FROM payment`;
  const rows = await eventually(read, (all) => all.every(({ status }) => goodEnds.includes(status)));
  const told = new Set(paid.map(({ bankPaymentId }) => bankPaymentId));
  const wrong = rows
    .filter(({ status, externalApiId }) => !goodEnds.includes(status) || !told.has(externalApiId ?? ''))
    .map(({ id, status }) => `payment ${id} is recorded as ${status}, or its payer was told another id`);
  if (rows.length !== paid.length)
    wrong.push(`there are ${rows.length} payments on record for ${paid.length} payers`);
  return wrong;
}

/** Everything that there was to tell of each payment was told, in its order, the end at last. */
async function webhooks({ witness }: Ground, db: Db): Promise<string[]> {
  const waiting = () => db<{ id: string }>`SELECT id FROM webhook_delivery WHERE status = 'pending'`;
  const left = await eventually(waiting, ({ length }) => length === 0);
  const events = await db<{ id: string; resourceId: string }>`
    SELECT event_id AS id, resource_id FROM webhook_delivery ORDER BY position`;
  const payments = await db<{ id: string; status: string }>`SELECT id, status FROM payment`;
  const heardOf = Map.groupBy(witness.told, ({ paymentId }) => paymentId);
  const storedOf = Map.groupBy(events, ({ resourceId }) => resourceId);
  const wrong = left.map(({ id }) => `webhook delivery ${id} still waits`);
  for (const { id, status } of payments) {
    const heard = heardOf.get(id) ?? [];
    // The same one more than once in a row: whoever sent it was killed before the answer.
    const inOrder = heard.filter((one, index) => one.eventId !== heard[index - 1]?.eventId);
    const stored = (storedOf.get(id) ?? []).map((event) => event.id);
    if (inOrder.map(({ eventId }) => eventId).join() !== stored.join())
      wrong.push(
        `of payment ${id} ${stored.length} events were to be told, and ${inOrder.length} were heard`,
      );
    if (heard.at(-1)?.status !== status)
      wrong.push(`payment ${id} is ${status}, and the last that was heard is ${heard.at(-1)?.status}`);
  }
  return wrong;
}

async function eventually<Found>(read: () => Promise<Found>, isThere: (found: Found) => boolean) {
  const untilMs = performance.now() + toldWithinMs;
  for (;;) {
    const found = await read();
    if (isThere(found) || performance.now() > untilMs) return found;
    await setTimeout(500);
  }
}
