import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Activities } from '../../activities/index.ts';
import { type PaymentInput, type PaymentStatus, paymentNames } from '../../workflows/contracts/payment.ts';
import type { payment } from '../../workflows/payment.ts';
import { type JourneyHarness, startJourneyHarness } from './harness.ts';

let harness: JourneyHarness;
beforeAll(async () => {
  harness = await startJourneyHarness();
});
afterAll(() => harness.close());

async function pay(fakes: Partial<Activities>) {
  const paymentId = randomUUID();
  const input: PaymentInput = {
    tenant: 'default',
    paymentId,
    consentId: randomUUID(),
    family: 'domestic-payment',
    bank: 'Sandbox_Hybrid',
  };
  return await harness.withWorker(fakes, async (taskQueue) => {
    const operation = new WithStartWorkflowOperation<typeof payment>('payment', {
      workflowId: `payment/${paymentId}`,
      taskQueue,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
    const update = harness.env.client.workflow.executeUpdateWithStart(paymentNames.submitPayment, {
      updateId: `submit/${paymentId}`,
      startWorkflowOperation: operation,
    });
    const submitted = update.then(
      () => 'submitted',
      () => 'refused',
    );
    const handle = await operation.workflowHandle();
    const result = await handle.result().catch((error: unknown) => error);
    const history = await handle.fetchHistory();
    return { submitted: await submitted, result, events: history.events?.length ?? 0 };
  });
}

const failing = (type: string, extra: object = {}) =>
  ApplicationFailure.create({ type, message: type, details: [{ code: type }], ...extra });

test('follows the status until it is final, and waiting writes nothing into the history', async () => {
  const seen: PaymentStatus[] = [];
  const run = (polls: number) =>
    pay({
      submitPayment: async () => ({ status: 'following' }),
      followPaymentStatus: async () => {
        seen.push('following');
        if (seen.length < polls) throw failing('StatusNotFinal', { nextRetryDelay: '10 minutes' });
        return { status: 'settled' };
      },
    });
  const once = await run(1);
  seen.length = 0;
  const often = await run(30);
  expect(often).toMatchObject({ submitted: 'submitted', result: { status: 'settled' } });
  expect(seen).toHaveLength(30);
  expect(often.events).toBe(once.events);
});

test('a payment that ends with its submission is not followed', async () => {
  const followed = await pay({ submitPayment: async () => ({ status: 'executed-id-unknown' }) });
  expect(followed).toMatchObject({ submitted: 'submitted', result: { status: 'executed-id-unknown' } });
});

test('submission goes on through hours of outage', async () => {
  let attempts = 0;
  const submitted = await pay({
    submitPayment: async () => {
      attempts += 1;
      if (attempts < 40) throw failing('BankUnavailable');
      return { status: 'settled' };
    },
  });
  expect(submitted).toMatchObject({ submitted: 'submitted', result: { status: 'settled' } });
  expect(attempts).toBe(40);
});

test('a refused payment fails its caller and its journey', async () => {
  const refused = await pay({
    submitPayment: async () => {
      throw failing('BankRejectedRequest');
    },
  });
  expect(refused).toMatchObject({
    submitted: 'refused',
    result: { cause: { cause: { type: 'BankRejectedRequest' } } },
  });
});
