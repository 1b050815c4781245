// The one place where errors become failures that journeys and callers know. A failure says what was attempted and what
// the bank said in codes; the bank's own words go into the record, encrypted, for the caller alone.

import { AuthorisationRefused, RedirectInvalid } from '../bank-client/authorisation-response.ts';
import { BankError, type BankErrorKind } from '../bank-client/bank-error.ts';
import { ProfileGone } from '../bank-client/connector.ts';
import { ConfigurationMissing } from '../bank-profiles/resolve-profile.ts';
import { SecretUnavailable } from '../secrets/secret-source.ts';
import { KeyUnusable } from '../security/keys.ts';
import { consentNotUsableCodes } from '../standards/uk-open-banking/error-codes.ts';
import type { RecordedFailure } from '../store/failures.ts';
import { StoreUnavailable } from '../store/store-error.ts';
import { type FailureDetails, type FailureType, retriedFailureTypes } from '../workflows/failures.ts';
import { StepFailure } from './step-failure.ts';

export interface Classified extends RecordedFailure {
  message: string;
  retryAfterMs?: number | undefined;
}

interface Named {
  type: FailureType;
  code: string;
}

const ofKind: Record<BankErrorKind, Named> = {
  unavailable: { type: 'BankUnavailable', code: 'bank-unavailable' },
  timeout: { type: 'BankUnavailable', code: 'bank-timeout' },
  'rate-limited': { type: 'BankRateLimited', code: 'bank-rate-limited' },
  busy: { type: 'BankRateLimited', code: 'bank-busy' },
  'circuit-open': { type: 'BankUnavailable', code: 'bank-circuit-open' },
  rejected: { type: 'BankRejectedRequest', code: 'bank-rejected-request' },
  unauthorised: { type: 'GrantEnded', code: 'authorisation-needed' },
  forbidden: { type: 'ClientRefused', code: 'client-refused' },
  'client-refused': { type: 'ClientRefused', code: 'client-refused' },
  'grant-ended': { type: 'GrantEnded', code: 'authorisation-needed' },
  'invalid-response': { type: 'ResponseInvalid', code: 'bank-response-invalid' },
  'not-offered': { type: 'NotOffered', code: 'not-offered' },
  'certificate-out-of-date': { type: 'ConfigurationMissing', code: 'certificate-refused' },
};

const toldInOurWords: ReadonlySet<FailureType> = new Set(['ConfigurationMissing', 'RedirectRefused']);

/** What kind of failure an error is; undefined for an error that is our own bug. */
export function classify(error: unknown): Classified | undefined {
  if (error instanceof BankError) return ofBankError(error);
  if (error instanceof StepFailure) {
    const { type, details, message, retryAfterMs } = error;
    return { type, details, message, retryAfterMs };
  }
  const named = nameOf(error);
  if (named === undefined || !(error instanceof Error)) return undefined;
  const { type, code } = named;
  const { message } = error;
  // What is missing here, or which check failed, is named by ourselves, for whoever can mend it.
  return {
    type,
    details: { code, ...(toldInOurWords.has(type) ? { detail: message } : {}) },
    message,
  };
}

/** Whether another attempt may cure it; our own bugs are retried too, and seen. */
export function isRetried(classified: Classified | undefined): boolean {
  return classified === undefined || retriedFailureTypes.includes(classified.type);
}

function nameOf(error: unknown): Named | undefined {
  if (error instanceof RedirectInvalid) return { type: 'RedirectRefused', code: 'redirect-refused' };
  if (error instanceof AuthorisationRefused)
    return { type: 'RedirectRefused', code: 'authorisation-refused' };
  if (error instanceof ConfigurationMissing || error instanceof ProfileGone)
    return { type: 'ConfigurationMissing', code: 'configuration-missing' };
  if (error instanceof SecretUnavailable) {
    // A source that is only slow or busy is asked again.
    const type = error.transient ? 'StoreUnavailable' : 'ConfigurationMissing';
    return { type, code: 'secret-source-unavailable' };
  }
  if (error instanceof KeyUnusable) return { type: 'ConfigurationMissing', code: 'certificate-refused' };
  if (error instanceof StoreUnavailable) return { type: 'StoreUnavailable', code: 'store-unavailable' };
  return undefined;
}

function ofBankError(error: BankError): Classified {
  const { type, code } = error.errorCodes.some((each) => consentNotUsableCodes.has(each))
    ? ({ type: 'ConsentNotUsable', code: 'consent-not-usable' } as const)
    : ofKind[error.kind];
  // What a check found is said in our own words, and is all that tells a wrong profile from a bad day.
  const isOurs = ['invalid-response', 'not-offered', 'certificate-out-of-date'].includes(error.kind);
  const details: FailureDetails = { code, ...(isOurs ? { detail: error.message } : {}) };
  if (error.httpStatus !== undefined) details.httpStatus = error.httpStatus;
  if (error.errorCodes.length > 0) details.errorCodes = [...error.errorCodes];
  if (error.interactionId !== undefined) details.interactionId = error.interactionId;
  if (error.retryAfterMs !== undefined) details.retryAfterSeconds = Math.ceil(error.retryAfterMs / 1000);
  const { endpointMethod: endpointHttpMethod, endpointUrl, endpointResponse, message, retryAfterMs } = error;
  return {
    type,
    details,
    message,
    retryAfterMs,
    ...(endpointHttpMethod === undefined || endpointUrl === undefined
      ? {}
      : { bank: { endpointHttpMethod, endpointUrl, endpointResponse } }),
  };
}
