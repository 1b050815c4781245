// What late comers are told: what they ask about has come to its end.
import { ApplicationFailure } from '@temporalio/workflow';
import type { FailureDetails, FailureType } from '../failures.ts';

/** @param code for the caller, as in the API's problem documents */
export function notUsable(
  code: 'consent-not-usable' | 'registration-not-usable' | 'bank-already-chosen',
): ApplicationFailure {
  const type: FailureType = 'ConsentNotUsable';
  const details: FailureDetails = { code };
  const message = 'What was asked about has come to its end.';
  return ApplicationFailure.create({ type, message, nonRetryable: true, details: [details] });
}
