// The typed failure inside what a step's proxy throws.
import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import { type FailureDetails, type FailureType, failureTypes } from '../failures.ts';

/** A step that died or stalled too often tells nothing itself: it counts as a bank that stayed away. */
export function failureOf(error: unknown): { type: FailureType; details: FailureDetails } {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure) {
    const type = failureTypes.find((each) => each === cause.type);
    const [details] = cause.details ?? [];
    if (type !== undefined && hasCode(details)) return { type, details };
  }
  return { type: 'BankUnavailable', details: { code: 'bank-unavailable' } };
}

function hasCode(details: unknown): details is FailureDetails {
  return typeof details === 'object' && details !== null && 'code' in details;
}
