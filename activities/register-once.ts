// One client for a group of registrations, however many ask for it at the same time: whoever comes first registers, the
// others wait for the record. When the answer was lost nobody knows whether there is a client: then none is registered
// again before somebody who looked at the bank has named it.
import { setTimeout } from 'node:timers/promises';
import { BankError } from '../bank-client/bank-error.ts';
import { type ClientGroup, clientRegistrationCall, type OnceOnlyCall } from '../store/once-only-calls.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { ActivityDeps } from './deps.ts';
import { sendOnce } from './send-once.ts';
import { StepFailure } from './step-failure.ts';

/** Below the time-out of the step. */
const patienceMs = 20_000;
const pauseMs = 200;

export interface RegistrationCall {
  /** @throws {StepFailure} `OutcomeUnknown` @throws {BankError} when the bank refused, or its answer cannot be used */
  send<Answer>(ask: () => Promise<string>, judge: (rawAnswer: string) => Answer): Promise<Answer>;
  /** The client is on record. */
  settled(): Promise<void>;
}

/** Waits while somebody else is at it. */
export async function registerOnce(
  deps: ActivityDeps,
  tenant: TenantId,
  group: ClientGroup,
): Promise<RegistrationCall> {
  const { onceOnlyCalls } = deps.store;
  const call = await freeCall(deps, tenant, group);
  return {
    send: async (ask, judge) => {
      const earlier = await onceOnlyCalls.find(tenant, call);
      if (earlier?.outcome === 'unknown' && earlier.answer === undefined) throw outcomeUnknown();
      const raw = await asked(ask);
      try {
        return judge(raw);
      } catch (error) {
        if (error instanceof BankError) await onceOnlyCalls.settle(tenant, call, 'failed');
        throw error;
      }
    },
    settled: async () => {
      await onceOnlyCalls.settle(tenant, call, 'done');
    },
  };

  async function asked(ask: () => Promise<string>): Promise<string> {
    try {
      return await sendOnce(deps, tenant, call, ask);
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error;
      const now = await onceOnlyCalls.find(tenant, call);
      // Somebody was a moment quicker: the next attempt of this step goes by what came of it.
      if (now?.outcome !== 'unknown')
        throw new StepFailure('BankUnavailable', 'bank-timeout', error.message, pauseMs);
      throw outcomeUnknown();
    }
  }
}

/** The first attempt that brought no client so far, once nobody is at it any more. */
async function freeCall(
  { store, clock }: ActivityDeps,
  tenant: TenantId,
  group: ClientGroup,
): Promise<OnceOnlyCall> {
  const untilMs = clock.nowMs() + patienceMs;
  for (let attempt = 1; ; ) {
    const call = clientRegistrationCall(group, attempt);
    const earlier = await store.onceOnlyCalls.find(tenant, call);
    if (earlier?.outcome === 'done' || earlier?.outcome === 'failed') {
      attempt += 1;
      continue;
    }
    const isUnderWay =
      earlier !== undefined &&
      earlier.outcome === null &&
      earlier.answer === undefined &&
      clock.nowMs() < Math.min(untilMs, earlier.deadlineAt.getTime());
    if (!isUnderWay) return call;
    await setTimeout(pauseMs);
  }
}

function outcomeUnknown(): StepFailure {
  const detail =
    'The bank was asked to register us, and its answer was lost. Look for the client at the bank, and give its id as ExternalApiId.';
  return new StepFailure('OutcomeUnknown', { code: 'outcome-unknown', detail }, detail);
}
