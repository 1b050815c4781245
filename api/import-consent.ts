// A consent that was made elsewhere, taken over: nothing is sent to its bank.
import type { ImportedConsent as ImportedRecord } from '../store/consents.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';
import type { ImportedConsent } from './schemas/consents.ts';
import { tenantOf } from './tenant.ts';

/** @throws {Problem} when it was authorised in a time to come */
export function importedRecord({ ExternalApiId, AuthContext }: ImportedConsent, now: Date): ImportedRecord {
  if (AuthContext == null) return { externalApiId: ExternalApiId };
  const modified = AuthContext.Modified == null ? undefined : new Date(AuthContext.Modified);
  if (modified !== undefined && modified > now) {
    const errors = { 'ExternalApiObject.AuthContext.Modified': ['must not be in the future'] };
    throw new Problem('validation-failed', { errors });
  }
  const authorised = { nonce: AuthContext.Nonce, modifiedBy: AuthContext.ModifiedBy ?? null, modified };
  return { externalApiId: ExternalApiId, authorised };
}

/**
 * A refresh token becomes tokens whose access token has ended: the first reader has it refreshed. Repeatable: once there
 * are other tokens, these are not taken any more.
 */
export async function keepImportedTokens(
  { records, clock }: Pick<ApiDeps, 'records' | 'clock'>,
  consentId: string,
  { AuthContext }: ImportedConsent,
): Promise<void> {
  const refreshToken = AuthContext?.RefreshToken ?? undefined;
  if (refreshToken === undefined) return;
  const tokens = { fromVersion: 1, accessToken: '', refreshToken, expiresAt: clock.now() };
  await records.grants.storeTokens(tenantOf(), consentId, tokens);
}
