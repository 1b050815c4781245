// Whether a step that failed is taken again, and when: said by the step itself, so that one whose attempt died with its worker
// is taken again at once and never given up.
import { ApplicationFailure, TemporalFailure } from '@temporalio/common';
import { classify, isRetried } from './classify.ts';
import { AnotherAttempt } from './step-failure.ts';
import { toApplicationFailure } from './to-application-failure.ts';

/** `few`: somebody waits for the answer. `endless`: the step itself knows when trying has to end. */
export type Tries = 'few' | 'endless';

const few = 3;
const firstMs = 1_000; // banks ask for a second's pause
const longestMs = 5 * 60_000;
/** Of our own house that is down nobody has to be spared, and it is back soon. */
const longestOwnMs = 10_000;

/** @param attempt counts from 1, attempts that died included */
export function afterFailure(error: unknown, tries: Tries, attempt: number): unknown {
  if (error instanceof TemporalFailure) return error;
  const classified = classify(error);
  // A database that is away is waited for: nobody's payment fails because of it.
  const isOurs = classified?.type === 'StoreUnavailable' || error instanceof AnotherAttempt;
  const isLast = tries === 'few' && attempt >= few && !isOurs;
  const delayMs = Math.min(firstMs * 2 ** Math.min(attempt - 1, 20), isOurs ? longestOwnMs : longestMs);
  if (classified === undefined)
    return ApplicationFailure.fromError(error, { nonRetryable: isLast, nextRetryDelay: delayMs });
  if (isLast && isRetried(classified)) return toApplicationFailure(error, { isLast });
  return toApplicationFailure(error, { delayMs });
}
