// A worker that dies between any two of the writes of a submission: whoever comes next brings it to the same end.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ActivityDeps } from '../../activities/deps.ts';
import { submitPayment } from '../../activities/submit-payment.ts';
import { openWorkshop, tenant, type Workshop } from './workshop.ts';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
  await shop.sandbox.control('POST', '/knobs', { bank: 'hybrid', honourSingleUse: false });
});
afterAll(() => shop.close());

class Crash extends Error {}

/** The process ends at its call of the store with that number, before or after the store has done it. */
function dyingAt(deps: ActivityDeps, number: number, moment: 'before' | 'after'): ActivityDeps {
  let calls = 0;
  const store = Object.entries(deps.store).map(([name, table]) => [
    name,
    typeof table !== 'object'
      ? table
      : Object.fromEntries(
          Object.entries(table).map(([call, work]) => [
            call,
            typeof work === 'function' ? dying(work) : work,
          ]),
        ),
  ]);
  return { ...deps, store: Object.fromEntries(store) };

  function dying(work: (...given: never[]) => unknown) {
    return async (...given: never[]) => {
      calls += 1;
      if (calls === number && moment === 'before') throw new Crash();
      const done = await work(...given);
      if (calls === number) throw new Crash();
      return done;
    };
  }
}

/** @returns whether it died on the way */
async function diesAt(number: number, moment: 'before' | 'after', paymentId: string): Promise<boolean> {
  try {
    await submitPayment(dyingAt(shop.deps, number, moment), { tenant, paymentId });
    return false;
  } catch (error) {
    if (error instanceof Crash) return true;
    throw error;
  }
}

it.each(['before', 'after'] as const)('%s each call of the store', async (moment) => {
  const { store } = shop.deps;
  let number = 1;
  for (; ; number++) {
    const { paymentId, externalApiConsentId } = await shop.authorisedPayment();
    const died = await diesAt(number, moment, paymentId);
    const { status } = await submitPayment(shop.deps, { tenant, paymentId });
    const payment = await store.payments.find(tenant, paymentId);
    const consentId = payment?.consentId ?? '';
    const { body: counters } = await shop.sandbox.control('GET', '/counters');
    const ended = {
      ...{ number, status, recorded: payment?.status, isIdKnown: payment?.externalApiId !== null },
      executed: counters.hybrid.paymentsByConsent[externalApiConsentId],
      consent: (await store.consents.find(tenant, consentId))?.status,
      grant: (await store.grants.load(tenant, consentId))?.status,
    };
    expect(ended).toEqual({
      ...{ number, status: 'following', recorded: 'following', isIdKnown: true },
      ...{ executed: 1, consent: 'consumed', grant: 'ended' },
    });
    const attempts = await store.paymentAttempts.list(tenant, paymentId);
    const taken = { outcome: 'taken', httpStatus: 201, idempotencyKey: payment?.bankIdempotencyKey };
    expect(attempts.filter(({ outcome }) => outcome !== null)).toMatchObject([taken]);
    expect(attempts.length).toBeLessThanOrEqual(2);
    if (!died) break;
  }
  expect(number).toBeGreaterThan(8);
});

it('a refusal that was recorded is the failure of whoever comes next, too', async () => {
  const { paymentId } = await shop.authorisedPayment();
  const path = '/open-banking/v4.0/pisp/domestic-payments';
  await shop.sandbox.control('POST', '/faults', {
    path,
    method: 'POST',
    fault: { kind: 'status', status: 401 },
  });
  const attempt = () => submitPayment(shop.deps, { tenant, paymentId });
  const first = await attempt().catch((error: unknown) => error);
  expect(first).toMatchObject({ type: 'GrantEnded' });
  await expect(attempt()).rejects.toMatchObject({ type: 'GrantEnded', details: Object(first).details });
});
