// Makes the consent's record of a payment whose customer has chosen a bank: from what was asked for at first.
import type { BankChoice } from '../workflows/contracts/payment-journey.ts';
import type { ActivityDeps } from './deps.ts';
import type { JourneyReference } from './index.ts';
import { StepFailure } from './step-failure.ts';

export async function recordBankChoice(
  { store }: Pick<ActivityDeps, 'store'>,
  { tenant, journeyId, bankRegistrationId }: JourneyReference & BankChoice,
): Promise<void> {
  const journey = await store.paymentJourneys.find(tenant, journeyId);
  const open = await store.paymentJourneys.findOpen(tenant, journeyId);
  if (journey === undefined || open === undefined) throw new Error('There is no such open payment.');
  const registration = await store.registrations.find(tenant, bankRegistrationId);
  if (registration?.status !== 'registered')
    throw new StepFailure('ConsentNotUsable', 'registration-not-usable', 'That bank cannot be used.');
  const { consentId, createdBy, reference } = journey;
  await store.consents.insert(tenant, {
    ...{ id: consentId, createdBy, reference, bankRegistrationId, useV4: registration.pispUseV4 },
    ...open,
  });
}
