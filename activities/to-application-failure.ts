// An error of a step as Temporal is told of it.
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { classify, isRetried } from './classify.ts';

/** Whatever a bank asks for: a step that waits longer is one that nobody believes in any more. */
const longestDelayMs = 60 * 60_000;

/**
 * Our own bugs stay as they are. The rest is the world's doing, and no line of a worker's log at warning level.
 * @param delayMs until the next attempt, where the failure itself does not say
 */
export function toApplicationFailure(
  error: unknown,
  { delayMs, isLast = false }: { delayMs?: number; isLast?: boolean } = {},
): unknown {
  const classified = classify(error);
  if (classified === undefined) return error;
  const { type, message, details, retryAfterMs = delayMs } = classified;
  return ApplicationFailure.create({
    type,
    message,
    details: [details],
    nonRetryable: isLast || !isRetried(classified),
    category: ApplicationFailureCategory.BENIGN,
    ...(retryAfterMs ? { nextRetryDelay: Math.min(retryAfterMs, longestDelayMs) } : {}),
  });
}
