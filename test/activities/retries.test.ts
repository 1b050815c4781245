// What a step that failed tells Temporal of its next attempt.
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/create-activities.ts';
import { afterFailure, type Tries } from '../../activities/retries.ts';
import { AnotherAttempt, StepFailure } from '../../activities/step-failure.ts';
import { StoreUnavailable } from '../../store/store-error.ts';

const bankIsDown = new StepFailure('BankUnavailable', 'bank-unavailable', 'down');
const refused = new StepFailure('BankRejectedRequest', 'bank-rejected-request', 'no');
const isPatient = new StepFailure('BankRateLimited', 'bank-rate-limited', 'later', 90_000);
const answerMayCome = new AnotherAttempt('BankUnavailable', 'bank-timeout', 'under way', 3_000);
const ourBug = new TypeError('x is not a function');
const storeIsAway = new StoreUnavailable('ECONNREFUSED');

it.each<[string, unknown, Tries, number, number | undefined]>([
  ['a bank that is down, while somebody waits', bankIsDown, 'few', 1, 1_000],
  ['again', bankIsDown, 'few', 2, 2_000],
  ['a third time', bankIsDown, 'few', 3, undefined],
  ['one that says when to come again, a third time', isPatient, 'few', 3, undefined],
  ['one that says when to come again', isPatient, 'few', 1, 90_000],
  ['a payment at a bank that is down', bankIsDown, 'endless', 3, 4_000],
  ['for long', bankIsDown, 'endless', 2_000, 300_000],
  ['a refusal', refused, 'endless', 1, undefined],
  ['our own database, while somebody waits', storeIsAway, 'few', 3, 4_000],
  ['for long', storeIsAway, 'few', 2_000, 10_000],
  ['for long, of a payment', storeIsAway, 'endless', 2_000, 10_000],
  ['an answer that another attempt may bring', answerMayCome, 'few', 20, 3_000],
  ['our own bug', ourBug, 'few', 2, 2_000],
  ['our own bug, a third time', ourBug, 'few', 3, undefined],
  ['our own bug, of a payment', ourBug, 'endless', 3, 4_000],
])('%s', (_, error, tries, attempt, delayMs) => {
  const failure = afterFailure(error, tries, attempt);
  if (!(failure instanceof ApplicationFailure)) throw new Error('no failure of Temporal');
  expect([failure.nonRetryable, failure.nonRetryable ? undefined : failure.nextRetryDelay]).toEqual([
    delayMs === undefined,
    delayMs,
  ]);
});

it('one that was called off is told as that', () => {
  const calledOff = new CancelledFailure('called off');
  expect(afterFailure(calledOff, 'few', 1)).toBe(calledOff);
});

describe('the steps of a consent, at the third attempt', () => {
  const creation = async (find: Promise<never>) => {
    const store = { consents: { find: () => find } };
    const deps = { store } as unknown as Parameters<typeof createActivities>[0]; // nothing else is asked for
    const { createConsentAtBank } = createActivities(deps);
    const environment = new MockActivityEnvironment({ attempt: 3, startToCloseTimeoutMs: 50 });
    const reference = { tenant: 'default', consentId: 'c', family: 'domestic-payment' } as const;
    return await environment.run(createConsentAtBank, reference).catch((failure: unknown) => failure);
  };

  it('give up a bank that is down', async () => {
    expect(await creation(Promise.reject(bankIsDown))).toMatchObject({
      type: 'BankUnavailable',
      nonRetryable: true,
    });
  });

  it('give up what hangs', async () => {
    expect(await creation(new Promise(() => {}))).toMatchObject({
      type: 'BankUnavailable',
      nonRetryable: true,
    });
  });

  it('wait for our own database', async () => {
    expect(await creation(Promise.reject(storeIsAway))).toMatchObject({
      type: 'StoreUnavailable',
      nonRetryable: false,
    });
  });
});
