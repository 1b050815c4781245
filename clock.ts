// The one source of time outside workflows: everything that needs to know the time is handed a Clock.
import { readFileSync } from 'node:fs';

export interface Clock {
  /** The present instant, in milliseconds since 1970 (UTC). */
  nowMs(): number;
  /** The present instant. */
  now(): Date;
}

function clockOf(nowMs: () => number): Clock {
  return { nowMs, now: () => new Date(nowMs()) };
}

export const systemClock: Clock = clockOf(() => Date.now());

/**
 * A clock that runs ahead of the system's by the milliseconds written in a file. Tests move time for every process
 * at once by writing that file: the sandbox bank does so when its own virtual clock is moved.
 */
export function fileOffsetClock(path: string): Clock {
  return clockOf(() => {
    let offsetMs = 0;
    try {
      offsetMs = Number(readFileSync(path, 'utf8').trim()) || 0;
    } catch {
      // No file yet: nobody has moved the clock.
    }
    return Date.now() + offsetMs;
  });
}
