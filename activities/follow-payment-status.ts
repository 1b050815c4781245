// One look at a payment's status. While it is not a final one the step fails with when to look again, so that waiting
// writes nothing into a history.
import { BankError } from '../bank-client/bank-error.ts';
import { paymentFamilyFacts } from '../standards/uk-open-banking/payment-families.ts';
import {
  nextPollDelayMs,
  paymentStanding,
  sinceDueMs,
} from '../standards/uk-open-banking/payment-standing.ts';
import type { PaymentStatus } from '../workflows/contracts/payment.ts';
import { readPaymentData } from './bank-data.ts';
import type { ActivityDeps } from './deps.ts';
import type { PaymentReference } from './index.ts';
import { loadPayment } from './payment-at-bank.ts';
import { StepFailure } from './step-failure.ts';

/** @param attempt counts the looks from 1 */
export async function followPaymentStatus(
  deps: ActivityDeps,
  reference: PaymentReference,
  attempt: number,
): Promise<{ status: PaymentStatus }> {
  const { payment } = await loadPayment(deps, reference);
  if (payment.status !== 'following' || payment.externalApiId === null) return { status: payment.status };
  const { status, sinceMs } = await lookAtBank(deps, reference, payment.externalApiId);
  if (status !== 'following') return { status };
  const text = 'The payment is on its way.';
  throw new StepFailure('StatusNotFinal', 'payment-in-progress', text, nextPollDelayMs(attempt, sinceMs));
}

async function lookAtBank(
  deps: ActivityDeps,
  reference: PaymentReference,
  externalApiId: string,
): Promise<{ status: PaymentStatus; sinceMs: number }> {
  const { store, clock } = deps;
  const { tenant, paymentId } = reference;
  const { payment, bank, version } = await loadPayment(deps, reference);
  const createdMs = payment.created.getTime();
  try {
    const { read: endpoint, pathId } = paymentFamilyFacts[payment.family];
    const bankResponse = await bank.call({ endpoint, version, params: { [pathId]: externalApiId } });
    const { bankStatus } = readPaymentData(payment.family, bankResponse);
    const sinceMs = sinceDueMs(bankResponse.body, createdMs, clock.nowMs());
    const status = paymentStanding(payment.family, bankStatus, sinceMs);
    const stands = await store.payments.recordStatus(tenant, paymentId, { status, bankStatus, bankResponse });
    return { status: stands ?? status, sinceMs };
  } catch (error) {
    // Not being told changes nothing about the payment: it is asked again, for as long as it takes.
    if (!(error instanceof BankError || error instanceof StepFailure)) throw error;
    return { status: 'following', sinceMs: clock.nowMs() - createdMs };
  }
}
