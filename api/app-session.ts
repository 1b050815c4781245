// The id that ties a customer's return to the session that sent the customer away. It is not kept: it follows from the
// secret code verifier of the attempt, so that a repeated create can answer the same, and only its hash is stored.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export function appSessionIdOf(codeVerifier: string, authContextId: string): string {
  return createHmac('sha256', codeVerifier).update(`app session of ${authContextId}`).digest('base64url');
}

export function appSessionIdHash(appSessionId: string): string {
  return createHash('sha256').update(appSessionId).digest('base64url');
}

/** Between the ids of a browser that is on its way to several banks, or to one for the second time. */
const separator = '.';
const keptIds = 5;

/** @param earlier what the browser has */
export function withAppSession(earlier: string | undefined, appSessionId: string): string {
  return [appSessionId, ...(earlier?.split(separator) ?? [])].slice(0, keptIds).join(separator);
}

/** @param given one id, or those of a browser */
export function isSameAppSession(given: string, hash: string): boolean {
  const kept = Buffer.from(hash);
  return given.split(separator).some((appSessionId) => {
    const found = Buffer.from(appSessionIdHash(appSessionId));
    return found.length === kept.length && timingSafeEqual(found, kept);
  });
}
