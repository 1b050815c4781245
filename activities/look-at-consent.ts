// Asks the bank how a consent stands whose customer has come back without having agreed: what a browser says is a hint.
import { consentStanding } from '../standards/uk-open-banking/consent-standing.ts';
import { consentEndpoints } from './consent-endpoints.ts';
import { type ActivityDeps, bankOf } from './deps.ts';
import type { ConsentReference } from './index.ts';
import { StepFailure } from './step-failure.ts';

/** @returns whether it has ended at the bank; one that has not may still be authorised */
export async function lookAtConsent(
  deps: ActivityDeps,
  { tenant, consentId, family }: ConsentReference,
): Promise<{ isRejected: boolean }> {
  const consent = await deps.store.consents.find(tenant, consentId);
  if (!consent?.externalApiId)
    throw new StepFailure('ConsentNotUsable', 'consent-not-usable', 'The consent was deleted.');
  const bank = await bankOf(deps, tenant, consent.bankRegistrationId);
  const answer = await bank.call({
    endpoint: consentEndpoints(family).read,
    version: consent.createdWithV4 ? 'v4.0' : 'v3.1',
    params: { ConsentId: consent.externalApiId },
  });
  const seen = consentStanding(answer.body);
  await deps.store.consents.recordSeenAtBank(tenant, consentId, seen);
  return { isRejected: seen.status === 'RJCT' };
}
