// A consent in the words of callers.

import type { Consent } from '../../store/consents.ts';
import { reconfirmationDueMs } from '../../workflows/contracts/reconfirmation.ts';
import { Problem, problemOfRecordedFailure } from '../problem.ts';
import { entityMembers } from '../schemas/shared.ts';

/** @throws {Problem} while the bank has not recorded it, or why it never will */
export function consentMembers(consent: Consent): Record<string, unknown> {
  return { ...knownMembers(consent), ExternalApiId: recordedId(consent) };
}

/** What is known of it before the bank has recorded it. */
export function knownMembers(consent: Consent): Record<string, unknown> {
  return {
    ...entityMembers(consent),
    BankRegistrationId: consent.bankRegistrationId,
    ExternalApiUserId: consent.externalApiUserId,
    AuthContextModified: consent.authContextModified.toISOString(),
    AuthContextModifiedBy: consent.authContextModifiedBy,
    CreatedWithV4: consent.createdWithV4,
    LastUsed: consent.lastUsedAt?.toISOString(),
    Status: consent.status,
    ExternalApiStatus: consent.bankStatus,
    ExternalApiStatusConfirmed: consent.bankStatusConfirmed?.toISOString(),
    ...(consent.family === 'account-access' ? accessMembers(consent) : {}),
  };
}

function accessMembers(consent: Consent): Record<string, unknown> {
  const confirmedAtMs = Math.max(consent.authContextModified.getTime(), consent.reconfirmed?.getTime() ?? 0);
  return {
    Permissions: consent.permissions,
    ExpirationDateTime: consent.expiresAt?.toISOString(),
    Reconfirmed: consent.reconfirmed?.toISOString(),
    ReconfirmationDue:
      consent.status === 'authorised' ? new Date(reconfirmationDueMs(confirmedAtMs)).toISOString() : null,
    ReconfirmationReminded: consent.reconfirmationReminded?.toISOString(),
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
