// A payment with the bank that it is made at.
import type { Bank } from '../bank-client/bank.ts';
import type { ApiVersion } from '../standards/uk-open-banking/endpoint.ts';
import type { Payment } from '../store/payments.ts';
import { type ActivityDeps, bankOf } from './deps.ts';
import type { PaymentReference } from './index.ts';

export interface PaymentAtBank {
  payment: Payment;
  bank: Bank;
  version: ApiVersion;
  externalApiConsentId: string;
}

/** @returns rejects when there is no such payment: journeys are started for ones that are there */
export async function loadPayment(
  deps: ActivityDeps,
  { tenant, paymentId }: PaymentReference,
): Promise<PaymentAtBank> {
  const payment = await deps.store.payments.find(tenant, paymentId);
  if (!payment?.consentExternalApiId) throw new Error('There is no such payment.');
  return {
    payment,
    bank: await bankOf(deps, tenant, payment.bankRegistrationId),
    version: payment.useV4 ? 'v4.0' : 'v3.1',
    externalApiConsentId: payment.consentExternalApiId,
  };
}
