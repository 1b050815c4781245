// Submits a payment exactly once, whatever happens: the same key and the same bytes go out each time, and whatever
// leaves open whether money moved is resolved by asking the bank how the consent stands, never by guessing.
// https://openbankinguk.github.io/read-write-api-site3/v4.0/profiles/read-write-data-api-profile.html#idempotency
import { randomUUID } from 'node:crypto';
import { BankError } from '../bank-client/bank-error.ts';
import { paymentStanding, sinceDueMs } from '../standards/uk-open-banking/payment-standing.ts';
import type { EndedAttempt } from '../store/payment-attempts.ts';
import type { PaymentStatus } from '../workflows/contracts/payment.ts';
import { onRecord } from './attempt-on-record.ts';
import { bankOfGrant } from './bank-of-grant.ts';
import { type Classified, classify, isRetried } from './classify.ts';
import type { ActivityDeps } from './deps.ts';
import type { PaymentReference } from './index.ts';
import { namedByRate } from './lapsed-rate.ts';
import { loadPayment, type PaymentAtBank } from './payment-at-bank.ts';
import { type Attempt, attemptPayment, readConsentStanding } from './payment-submission.ts';
import { StepFailure } from './step-failure.ts';

const hourMs = 60 * 60_000;
/** Banks remember a key for 24 hours from its first use; the hour between is for clocks that differ. */
const keyLivesMs = 23 * hourMs;
/** When nothing could be found out for so long, somebody has to look. */
const resolvableMs = 48 * hourMs;
/** An attempt this old is no longer on its way to the bank. */
const quietMs = 2 * 60_000;

type Ended = { status: PaymentStatus };

const authorisationNeeded: Classified = {
  type: 'GrantEnded',
  details: { code: 'authorisation-needed' },
  message: 'Nothing was executed; the customer has to authorise again.',
};

export async function submitPayment(deps: ActivityDeps, reference: PaymentReference): Promise<Ended> {
  const { store, clock } = deps;
  const { tenant, paymentId } = reference;
  const found = await loadPayment(deps, reference);
  const { payment, bank, version } = found;
  const { family } = payment;
  if (payment.status !== 'submitting') return await finishEarlier();
  const sinceFirstMs = sinceMs(payment.firstSentAt);
  if (sinceFirstMs >= keyLivesMs) return await resolve(payment.lastSentAt, authorisationNeeded);

  const grant = await store.grants.load(tenant, payment.consentId);
  if (grant?.accessToken === undefined) return await resolve(payment.lastSentAt, authorisationNeeded);
  const body = await store.payments.findBody(tenant, paymentId);
  if (body === undefined) throw new Error('A payment is written together with its body.');
  const customerIpAddress = await store.payments.findCustomerIpAddress(tenant, paymentId);
  const attemptId = randomUUID();
  const sending = await store.payments.recordSending(tenant, paymentId, attemptId);
  const previousSentAt = sending?.previousSentAt ?? null;
  const { accessToken } = grant;
  const bound = await bankOfGrant(deps, tenant, payment.bankRegistrationId, grant, bank);
  const attempt = await attemptPayment(bound, {
    ...{ family, version, body, accessToken, customerIpAddress },
    idempotencyKey: payment.bankIdempotencyKey,
    isUrgent: previousSentAt !== null,
  });
  const ended = onRecord(attemptId, attempt);
  switch (attempt.kind) {
    case 'taken':
      return await recordTaken(attempt, ended, grant.version);
    case 'unclear':
      await store.paymentAttempts.recordEnded(tenant, paymentId, ended);
      throw later(attempt.error);
    case 'not-sent':
      await store.payments.recordNoEffect(tenant, paymentId, { previousSentAt, attempt: ended });
      throw later(attempt.error);
    case 'refused':
      await store.payments.recordNoEffect(tenant, paymentId, { previousSentAt, attempt: ended });
      return await resolve(previousSentAt, await refusalOf(attempt.error));
    default:
      return attempt satisfies never;
  }

  async function refusalOf(error: BankError): Promise<Classified> {
    return await namedByRate(deps, tenant, payment, classify(error) ?? authorisationNeeded);
  }

  function sinceMs(time: Date | null): number {
    return time === null ? 0 : clock.nowMs() - time.getTime();
  }

  /**
   * Nothing more will be sent now: what became of what was sent before?
   * @param unclearAt when an attempt was made last that may have had an effect; null: there was none
   * @param failure what the payment fails with when nothing was executed
   */
  async function resolve(unclearAt: Date | null, failure: Classified): Promise<Ended> {
    if (unclearAt === null) return await fail(failure);
    const standing = await standingOfConsent();
    switch (standing) {
      case 'consumed':
        await recordConsumed(found);
        return await end('executed-id-unknown');
      case 'unused':
      case 'ended': {
        const stillMs = quietMs - sinceMs(unclearAt);
        if (stillMs <= 0) return await fail(failure);
        throw new StepFailure(
          'BankUnavailable',
          'bank-timeout',
          'An attempt may still be on its way.',
          stillMs,
        );
      }
      case 'unclear':
        if (sinceFirstMs >= resolvableMs) return await end('outcome-unknown');
        throw new StepFailure(
          'BankUnavailable',
          'bank-unavailable',
          'The bank does not say how the consent stands.',
        );
      default:
        return standing satisfies never;
    }
  }

  async function standingOfConsent() {
    try {
      return await readConsentStanding(bank, family, version, found.externalApiConsentId);
    } catch (error) {
      if (error instanceof BankError || error instanceof StepFailure) return 'unclear';
      throw error;
    }
  }

  async function fail(failure: Classified): Promise<never> {
    await store.payments.recordEnded(tenant, paymentId, { status: 'failed', failure });
    throw new StepFailure(failure.type, failure.details, failure.message);
  }

  async function end(status: 'executed-id-unknown' | 'outcome-unknown'): Promise<Ended> {
    return { status: (await store.payments.recordEnded(tenant, paymentId, { status })) ?? status };
  }

  /** What an attempt that was cut off has recorded stands; what it had still to do is done now. */
  async function finishEarlier(): Promise<Ended> {
    const { status, failure, externalApiId, consentId } = payment;
    if (status === 'failed' && failure !== null)
      throw new StepFailure(failure.type, failure.details, 'The payment failed before.');
    const kept = externalApiId === null ? undefined : await store.grants.load(tenant, consentId);
    if (kept !== undefined) await useUp(kept.version);
    return { status };
  }

  async function recordTaken(
    { answer, externalApiId, bankStatus }: Taken,
    ended: EndedAttempt,
    grantVersion: number,
  ): Promise<Ended> {
    const due = sinceDueMs(answer.body, payment.created.getTime(), clock.nowMs());
    const status = paymentStanding(family, bankStatus, due);
    const values = { status, externalApiId, bankStatus, bankResponse: answer, attempt: ended };
    const stands = await store.payments.recordStatus(tenant, paymentId, values);
    await useUp(grantVersion);
    return { status: stands ?? status };
  }

  /** After the payment is on record: without its grant nobody could ask the bank again what became of it. */
  async function useUp(grantVersion: number): Promise<void> {
    await recordConsumed(found);
    const { consentId } = payment;
    await store.grants.end(tenant, consentId, { fromVersion: grantVersion, reason: 'payment taken' });
  }

  async function recordConsumed({ payment: { consentId } }: PaymentAtBank): Promise<void> {
    await store.consents.recordStatus(tenant, consentId, { from: 'authorised', to: 'consumed' });
  }
}

type Taken = Extract<Attempt, { kind: 'taken' }>;

/** The same attempt again after a while, also where a caller would be told that the answer cannot be used. */
function later(error: BankError | StepFailure): Error {
  const classified = classify(error);
  if (classified === undefined || isRetried(classified)) return error;
  return new StepFailure(
    'BankUnavailable',
    { ...classified.details, code: 'bank-unavailable' },
    error.message,
  );
}
