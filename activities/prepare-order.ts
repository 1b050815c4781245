// Makes the payment's record from what the customer has just authorised: the same body, with the bank's id of the consent.
import { randomUUID } from 'node:crypto';
import { writeRequest } from '../bank-profiles/write-request.ts';
import { paymentFamilyFacts } from '../standards/uk-open-banking/payment-families.ts';
import type { PaymentFamily } from '../workflows/contracts/payment.ts';
import type { ActivityDeps } from './deps.ts';
import { StepFailure } from './step-failure.ts';

/** @returns the payment of the consent: another one, if somebody has submitted it meanwhile */
export async function prepareOrder(
  { store, profiles }: Pick<ActivityDeps, 'store' | 'profiles'>,
  {
    tenant,
    consentId,
    family,
    paymentId,
  }: { tenant: string; consentId: string; family: PaymentFamily; paymentId: string },
): Promise<{ paymentId: string }> {
  const consent = await store.consents.find(tenant, consentId);
  const consented = await store.consents.findRequestBody(tenant, consentId);
  if (!consent?.externalApiId || consented === undefined)
    throw new StepFailure('ConsentNotUsable', 'consent-not-usable', 'The consent was deleted.');
  const { Data, Risk } = JSON.parse(consented);
  const order = { Data: { ConsentId: consent.externalApiId, Initiation: Data.Initiation }, Risk };
  const profile = profiles.find(consent.bankProfile);
  // Whoever runs us took the profile away: it is waited for.
  if (profile === undefined) throw new Error(`There is no profile ${consent.bankProfile}.`);
  const version = consent.createdWithV4 ? 'v4.0' : 'v3.1';
  const body = JSON.stringify(writeRequest(profile, paymentFamilyFacts[family].resource, version, order));
  const { payment } = await store.payments.insert(tenant, {
    ...{ id: paymentId, consentId, family, body, bankIdempotencyKey: randomUUID() },
    customerIpAddress: await store.consents.findCustomerIpAddress(tenant, consentId),
  });
  return { paymentId: payment.id };
}
