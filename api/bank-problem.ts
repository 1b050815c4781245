// What a failed call to a bank is called by this API, with the reference's members about the bank's endpoint.
import type { BankError, BankErrorKind } from '../bank-client/bank-error.ts';
import type { ProblemCode } from './problem-codes.ts';

const codeOfKind: Record<BankErrorKind, ProblemCode> = {
  unavailable: 'bank-unavailable',
  timeout: 'bank-timeout',
  'rate-limited': 'bank-rate-limited',
  busy: 'bank-busy',
  'circuit-open': 'bank-circuit-open',
  rejected: 'bank-rejected-request',
  unauthorised: 'authorisation-needed',
  forbidden: 'client-refused',
  'client-refused': 'client-refused',
  'grant-ended': 'authorisation-needed',
  'invalid-response': 'bank-response-invalid',
  'not-offered': 'not-offered',
  'certificate-out-of-date': 'certificate-refused',
};

export interface BankProblem {
  code: ProblemCode;
  /** Only where the bank's own status is passed on. */
  status?: number;
  retryAfterSeconds?: number;
  /** Only where the words are ours, for whoever can mend it. */
  detail?: string;
  members: Record<string, unknown>;
}

export function problemOfBankFailure(failure: BankError): BankProblem {
  const code = codeOfKind[failure.kind];
  const { httpStatus, retryAfterMs } = failure;
  // A status below 400 or from 500 on would read as ours.
  const isRefusal = code === 'bank-rejected-request' && isClientError(httpStatus);
  return {
    code,
    ...(isRefusal ? { status: httpStatus } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }),
    ...(failure.kind === 'certificate-out-of-date' ? { detail: failure.message } : {}),
    members: membersOf(failure),
  };
}

export function isClientError(status: number | undefined): status is number {
  return status !== undefined && status >= 400 && status < 500;
}

function membersOf(failure: BankError): Record<string, unknown> {
  const members: Record<string, unknown> = {
    endpointHttpMethod: failure.endpointMethod,
    endpointUrl: failure.endpointUrl,
    endpointFapiInteractionId: failure.interactionId,
    endpointResponse: failure.endpointResponse,
    bankErrorCodes: failure.errorCodes?.length ? failure.errorCodes : undefined,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
