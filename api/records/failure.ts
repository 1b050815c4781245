// What a record says about the failure that ended it, so that a repeated request is told the same.
import type { FailureDetails, FailureType } from '../../workflows/failures.ts';

export interface RecordedFailure {
  type: FailureType;
  details: FailureDetails;
  /** The bank's refusal, for the caller alone. */
  bank?: { endpointHttpMethod: string; endpointUrl: string; endpointResponse: unknown } | undefined;
}

/** A body of the bank as it was stored. */
export interface StoredBankResponse {
  body: unknown;
  interactionId: string | null;
  /** The bank's address that answered; links of the body hang on it. */
  url: string;
}
