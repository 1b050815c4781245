// Proxies of the activities, grouped by what a retry of them means.
import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { type FailureType, failureTypes, retriedFailureTypes } from './failures.ts';

/** A retry of any other type would meet the same answer. */
const nonRetryableErrorTypes: FailureType[] = failureTypes.filter(
  (type) => !retriedFailureTypes.includes(type),
);

/** Somewhat above the bank time-out, so that the step itself gets to say what happened. */
const stepTimeout = '30s';

/** Of a worker that is gone: what it was doing is begun again elsewhere soon after. */
const heartbeatTimeout = '3s';

/**
 * An attempt that died with its worker is made again at once, however many there were. One that failed says itself when the
 * next one is due, and whether there is one (`activities/retries.ts`).
 */
const retry = { initialInterval: '500ms', backoffCoefficient: 1, nonRetryableErrorTypes } as const;

/** The bank is the fairness key: one bank's backlog does not hold up the others. */
const fairTo = (bank: string) => ({ fairnessKey: bank });

/** Calls without effect at the bank, or whose repetition is harmless: tried again a few times while somebody waits. */
export function repeatable(bank: string) {
  return proxyActivities<
    Pick<
      Activities,
      | 'prepareRegistration'
      | 'createConsentAtBank'
      | 'lookAtConsent'
      | 'uploadPaymentFile'
      | 'deleteConsent'
      | 'updateRegistration'
      | 'deleteRegistration'
    >
  >({
    startToCloseTimeout: stepTimeout,
    ...{ heartbeatTimeout, retry },
    priority: fairTo(bank),
  });
}

/**
 * Writes under an idempotency key that was stored before the first attempt: tried for as long as it takes, with the
 * same key and the same bytes. The activity itself decides when trying has to end. Banks ask for a second's pause.
 */
export function idempotentWrites(bank: string) {
  return proxyActivities<Pick<Activities, 'submitPayment'>>({
    startToCloseTimeout: stepTimeout,
    ...{ heartbeatTimeout, retry },
    priority: fairTo(bank),
  });
}

/**
 * Calls that must reach the bank once. A stalled worker is replaced while its bytes may be under way: a further attempt finds
 * the claim in the database, and waits for the answer instead of sending.
 */
export function onceOnly(bank: string) {
  return proxyActivities<Pick<Activities, 'registerClientAtBank' | 'completeAuthorisation' | 'refreshGrant'>>(
    { startToCloseTimeout: stepTimeout, heartbeatTimeout, retry, priority: fairTo(bank) },
  );
}

/**
 * Reading a payment's status until it is a final one: each early answer is a failed attempt that says when to ask
 * again, so that waiting writes nothing into the history. One that is called off is not waited for: looking twice does no harm.
 */
export function polls(bank: string) {
  return proxyActivities<Pick<Activities, 'followPaymentStatus'>>({
    startToCloseTimeout: stepTimeout,
    cancellationType: 'TRY_CANCEL',
    ...{ heartbeatTimeout, retry },
    priority: fairTo(bank),
  });
}

/**
 * Attempts to deliver a webhook: each that is not taken says when to make the next one, and the activity itself decides when
 * there is none. One that died is made again at once, so that a webhook may arrive twice.
 */
export function webhooks(endpointId: string) {
  return proxyActivities<Pick<Activities, 'deliverWebhook'>>({
    startToCloseTimeout: '2m',
    ...{ heartbeatTimeout, retry },
    // An endpoint's backlog does not hold up the others.
    priority: fairTo(`webhook/${endpointId}`),
  });
}

/** Our own records only: no bank involved, so the worker runs them at once. */
export const records = proxyLocalActivities<
  Pick<
    Activities,
    | 'recordConsentEnd'
    | 'recordFailure'
    | 'lookAtReconfirmation'
    | 'importConsent'
    | 'prepareOrder'
    | 'recordBankChoice'
    | 'recordOpenEnd'
  >
>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '500ms', maximumInterval: '30s', nonRetryableErrorTypes },
});
