// The ledger: every attempt of every payment, how it ended, and pages over all of them.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EndedAttempt, LedgerEntry } from '../../store/payment-attempts.ts';
import { addConsent, addRegistration, bankResponse, newPayment, tenant } from './records.ts';
import { useTestDatabase } from './test-database.ts';

const database = useTestDatabase();
let registrationId: string;
beforeAll(async () => {
  registrationId = await addRegistration(database.store);
});

async function aPayment() {
  const consentId = await addConsent(database.store, registrationId, { family: 'domestic-payment' });
  const payment = newPayment(consentId);
  await database.store.payments.insert(tenant, payment);
  return payment;
}

/** @returns the attempt's id */
async function send(paymentId: string): Promise<string> {
  const id = randomUUID();
  database.clock.moveMs(1_000);
  await database.store.payments.recordSending(tenant, paymentId, id);
  return id;
}

const ended = (id: string, outcome: EndedAttempt['outcome'], more: Partial<EndedAttempt> = {}) => ({
  ...{ id, outcome, httpStatus: null, answerCodes: [], interactionId: null },
  ...more,
});

describe('the attempts of a payment', () => {
  it('are numbered in the order of their sending, each with its key and how it ended', async () => {
    const { store, clock } = database;
    const { id, bankIdempotencyKey: idempotencyKey } = await aPayment();
    const common = { paymentId: id, idempotencyKey };
    const unknown = { ended: null, outcome: null, httpStatus: null, answerCodes: [], interactionId: null };
    await send(id);
    const cutOff = { ...common, ...unknown, number: 1, sent: clock.now() };

    const unsentId = await send(id);
    const unsent = { ...common, ...unknown, number: 2, sent: clock.now(), outcome: 'not-sent' };
    const attempt = ended(unsentId, 'not-sent');
    await store.payments.recordNoEffect(tenant, id, { previousSentAt: null, attempt });

    const unclearId = await send(id);
    const unclear = {
      ...common,
      ...unknown,
      number: 3,
      sent: clock.now(),
      outcome: 'unclear',
      httpStatus: 500,
    };
    const answerCodes = ['U000'];
    await store.paymentAttempts.recordEnded(
      tenant,
      id,
      ended(unclearId, 'unclear', { httpStatus: 500, answerCodes }),
    );

    const takenId = await send(id);
    const taken = { ...common, number: 4, sent: clock.now(), outcome: 'taken', httpStatus: 201 };
    const answered = { httpStatus: 201, answerCodes: ['RCVD'], interactionId: 'interaction-4' };
    await store.payments.recordStatus(tenant, id, {
      ...{ status: 'following', externalApiId: `order-${id}`, bankStatus: 'RCVD' },
      ...{ bankResponse: bankResponse({}), attempt: ended(takenId, 'taken', answered) },
    });
    const now = clock.now();
    expect(await store.paymentAttempts.list(tenant, id)).toEqual([
      cutOff,
      { ...unsent, ended: unsent.sent },
      { ...unclear, answerCodes, ended: unclear.sent },
      { ...taken, answerCodes: ['RCVD'], interactionId: 'interaction-4', ended: now },
    ]);
  });

  it('keep the end that was recorded first, and one statement made twice makes one attempt', async () => {
    const { store } = database;
    const { id } = await aPayment();
    const attemptId = await send(id);
    await store.payments.recordSending(tenant, id, attemptId);
    await store.paymentAttempts.recordEnded(tenant, id, ended(attemptId, 'refused', { httpStatus: 400 }));
    await store.paymentAttempts.recordEnded(tenant, id, ended(attemptId, 'unclear'));
    expect(await store.paymentAttempts.list(tenant, id)).toMatchObject([
      { outcome: 'refused', httpStatus: 400 },
    ]);
  });
});

it('the ledger is all attempts in the order of their sending, page by page, between two times', async () => {
  const { store, clock } = database;
  clock.moveMs(60_000);
  const from = clock.now();
  const [one, other] = [await aPayment(), await aPayment()];
  const ids = [await send(one.id), await send(other.id), await send(one.id)];
  clock.moveMs(60_000);
  const to = clock.now();
  await send(other.id);
  const entries: LedgerEntry[] = [];
  for (;;) {
    const after = entries.at(-1);
    const page = await store.paymentAttempts.listLedger(tenant, { from, to, after, limit: 2 });
    entries.push(...page);
    if (page.length < 2) break;
  }
  expect(entries.map(({ id }) => id)).toEqual(ids);
  expect(entries.map(({ number, paymentId }) => [number, paymentId])).toEqual([
    [1, one.id],
    [1, other.id],
    [2, one.id],
  ]);
  expect(entries[0]).toMatchObject({
    consentId: one.consentId,
    family: 'domestic-payment',
    status: 'submitting',
  });
});
