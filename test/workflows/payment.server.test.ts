import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { WithStartWorkflowOperation, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Activities } from '../../activities/index.ts';
import { type PaymentInput, type PaymentStatus, paymentNames } from '../../workflows/contracts/payment.ts';
import type { payment } from '../../workflows/payment.ts';
import { eventually } from '../journeys/eventually.ts';
import { type JourneyHarness, startJourneyHarness } from './harness.ts';

let harness: JourneyHarness;
beforeAll(async () => {
  harness = await startJourneyHarness();
});
afterAll(() => harness.close());

/** @param meanwhile what happens once it has been submitted; no time passes until it is over */
async function pay(fakes: Partial<Activities>, meanwhile?: (handle: WorkflowHandle) => Promise<void>) {
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
    if (meanwhile !== undefined) {
      await submitted;
      await meanwhile(handle);
    }
    const result = await handle.result().catch((error: unknown) => error);
    const history = await handle.fetchHistory();
    const times = (history.events ?? []).map(({ eventTime }) => Number(eventTime?.seconds ?? 0) * 1000);
    return {
      ...{ submitted: await submitted, result, events: times.length },
      tookMs: (times.at(-1) ?? 0) - (times[0] ?? 0),
    };
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

const hourMs = 3_600_000;

/** Looks that find nothing final, and the next of which is hours away, before one that does. */
function sleepyLooks(notFinal: number) {
  let looks = 0;
  return {
    count: () => looks,
    fakes: {
      submitPayment: async () => ({ status: 'following' as const }),
      followPaymentStatus: async () => {
        looks += 1;
        if (looks <= notFinal) throw failing('StatusNotFinal', { nextRetryDelay: '6 hours' });
        return { status: 'settled' as const };
      },
    },
  };
}

/** Until the first look is over, and the second one is some time away. */
const untilItWaits = (handle: WorkflowHandle) =>
  eventually(async () => {
    const { raw } = await handle.describe();
    expect(raw.pendingActivities?.map(({ attempt }) => attempt)).toEqual([2]);
  });

test('looks at once when its bank has news, and not at the next time', async () => {
  const looks = sleepyLooks(1);
  const { result, tookMs } = await pay(looks.fakes, async (handle) => {
    await untilItWaits(handle);
    await handle.signal(paymentNames.bankHasNews);
  });
  expect([result, looks.count()]).toEqual([{ status: 'settled' }, 2]);
  expect(tookMs).toBeLessThan(hourMs);
});

test('goes on looking in its own time when the news are not final', async () => {
  const looks = sleepyLooks(3);
  const { result, tookMs } = await pay(looks.fakes, async (handle) => {
    await untilItWaits(handle);
    await handle.signal(paymentNames.bankHasNews);
  });
  expect([result, looks.count()]).toEqual([{ status: 'settled' }, 4]);
  // One of the three waits was cut short.
  expect([tookMs >= 12 * hourMs, tookMs < 18 * hourMs]).toEqual([true, true]);
});

test('news of a payment that is still being submitted are seen by its first look', async () => {
  const looks = sleepyLooks(0);
  const told = Promise.withResolvers<void>();
  const { result } = await pay({
    ...looks.fakes,
    submitPayment: async () => {
      const { workflowExecution } = Context.current().info;
      const handle = harness.env.client.workflow.getHandle(workflowExecution?.workflowId ?? '');
      await handle.signal(paymentNames.bankHasNews);
      told.resolve();
      return { status: 'following' };
    },
  });
  await told.promise;
  expect([result, looks.count()]).toEqual([{ status: 'settled' }, 1]);
});
