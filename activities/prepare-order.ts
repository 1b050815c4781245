// Makes the payment's record from what the customer has just authorised: the same body, with the bank's id of the consent.
import { randomUUID } from 'node:crypto';
import { paymentFamilyFacts } from '../standards/uk-open-banking/payment-families.ts';
import type { PaymentFamily } from '../workflows/contracts/payment.ts';
import { type ActivityDeps, bankOf } from './deps.ts';

/** @returns the payment of the consent: another one, if somebody has submitted it meanwhile */
export async function prepareOrder(
  deps: ActivityDeps,
  {
    tenant,
    consentId,
    family,
    paymentId,
  }: { tenant: string; consentId: string; family: PaymentFamily; paymentId: string },
): Promise<{ paymentId: string }> {
  const { store } = deps;
  const consent = await store.consents.find(tenant, consentId);
  const consented = await store.consents.findRequestBody(tenant, consentId);
  if (!consent?.externalApiId || consented === undefined) throw new Error('There is no such consent.');
  const { Data, Risk } = JSON.parse(consented);
  const order = { Data: { ConsentId: consent.externalApiId, Initiation: Data.Initiation }, Risk };
  const bank = await bankOf(deps, tenant, consent.bankRegistrationId);
  const version = consent.createdWithV4 ? 'v4.0' : 'v3.1';
  const body = bank.writeRequest(paymentFamilyFacts[family].resource, version, JSON.stringify(order));
  const { payment } = await store.payments.insert(tenant, {
    ...{ id: paymentId, consentId, family, body, bankIdempotencyKey: randomUUID() },
    customerIpAddress: await store.consents.findCustomerIpAddress(tenant, consentId),
  });
  return { paymentId: payment.id };
}
