// What went wrong on the way to a journey or in it, in the words of those who ask journeys for something.
import {
  isGrpcDeadlineError,
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { type FailureDetails, type FailureType, failureTypes } from '../workflows/failures.ts';
import { JourneyClosed, JourneyFailure, JourneyInProgress, JourneysUnavailable } from './journeys.ts';

/** An error that fits none of them is passed on as it is. */
export function translated(thrown: unknown): unknown {
  // Some of the client's calls wrap what gRPC says.
  const error = thrown instanceof ServiceError && thrown.cause !== undefined ? thrown.cause : thrown;
  if (error instanceof WorkflowUpdateFailedError) return failureOf(error) ?? error;
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcDeadlineError(error)) {
    return new JourneyInProgress('The journey goes on; its answer is not there yet.');
  }
  if (error instanceof WorkflowExecutionAlreadyStartedError || error instanceof WorkflowNotFoundError) {
    return new JourneyClosed('The journey is over.');
  }
  if (isGrpcServiceError(error))
    return new JourneysUnavailable('Temporal cannot be reached.', { cause: error });
  return error;
}

function failureOf(error: Error): JourneyFailure | undefined {
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    if (!(cause instanceof ApplicationFailure)) continue;
    const type = failureTypes.find((known) => known === cause.type);
    const details = cause.details?.[0];
    if (type !== undefined && isFailureDetails(details))
      return new JourneyFailure(type, cause.message, details);
  }
  return timeoutOf(error);
}

/** A step that never reported back (its worker died every time) counts as unavailable, not as our bug. */
function timeoutOf(error: Error): JourneyFailure | undefined {
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    if (cause.name === 'TimeoutFailure') {
      const type: FailureType = 'BankUnavailable';
      return new JourneyFailure(type, 'The step did not finish in time.', { code: 'bank-timeout' });
    }
  }
  return undefined;
}

function isFailureDetails(value: unknown): value is FailureDetails {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
}
