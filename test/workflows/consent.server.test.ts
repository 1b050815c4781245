import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation, WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Activities } from '../../activities/index.ts';
import type { consent } from '../../workflows/consent.ts';
import { type ConsentFamily, type ConsentInput, consentNames } from '../../workflows/contracts/consent.ts';
import { lookAtReconfirmation, type ReconfirmationLook } from '../../workflows/contracts/reconfirmation.ts';
import { type JourneyHarness, startJourneyHarness } from './harness.ts';

let harness: JourneyHarness;
beforeAll(async () => {
  harness = await startJourneyHarness();
});
afterAll(() => harness.close());

const hourMs = 60 * 60 * 1000;
const refused = (type: string) =>
  ApplicationFailure.create({ type, message: type, nonRetryable: true, details: [{ code: type }] });

/** Starts the journey by its first update and runs `during` with its handle. */
async function journey<T>(
  family: ConsentFamily,
  fakes: Partial<Activities>,
  during: (handle: Awaited<ReturnType<typeof start>>) => Promise<T>,
  changes: Partial<ConsentInput> = {},
): Promise<T> {
  const defaults: Partial<Activities> = {
    createConsentAtBank: async () => ({}),
    recordConsentEnd: async () => {},
    recordFailure: async () => {},
    completeAuthorisation: async () => {},
    lookAtReconfirmation: async () => ({ standing: 'confirmed', lookAgainAtMs: 4_102_444_800_000 }),
  };
  return await harness.withWorker({ ...defaults, ...fakes }, async (taskQueue) =>
    during(await start(taskQueue, family, changes)),
  );
}

async function start(taskQueue: string, family: ConsentFamily, changes: Partial<ConsentInput> = {}) {
  const consentId = randomUUID();
  const input: ConsentInput = {
    tenant: 'default',
    consentId,
    family,
    bank: 'Sandbox_Hybrid',
    status: 'creating',
    ...changes,
  };
  const operation = new WithStartWorkflowOperation<typeof consent>('consent', {
    workflowId: `consent/${consentId}`,
    taskQueue,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  const created = harness.env.client.workflow.executeUpdateWithStart(consentNames.createConsent, {
    updateId: `create/${consentId}`,
    startWorkflowOperation: operation,
  });
  created.catch(() => {});
  const handle = await operation.workflowHandle();
  const ask = (update: string, updateId: string, request: unknown) =>
    handle.executeUpdate(update, { updateId, args: [request] });
  return { handle, created, ask };
}

test('a payment consent ends for the consent journey when the customer has authorised it', async () => {
  await journey('domestic-payment', {}, async ({ handle, created, ask }) => {
    await created;
    await ask('completeAuthorisation', 'authorisation/1', { redirectId: '1' });
    expect(await handle.result()).toEqual({ status: 'authorised' });
  });
});

test('an account-access consent goes live, is refreshed on request, and ends when deleted', async () => {
  let refreshes = 0;
  const fakes = {
    refreshGrant: async () => {
      refreshes += 1;
      return { version: 2 };
    },
    deleteConsent: async () => {},
  };
  await journey('account-access', fakes, async ({ handle, created, ask }) => {
    await created;
    await ask('completeAuthorisation', 'authorisation/1', { redirectId: '1' });
    const live = harness.env.client.workflow.getHandle(handle.workflowId);
    const refresh = () =>
      live.executeUpdate('refreshGrant', { updateId: 'refresh/1', args: [{ fromVersion: 1 }] });
    expect(await Promise.all([refresh(), refresh(), refresh()])).toEqual(Array(3).fill({ version: 2 }));
    expect(refreshes).toBe(1);
    await live.executeUpdate('deleteConsent', { args: [{ atBank: true }] });
    expect(await live.result()).toEqual({ status: 'deleted' });
  });
});

test('whoever asks while a consent comes to its end is refused, and nobody is waited for', async () => {
  let goOn = () => {};
  const isDeleting = new Promise<void>((deleting) => {
    goOn = deleting;
  });
  const fakes: Partial<Activities> = {
    deleteConsent: async () => {
      goOn();
      await new Promise((resolve) => setTimeout(resolve, 500));
    },
    refreshGrant: async () => ({ version: 2 }),
  };
  await journey('account-access', fakes, async ({ handle, created, ask }) => {
    await created;
    await ask('completeAuthorisation', 'authorisation/1', { redirectId: '1' });
    const live = harness.env.client.workflow.getHandle(handle.workflowId);
    const deletion = live.executeUpdate('deleteConsent', { updateId: 'delete/1', args: [{ atBank: true }] });
    await isDeleting;
    const refresh = live.executeUpdate('refreshGrant', { updateId: 'refresh/1', args: [{ fromVersion: 1 }] });
    const again = live.executeUpdate('deleteConsent', { updateId: 'delete/2', args: [{ atBank: true }] });
    await expect(refresh).rejects.toMatchObject({ cause: { type: 'ConsentNotUsable' } });
    await Promise.all([deletion, again]);
    expect(await live.result()).toEqual({ status: 'deleted' });
  });
});

test('expires as abandoned when the customer never returns', async () => {
  const ends: string[] = [];
  const fakes: Partial<Activities> = {
    recordConsentEnd: async ({ status }) => {
      ends.push(status);
    },
  };
  await journey('account-access', fakes, async ({ handle, created }) => {
    await created;
    expect(await handle.result()).toEqual({ status: 'abandoned' });
    expect(ends).toEqual(['abandoned']);
  });
});

test('a live consent expires at its own end', async () => {
  const startMs = await harness.env.currentTimeMs();
  const fakes = { createConsentAtBank: async () => ({ expiresAtMs: startMs + 200 * 24 * hourMs }) };
  await journey('account-access', fakes, async ({ handle, created, ask }) => {
    await created;
    await ask('completeAuthorisation', 'authorisation/1', { redirectId: '1' });
    expect(await harness.env.client.workflow.getHandle(handle.workflowId).result()).toEqual({
      status: 'expired',
    });
  });
});

test('a live consent looks at its reconfirmation when its time comes, when it is told, and at a new authorisation', async () => {
  const nowMs = () => harness.env.currentTimeMs();
  let confirmedAtMs = await nowMs();
  const shown: string[] = [];
  const looks: ReconfirmationLook[] = [];
  const lookedAtLeast = async (count: number) => {
    while (looks.length < count) await harness.env.sleep(100);
    return looks.map(({ standing }) => standing);
  };
  const fakes: Partial<Activities> = {
    lookAtReconfirmation: async () => {
      const look = lookAtReconfirmation(confirmedAtMs, await nowMs());
      looks.push(look);
      return look;
    },
    deleteConsent: async () => {},
  };
  await journey('account-access', fakes, async ({ handle, created, ask }) => {
    await created;
    await ask('completeAuthorisation', 'authorisation/1', { redirectId: '1' });
    const live = harness.env.client.workflow.getHandle(handle.workflowId);
    const stands = async () => {
      const { searchAttributes: attributes } = await live.describe();
      shown.push(String(attributes.ObState));
    };
    expect(await lookedAtLeast(1)).toEqual(['confirmed']);
    await harness.env.sleep(76 * 24 * hourMs + hourMs);
    expect(await lookedAtLeast(2)).toEqual(['confirmed', 'due-soon']);
    await stands();
    await harness.env.sleep(14 * 24 * hourMs);
    expect(await lookedAtLeast(3)).toEqual(['confirmed', 'due-soon', 'overdue']);
    await stands();
    confirmedAtMs = await nowMs();
    await live.signal(consentNames.consentReconfirmed);
    expect((await lookedAtLeast(4)).at(-1)).toBe('confirmed');
    await stands();
    await live.executeUpdate('completeAuthorisation', { args: [{ redirectId: '2' }] });
    await lookedAtLeast(5);
    await live.executeUpdate('deleteConsent', { args: [{ atBank: true }] });
    expect(await live.result()).toEqual({ status: 'deleted' });
    expect(shown).toEqual(['reconfirmation-due', 'reconfirmation-needed', 'authorised']);
    expect(looks).toHaveLength(5);
  });
});

test.each([
  ['authorised', 'authorised'],
  ['awaiting-authorisation', 'awaiting-authorisation'],
] as const)(
  'an imported consent that is %s is asked for at no bank, and goes on from there',
  async (found, stands) => {
    const fakes: Partial<Activities> = {
      createConsentAtBank: async () => {
        throw refused('NotOffered');
      },
      importConsent: async () => ({ status: found }),
      deleteConsent: async () => {},
    };
    const isImported = { isImported: true } as const;
    await journey('account-access', fakes, goesOn, isImported);

    async function goesOn({ handle, created }: Awaited<ReturnType<typeof start>>) {
      await created;
      const now = harness.env.client.workflow.getHandle(handle.workflowId);
      expect(await now.query('status')).toBe(stands);
      await now.executeUpdate('completeAuthorisation', { args: [{ redirectId: '1' }] });
      const live = harness.env.client.workflow.getHandle(handle.workflowId);
      await live.executeUpdate('deleteConsent', { args: [{ atBank: true }] });
      expect(await live.result()).toEqual({ status: 'deleted' });
    }
  },
);

test('a failed authorisation goes to its caller and the customer may try again', async () => {
  let attempts = 0;
  const fakes = {
    completeAuthorisation: async () => {
      attempts += 1;
      if (attempts === 1) throw refused('RedirectRefused');
    },
  };
  await journey('domestic-payment', fakes, async ({ handle, created, ask }) => {
    await created;
    await expect(ask('completeAuthorisation', 'authorisation/1', { redirectId: '1' })).rejects.toThrow();
    expect(await handle.query('status')).toBe('awaiting-authorisation');
    await ask('completeAuthorisation', 'authorisation/2', { redirectId: '2' });
    expect(await handle.result()).toEqual({ status: 'authorised' });
  });
});

test('a consent that the bank refuses fails its caller and its journey, typed', async () => {
  const fakes = {
    createConsentAtBank: async () => {
      throw refused('BankRejectedRequest');
    },
  };
  await journey('account-access', fakes, async ({ handle, created }) => {
    await expect(created).rejects.toThrow();
    const failure = await handle.result().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(WorkflowFailedError);
    expect(failure).toMatchObject({ cause: { cause: { type: 'BankRejectedRequest' } } });
  });
});

test('a consent revoked at the bank ends as revoked', async () => {
  await journey('account-access', {}, async ({ handle, created }) => {
    await created;
    await handle.signal('consentRevokedAtBank');
    expect(await handle.result()).toEqual({ status: 'revoked' });
  });
});
