// Orders that more than one person has to agree to: the first one gave the consent, the others follow at the bank.
import type { ResourceKnobs } from './deps.ts';
import { type Call, dateTime } from './operation.ts';
import type { Payment } from './records.ts';
import { namesOf } from './version-3-names.ts';

export type MultiAuthorisationStatus = 'AWAF' | 'AUTH' | 'RJCT';

export interface Authorisers {
  required: number;
  received: number;
  updatedAtMs: number;
  /** Who has not agreed by then has refused. */
  expiresAtMs: number;
  isRefused: boolean;
}

/** Nothing where one person is enough. */
export function authorisersOf(
  { authorisersRequired, authorisersWithinMs }: ResourceKnobs,
  nowMs: number,
): Authorisers | undefined {
  if (authorisersRequired <= 1) return undefined;
  return {
    required: authorisersRequired,
    received: 1,
    updatedAtMs: nowMs,
    expiresAtMs: nowMs + authorisersWithinMs,
    isRefused: false,
  };
}

export function multiAuthorisationOf(
  { required, received, updatedAtMs, expiresAtMs, isRefused }: Authorisers,
  nowMs: number,
): { status: MultiAuthorisationStatus; sinceMs: number } {
  if (isRefused) return { status: 'RJCT', sinceMs: updatedAtMs };
  if (received >= required) return { status: 'AUTH', sinceMs: updatedAtMs };
  if (nowMs >= expiresAtMs) return { status: 'RJCT', sinceMs: expiresAtMs };
  return { status: 'AWAF', sinceMs: updatedAtMs };
}

/** One more person decides. False where nobody is waited for. */
export function coAuthorise(
  { authorisers }: Payment,
  decision: 'approve' | 'refuse',
  nowMs: number,
): boolean {
  if (!authorisers || multiAuthorisationOf(authorisers, nowMs).status !== 'AWAF') return false;
  const received = authorisers.received + (decision === 'approve' ? 1 : 0);
  Object.assign(authorisers, { received, updatedAtMs: nowMs, isRefused: decision === 'refuse' });
  return true;
}

/** As an order tells of it. */
export function multiAuthorisationBody(
  { version, nowMs }: Call,
  { authorisers }: Payment,
): object | undefined {
  if (!authorisers) return undefined;
  const { status, sinceMs } = multiAuthorisationOf(authorisers, nowMs);
  return {
    Status: namesOf(version).multiAuthorisationStatus(status),
    NumberRequired: authorisers.required,
    NumberReceived: authorisers.received,
    LastUpdateDateTime: dateTime(sinceMs),
    ExpirationDateTime: dateTime(authorisers.expiresAtMs),
  };
}
