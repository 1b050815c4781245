// The one place where errors become problem documents: https://www.rfc-editor.org/rfc/rfc9457

import { HTTPException } from 'hono/http-exception';
import { BankError } from '../bank-client/bank-error.ts';
import { ConfigurationMissing } from '../bank-profiles/resolve-profile.ts';
import { SecretUnavailable } from '../secrets/secret-source.ts';
import { KeyUnusable } from '../security/keys.ts';
import { interactionIdHeader } from '../standards/uk-open-banking/interaction-id.ts';
import type { RecordedFailure } from '../store/failures.ts';
import {
  JourneyClosed,
  JourneyFailure,
  JourneyInProgress,
  JourneysUnavailable,
} from '../temporal/journeys.ts';
import type { FailureType } from '../workflows/failures.ts';
import { isClientError, problemOfBankFailure } from './bank-problem.ts';
import { plainInteractionId } from './interaction-id.ts';
import { isProblemCode, type ProblemCode, problemCodes } from './problem-codes.ts';

/** Field name → what is wrong with it. */
export type FieldErrors = Record<string, string[]>;

export interface ProblemOptions {
  detail?: string;
  /** Only for the codes whose status is the bank's. */
  status?: number;
  errors?: FieldErrors;
  retryAfterSeconds?: number;
  /** Members beside those of RFC 9457, as the reference names them. */
  members?: Record<string, unknown>;
  cause?: unknown;
}

/** An answer that is not a success. Throw it anywhere below a route. */
export class Problem extends Error {
  override name = 'Problem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly options: ProblemOptions;
  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(code, { cause: options.cause });
    this.code = code;
    this.status = options.status ?? problemCodes[code].status;
    this.options = options;
  }
}

/** What each type of failure is called when the failure itself names no code that this API knows. */
const codeOfFailure: Record<FailureType, ProblemCode> = {
  BankUnavailable: 'bank-unavailable',
  BankRateLimited: 'bank-rate-limited',
  StoreUnavailable: 'store-unavailable',
  BankRejectedRequest: 'bank-rejected-request',
  ClientRefused: 'client-refused',
  ConsentNotUsable: 'consent-not-usable',
  GrantEnded: 'authorisation-needed',
  ResponseInvalid: 'bank-response-invalid',
  OutcomeUnknown: 'outcome-unknown',
  NotOffered: 'not-offered',
  RedirectRefused: 'redirect-refused',
  ConfigurationMissing: 'configuration-missing',
  StatusNotFinal: 'payment-in-progress',
  // No caller waits for a webhook.
  NotDelivered: 'internal-error',
};

/** Further codes that a failure of a type may name; any other word of a failure does not reach the caller. */
const furtherCodes: Partial<Record<FailureType, readonly ProblemCode[]>> = {
  BankUnavailable: ['bank-timeout', 'bank-circuit-open'],
  BankRateLimited: ['bank-busy'],
  ConsentNotUsable: ['authorisation-needed', 'registration-not-usable', 'exchange-rate-expired'],
  ConfigurationMissing: ['secret-source-unavailable', 'certificate-refused'],
  RedirectRefused: [
    'auth-context-not-found',
    'auth-context-stale',
    'authorisation-refused',
    'redirect-incomplete',
    'redirect-already-used',
  ],
};

const retryAfterSeconds: Partial<Record<ProblemCode, number>> = {
  'bank-rate-limited': 30,
  'bank-busy': 1,
  'bank-circuit-open': 10,
  'store-unavailable': 2,
  'journeys-unavailable': 5,
};

/** Any error as a problem. What is not understood is our bug and says nothing of itself. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof JourneyFailure) return problemOfFailure(error);
  if (error instanceof JourneysUnavailable) return new Problem('journeys-unavailable', { cause: error });
  if (error instanceof JourneyClosed) return new Problem('journey-closed', { cause: error });
  // Routes say what goes on; without their word only a refresh can be meant.
  if (error instanceof JourneyInProgress) return new Problem('refresh-in-progress', { cause: error });
  if (error instanceof BankError) {
    const { code, ...options } = problemOfBankFailure(error);
    return new Problem(code, { ...options, cause: error });
  }
  if (error instanceof Error && error.name === 'StoreUnavailable') {
    return new Problem('store-unavailable', { cause: error });
  }
  if (error instanceof Error && error.name === 'EncryptionKeyUnusable') {
    return new Problem('configuration-missing', { detail: 'No encryption key can be used.', cause: error });
  }
  if (error instanceof ConfigurationMissing)
    return new Problem('configuration-missing', { detail: error.message, cause: error });
  if (error instanceof SecretUnavailable)
    return new Problem('secret-source-unavailable', { detail: error.message, cause: error });
  if (error instanceof KeyUnusable)
    return new Problem('certificate-refused', { detail: error.message, cause: error });
  if (error instanceof HTTPException && error.status === 413) return new Problem('body-too-large');
  return new Problem('internal-error', { cause: error });
}

function problemOfFailure({ type, details }: Pick<JourneyFailure, 'type' | 'details'>): Problem {
  const named = details.code;
  const code =
    isProblemCode(named) && furtherCodes[type]?.includes(named) === true ? named : codeOfFailure[type];
  const status = details.httpStatus;
  const members: Record<string, unknown> = {};
  if (details.errorCodes !== undefined) members.bankErrorCodes = details.errorCodes;
  if (details.interactionId !== undefined) members.endpointFapiInteractionId = details.interactionId;
  // The status of a refusal is the bank's own, and never one that would read as ours.
  const isRefusal = code === 'bank-rejected-request' && isClientError(status);
  const { detail, retryAfterSeconds } = details;
  return new Problem(code, {
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(isRefusal ? { status } : {}),
    members,
  });
}

/** What a record says of the failure that ended it, the bank's own words included. */
export function problemOfRecordedFailure({ type, details, bank }: RecordedFailure): Problem {
  const problem = problemOfFailure({ type, details });
  return new Problem(problem.code, {
    ...problem.options,
    status: problem.status,
    members: { ...problem.options.members, ...bank },
  });
}

/** The document of a problem. */
export function problemDocument(problem: Problem, correlationId: string): Record<string, unknown> {
  const { detail, errors, members } = problem.options;
  return {
    type: `urn:durable-open-banking:problem:${problem.code}`,
    title: problemCodes[problem.code].title,
    status: problem.status,
    ...(detail === undefined ? {} : { detail }),
    ...members,
    code: problem.code,
    correlationId,
    ...(errors === undefined ? {} : { errors }),
  };
}

export function problemResponse(problem: Problem, correlationId: string): Response {
  const retryAfter = problem.options.retryAfterSeconds ?? retryAfterSeconds[problem.code];
  const interactionId = plainInteractionId(problem.options.members?.endpointFapiInteractionId);
  return Response.json(problemDocument(problem, correlationId), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-correlation-id': correlationId,
      ...(interactionId === undefined ? {} : { [interactionIdHeader]: interactionId }),
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
  });
}
