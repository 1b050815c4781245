// The id that ties a customer's return to the session that sent the customer away. It is not kept: it follows from the
// secret code verifier of the attempt, so that a repeated create can answer the same, and only its hash is stored.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export function appSessionIdOf(codeVerifier: string, authContextId: string): string {
  return createHmac('sha256', codeVerifier).update(`app session of ${authContextId}`).digest('base64url');
}

export function appSessionIdHash(appSessionId: string): string {
  return createHash('sha256').update(appSessionId).digest('base64url');
}

export function isSameAppSession(appSessionId: string, hash: string): boolean {
  const [given, kept] = [Buffer.from(appSessionIdHash(appSessionId)), Buffer.from(hash)];
  return given.length === kept.length && timingSafeEqual(given, kept);
}
