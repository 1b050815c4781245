// A consent in the words of callers.

import type { Consent } from '../../store/consents.ts';
import { Problem, problemOfRecordedFailure } from '../problem.ts';
import { entityMembers } from '../schemas/shared.ts';

/** @throws {Problem} while the bank has not recorded it, or why it never will */
export function consentMembers(consent: Consent): Record<string, unknown> {
  return {
    ...entityMembers(consent),
    BankRegistrationId: consent.bankRegistrationId,
    ExternalApiId: recordedId(consent),
    ExternalApiUserId: consent.externalApiUserId,
    AuthContextModified: consent.authContextModified.toISOString(),
    AuthContextModifiedBy: consent.authContextModifiedBy,
    CreatedWithV4: consent.createdWithV4,
    LastUsed: consent.lastUsedAt?.toISOString(),
  };
}

/**
 * The bank's id of a consent.
 * @throws {Problem} while the bank has not recorded it, or why it never will
 */
export function recordedId(consent: Consent): string {
  if (consent.failure !== null) throw problemOfRecordedFailure(consent.failure);
  if (consent.externalApiId === null) throw new Problem('consent-in-progress');
  return consent.externalApiId;
}
