// When a webhook that was not delivered is tried again: sooner at first, hourly later, for 72 hours.

const hourMs = 60 * 60 * 1000;

/** From the event on. */
export const patienceMs = 72 * hourMs;
const firstMs = 5_000;
const longestMs = hourMs;
const shortestMs = 1_000;

export interface FailedAttempt {
  /** Made so far, from 1. */
  attempts: number;
  /** How long ago the event was to be delivered. */
  ageMs: number;
  /** From 0 to 1: receivers that were down together are not all called together. */
  random: number;
  /** How long the receiver asks to be left alone. */
  askedMs?: number | undefined;
}

/** @returns milliseconds; undefined: it is given up. The last attempt is made when the time is over. */
export function nextAttemptDelayMs(failed: FailedAttempt): number | undefined {
  const { attempts, ageMs, random, askedMs } = failed;
  if (ageMs >= patienceMs) return undefined;
  const longest = Math.min(firstMs * 2 ** Math.min(attempts - 1, 16), longestMs);
  const jittered = (longest / 2) * (1 + random);
  // What waits for one receiver waits in many queues: they do not all come the moment it wants them back.
  const asked = askedMs === undefined ? 0 : Math.min(askedMs + firstMs * random, longestMs);
  return Math.max(Math.ceil(Math.min(Math.max(jittered, asked), patienceMs - ageMs)), shortestMs);
}
