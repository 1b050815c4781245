// A failure that a step has found itself.
import type { FailureDetails, FailureType } from '../workflows/failures.ts';

export class StepFailure extends Error {
  override name = 'StepFailure';
  readonly type: FailureType;
  readonly details: FailureDetails;
  readonly retryAfterMs: number | undefined;
  /** @param details the code alone, or all that is known */
  constructor(type: FailureType, details: string | FailureDetails, message: string, retryAfterMs?: number) {
    super(message);
    this.type = type;
    this.details = typeof details === 'string' ? { code: details } : details;
    this.retryAfterMs = retryAfterMs;
  }
}

/** An earlier attempt of the step may still bring the answer: it is waited for, however many further ones that takes. */
export class AnotherAttempt extends StepFailure {
  override name = 'AnotherAttempt';
}
