import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Activities } from '../../activities/index.ts';
import type { clientRegistration } from '../../workflows/client-registration.ts';
import { clientRegistrationNames as names } from '../../workflows/contracts/client-registration.ts';
import { type JourneyHarness, startJourneyHarness } from './harness.ts';

let harness: JourneyHarness;
beforeAll(async () => {
  harness = await startJourneyHarness();
});
afterAll(() => harness.close());

async function register(taskQueue: string) {
  const registrationId = randomUUID();
  const operation = new WithStartWorkflowOperation<typeof clientRegistration>('clientRegistration', {
    workflowId: `registration/${registrationId}`,
    taskQueue,
    args: [{ tenant: 'default', registrationId, bank: 'Sandbox_Hybrid' }],
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  const registered = harness.env.client.workflow.executeUpdateWithStart(names.registerClient, {
    startWorkflowOperation: operation,
  });
  registered.catch(() => {});
  return { registered, handle: await operation.workflowHandle() };
}

const steps: Partial<Activities> = {
  prepareRegistration: async () => {},
  registerClientAtBank: async () => {},
  deleteRegistration: async () => {},
  recordFailure: async () => {},
};

test('registers, stays registered, and ends when deleted', async () => {
  await harness.withWorker(steps, async (taskQueue) => {
    const { registered, handle } = await register(taskQueue);
    await registered;
    expect(await handle.query(names.status)).toBe('registered');
    await handle.executeUpdate(names.deleteRegistration, { args: [{ atBank: true }] });
    expect(await handle.result()).toEqual({ status: 'deleted' });
  });
});

test('a deletion that the bank refuses leaves the registration as it was', async () => {
  let refusals = 0;
  const fakes: Partial<Activities> = {
    ...steps,
    deleteRegistration: async ({ atBank }) => {
      if (!atBank) return;
      refusals += 1;
      throw ApplicationFailure.create({ type: 'BankRejectedRequest', nonRetryable: true, message: 'no' });
    },
  };
  await harness.withWorker(fakes, async (taskQueue) => {
    const { registered, handle } = await register(taskQueue);
    await registered;
    await expect(
      handle.executeUpdate(names.deleteRegistration, { args: [{ atBank: true }] }),
    ).rejects.toThrow();
    expect(refusals).toBe(1);
    expect(await handle.query(names.status)).toBe('registered');
    await handle.executeUpdate(names.deleteRegistration, { args: [{ atBank: false }] });
    expect(await handle.result()).toEqual({ status: 'deleted' });
  });
});

test('a registration that the bank refuses is attempted once, fails typed, and is recorded as failed', async () => {
  let attempts = 0;
  const recorded: unknown[] = [];
  const fakes: Partial<Activities> = {
    ...steps,
    recordFailure: async ({ failure }) => {
      recorded.push(failure);
    },
    registerClientAtBank: async () => {
      attempts += 1;
      throw ApplicationFailure.create({
        type: 'ClientRefused',
        message: 'no',
        details: [{ code: 'client-refused' }],
      });
    },
  };
  await harness.withWorker(fakes, async (taskQueue) => {
    const { registered, handle } = await register(taskQueue);
    await expect(registered).rejects.toThrow();
    expect(attempts).toBe(1);
    await expect(handle.result()).rejects.toMatchObject({ cause: { cause: { type: 'ClientRefused' } } });
    expect(recorded).toEqual([{ type: 'ClientRefused', details: { code: 'client-refused' } }]);
  });
});
