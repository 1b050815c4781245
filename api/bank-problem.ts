// What a failed call to a bank is called by this API, with the reference's members about the bank's endpoint.
import type { ProblemCode } from './problem-codes.ts';

export type BankErrorKind =
  | 'unavailable'
  | 'timeout'
  | 'rate-limited'
  | 'busy'
  | 'rejected'
  | 'unauthorised'
  | 'forbidden'
  | 'client-refused'
  | 'grant-ended'
  | 'invalid-response'
  | 'not-offered';

/** What a failed call to a bank says of itself. */
export interface BankFailure extends Error {
  kind: BankErrorKind;
  httpStatus?: number | undefined;
  errorCodes?: readonly string[] | undefined;
  interactionId?: string | undefined;
  retryAfterMs?: number | undefined;
  endpointMethod?: string | undefined;
  endpointUrl?: string | undefined;
  /** The bank's body: for the caller alone, never for a log. */
  endpointResponse?: unknown;
}

const codeOfKind: Record<BankErrorKind, ProblemCode> = {
  unavailable: 'bank-unavailable',
  timeout: 'bank-timeout',
  'rate-limited': 'bank-rate-limited',
  busy: 'bank-busy',
  rejected: 'bank-rejected-request',
  unauthorised: 'authorisation-needed',
  forbidden: 'client-refused',
  'client-refused': 'client-refused',
  'grant-ended': 'authorisation-needed',
  'invalid-response': 'bank-response-invalid',
  'not-offered': 'not-offered',
};

export function isBankFailure(error: unknown): error is BankFailure {
  return (
    error instanceof Error &&
    error.name === 'BankError' &&
    'kind' in error &&
    typeof error.kind === 'string' &&
    Object.hasOwn(codeOfKind, error.kind)
  );
}

export interface BankProblem {
  code: ProblemCode;
  /** Only where the bank's own status is passed on. */
  status?: number;
  retryAfterSeconds?: number;
  members: Record<string, unknown>;
}

export function problemOfBankFailure(failure: BankFailure): BankProblem {
  const code = codeOfKind[failure.kind];
  const { httpStatus, retryAfterMs } = failure;
  // A status below 400 or from 500 on would read as ours.
  const isRefusal = code === 'bank-rejected-request' && isClientError(httpStatus);
  return {
    code,
    ...(isRefusal ? { status: httpStatus } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }),
    members: membersOf(failure),
  };
}

export function isClientError(status: number | undefined): status is number {
  return status !== undefined && status >= 400 && status < 500;
}

function membersOf(failure: BankFailure): Record<string, unknown> {
  const members: Record<string, unknown> = {
    endpointHttpMethod: failure.endpointMethod,
    endpointUrl: failure.endpointUrl,
    endpointFapiInteractionId: failure.interactionId,
    endpointResponse: failure.endpointResponse,
    bankErrorCodes: failure.errorCodes?.length ? failure.errorCodes : undefined,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
