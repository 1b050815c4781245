// What a bank keeps from a third party whose customer is not there: reads beyond so many a day, and, some time after the
// customer signed in, whatever is neither a balance nor recent (SCA-RTS, articles 10 and 36(5)).
import { forbidden, Refusal } from './errors.ts';
import type { Call, Operation } from './operation.ts';
import type { AccountAccessConsent } from './records.ts';

const dayMs = 86_400_000;
const recentMs = 90 * dayMs;

/** Read without the customer having signed in anew. */
const alwaysOpen = new Set([
  '/accounts',
  '/accounts/{AccountId}',
  '/accounts/{AccountId}/balances',
  '/balances',
  '/accounts/{AccountId}/transactions',
  '/transactions',
]);

export function checkPresence(call: Call, { path }: Operation, consent: AccountAccessConsent): void {
  const { reauthentication, unattendedReadsPerDay } = call.deps.knobs;
  if (isStale(call, consent) && (reauthentication?.of === 'everything' || !alwaysOpen.has(path)))
    throw reauthenticate();
  // A further page belongs to the read that it continues.
  if (unattendedReadsPerDay === null || call.isAttended || call.query.has('page')) return;
  const key = [consent.consentId, path, ...Object.values(call.params)].join(' ');
  const waitMs = call.deps.state.unattendedReads.take(key, unattendedReadsPerDay, call.nowMs);
  if (waitMs !== undefined) throw new Refusal(429, [], Math.ceil(waitMs / 1000));
}

/** How far back transactions go now; asking for older ones by name is refused. */
export function oldestShownMs(call: Call, consent: AccountAccessConsent, askedFromMs: number): number {
  if (!isStale(call, consent)) return -Infinity;
  const oldestMs = call.nowMs - recentMs;
  if (askedFromMs !== -Infinity && askedFromMs < oldestMs) throw reauthenticate();
  return oldestMs;
}

/** The consent's status changes whenever the customer signs in for it. */
function isStale({ deps, nowMs }: Call, { statusChangedAtMs }: AccountAccessConsent): boolean {
  const { reauthentication } = deps.knobs;
  return reauthentication !== null && nowMs - statusChangedAtMs > reauthentication.afterMs;
}

function reauthenticate(): Refusal {
  return forbidden('U028', 'the customer must sign in again');
}
