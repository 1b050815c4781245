// How long a consent waits for its customer before it counts as abandoned.
import { type ConsentFamily, isSingleUse } from '../contracts/consent.ts';

const hourMs = 60 * 60 * 1000;

/**
 * Banks keep an unauthorised payment consent for a short while only; a consent that is used again and again may be sent to
 * its customer by mail. No wait goes beyond the consent's own end.
 * @returns milliseconds since 1970
 */
export function authorisationDeadlineMs(
  family: ConsentFamily,
  nowMs: number,
  consentExpiresAtMs?: number,
): number {
  const patienceMs = isSingleUse(family) ? 24 * hourMs : 30 * 24 * hourMs;
  return Math.min(nowMs + patienceMs, consentExpiresAtMs ?? Number.POSITIVE_INFINITY);
}
