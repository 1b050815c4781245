// Looks at how long ago the customer of an access confirmed it, and notes in time that somebody has to ask them.
import {
  lookAtReconfirmation as lookAt,
  type ReconfirmationLook,
} from '../workflows/contracts/reconfirmation.ts';
import type { ActivityDeps } from './deps.ts';
import type { ConsentReference } from './index.ts';

export async function lookAtReconfirmation(
  { store, clock }: Pick<ActivityDeps, 'store' | 'clock'>,
  { tenant, consentId }: Pick<ConsentReference, 'tenant' | 'consentId'>,
): Promise<ReconfirmationLook> {
  const consent = await store.consents.find(tenant, consentId);
  // Whoever deleted it tells the journey.
  if (consent === undefined) return lookAt(clock.nowMs(), clock.nowMs());
  const confirmedAt = Math.max(consent.authContextModified.getTime(), consent.reconfirmed?.getTime() ?? 0);
  const look = lookAt(confirmedAt, clock.nowMs());
  if (look.standing !== 'confirmed') await store.reconfirmations.recordReminder(tenant, consentId);
  return look;
}
