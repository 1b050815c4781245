// What the security room's refusals of tokens have in common.
import { IdTokenRefused } from '../security/id-token.ts';
import { AuthorisationResponseRefused } from '../security/jarm.ts';

export function isTokenRefusal(error: unknown): error is IdTokenRefused | AuthorisationResponseRefused {
  return error instanceof IdTokenRefused || error instanceof AuthorisationResponseRefused;
}

/** The one refusal that a newer key set may cure. */
export function isUnknownKey(error: unknown): boolean {
  return isTokenRefusal(error) && error.check === 'unknown-key';
}
