// All steps as a worker runs them: alive to Temporal where a stalled one may be replaced, errors made into failures.
import { setTimeout } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { createAuthorisationActivities } from './authorisation.ts';
import { createConsentActivities } from './consents.ts';
import { type DeliveryDeps, deliverWebhook } from './deliver-webhook.ts';
import type { ActivityDeps } from './deps.ts';
import { followPaymentStatus } from './follow-payment-status.ts';
import type { Activities } from './index.ts';
import { lookAtConsent } from './look-at-consent.ts';
import { prepareOrder } from './prepare-order.ts';
import { lookAtReconfirmation } from './reconfirmation.ts';
import { recordBankChoice } from './record-bank-choice.ts';
import { recordFailure } from './record-failure.ts';
import { createRegistrationActivities } from './registration.ts';
import { afterFailure, type Tries } from './retries.ts';
import { StepFailure } from './step-failure.ts';
import { submitPayment } from './submit-payment.ts';
import { toApplicationFailure } from './to-application-failure.ts';
import { createTokenActivities } from './tokens.ts';
import { uploadPaymentFile } from './upload-payment-file.ts';

/** A third of the time-out that the workflows set. */
const heartbeatMs = 1_000;

export function createActivities(deps: ActivityDeps & DeliveryDeps): Activities {
  const registration = createRegistrationActivities(deps);
  const consents = createConsentActivities(deps);
  return {
    currentTimeMs: async () => deps.clock.nowMs(),
    prepareRegistration: bankStep('few', registration.prepareRegistration),
    registerClientAtBank: bankStep('few', registration.registerClientAtBank),
    updateRegistration: bankStep('few', registration.updateRegistration),
    deleteRegistration: bankStep('few', registration.deleteRegistration),
    createConsentAtBank: bankStep('few', consents.createConsentAtBank),
    uploadPaymentFile: bankStep('few', (reference) => uploadPaymentFile(deps, reference)),
    deleteConsent: bankStep('few', consents.deleteConsent),
    importConsent: step(consents.importConsent),
    recordConsentEnd: step(consents.recordConsentEnd),
    lookAtReconfirmation: step((reference) => lookAtReconfirmation(deps, reference)),
    completeAuthorisation: bankStep('few', createAuthorisationActivities(deps).completeAuthorisation),
    refreshGrant: bankStep('few', createTokenActivities(deps).refreshGrant),
    lookAtConsent: bankStep('few', (reference) => lookAtConsent(deps, reference)),
    recordBankChoice: step((choice) => recordBankChoice(deps, choice)),
    recordOpenEnd: step(({ tenant, journeyId, status }) =>
      deps.store.paymentJourneys.recordEnd(tenant, journeyId, status),
    ),
    prepareOrder: step((reference) => prepareOrder(deps, reference)),
    submitPayment: bankStep('endless', (reference) => submitPayment(deps, reference)),
    followPaymentStatus: bankStep('endless', (reference) =>
      followPaymentStatus(deps, reference, Context.current().info.attempt),
    ),
    deliverWebhook: bankStep('endless', (input) => deliverWebhook(deps, input)),
    recordFailure: step((reference) => recordFailure(deps, reference)),
  };
}

/** Of our own records alone. */
function step<Input, Output>(run: (input: Input) => Promise<Output>): (input: Input) => Promise<Output> {
  return async (input) => {
    try {
      return await run(input);
    } catch (error) {
      throw toApplicationFailure(error);
    }
  };
}

/** It talks to a bank, or a receiver: alive to Temporal, which gives it to another worker when it is not. */
function bankStep<Input, Output>(
  tries: Tries,
  run: (input: Input) => Promise<Output>,
): (input: Input) => Promise<Output> {
  return async (input) => {
    const context = Context.current();
    const heart = setInterval(() => context.heartbeat(), heartbeatMs);
    try {
      return await inTime(run(input), context.info.startToCloseTimeoutMs);
    } catch (error) {
      throw afterFailure(error, tries, context.info.attempt);
    } finally {
      clearInterval(heart);
    }
  };
}

/** One that hangs says so itself, before Temporal takes it for one that died: only the former is given up some time. */
async function inTime<Output>(output: Promise<Output>, stepTimeoutMs: number): Promise<Output> {
  const isDone = new AbortController();
  const hangs = setTimeout(0.9 * stepTimeoutMs, undefined, { signal: isDone.signal }).then(() => {
    throw new StepFailure('BankUnavailable', 'bank-timeout', 'The step took too long.');
  });
  try {
    return await Promise.race([output, hangs]);
  } finally {
    isDone.abort();
    hangs.catch(() => {}); // called off, or nobody's concern any more
  }
}
