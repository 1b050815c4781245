// The fence around a call that must reach the bank once: claimed before its bytes leave, its answer stored before it is
// judged. Whoever comes second reads instead of sending.
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { BankError } from '../bank-client/bank-error.ts';
import type { OnceOnlyCall } from '../store/once-only-calls.ts';
import { StoreUnavailable } from '../store/store-error.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { ActivityDeps } from './deps.ts';
import { AnotherAttempt, StepFailure } from './step-failure.ts';

/**
 * From the claim until its outcome counts as unknown. Beyond the time-out of the step itself, so that a worker that was
 * frozen and replaced can still bring its answer, instead of the call being made a second time.
 */
const claimMs = 60_000;

/** A worker that was only stalled brings its answer any time. */
const lookAgainMs = 3_000;

const keepAttempts = 10;
const keepPauseMs = 500;

/**
 * @returns the raw answer, whoever brought it
 * @throws {StepFailure} `OutcomeUnknown` when the call was sent and its answer never came; `BankUnavailable` while
 * another attempt may still bring it
 * @throws {BankError} when the call had no effect for certain: the claim has been given back
 */
export async function sendOnce(
  { store, clock }: ActivityDeps,
  tenant: TenantId,
  call: OnceOnlyCall,
  send: () => Promise<string>,
): Promise<string> {
  const claimedBy = randomUUID();
  const deadlineAt = new Date(clock.nowMs() + claimMs);
  const claim = await store.onceOnlyCalls.claim(tenant, call, { claimedBy, deadlineAt });
  if (claim.kind === 'held') {
    if (claim.answer !== undefined) return claim.answer;
    const leftMs = claim.deadlineAt.getTime() - clock.nowMs();
    if (claim.outcome !== null || leftMs <= 0) throw await unknownOutcome();
    const text = 'Another attempt is waiting for the answer.';
    throw new AnotherAttempt('BankUnavailable', 'bank-timeout', text, Math.min(leftMs, lookAgainMs));
  }

  // A process that was stopped for a while between claim and call has no right to send any more.
  if (clock.nowMs() >= deadlineAt.getTime()) throw await unknownOutcome();
  try {
    const answer = await send();
    await keep(answer);
    return answer;
  } catch (error) {
    if (!(error instanceof BankError)) throw error;
    if (!hadNoEffect(error)) throw await unknownOutcome();
    await store.onceOnlyCalls.release(tenant, call, claimedBy);
    throw error;
  }

  /** The answer may hold tokens that exist nowhere else: a database that is away for a moment must not cost them. */
  async function keep(answer: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await store.onceOnlyCalls.storeAnswer(tenant, call, answer);
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || attempt === keepAttempts) throw error;
        await setTimeout(keepPauseMs);
      }
    }
  }

  async function unknownOutcome(): Promise<StepFailure> {
    await store.onceOnlyCalls.settle(tenant, call, 'unknown');
    return new StepFailure(
      'OutcomeUnknown',
      'outcome-unknown',
      'The call was made, and its answer was lost.',
    );
  }
}

/** Nothing left, or the bank says that it did not look at the request: RFC 6585 section 4, RFC 9110 section 15.6.4. */
function hadNoEffect({ sent, httpStatus }: BankError): boolean {
  return sent === 'not-sent' || httpStatus === 429 || httpStatus === 503;
}
