// Refusals and their bodies: OBErrorResponse1 with version 4 codes or their version 3 names (code set OBExternalStatusReason1Code).
import { randomUUID } from 'node:crypto';
import type { ApiVersion } from './records.ts';

const version3Names = {
  U000: 'UK.OBIE.UnexpectedError',
  U002: 'UK.OBIE.Field.Invalid',
  U003: 'UK.OBIE.Field.InvalidDate',
  U004: 'UK.OBIE.Field.Missing',
  U005: 'UK.OBIE.Field.Unexpected',
  U006: 'UK.OBIE.Header.Invalid',
  U007: 'UK.OBIE.Header.Missing',
  U008: 'UK.OBIE.Resource.ConsentMismatch',
  U009: 'UK.OBIE.Resource.InvalidConsentStatus',
  U010: 'UK.OBIE.Resource.InvalidFormat',
  U011: 'UK.OBIE.Resource.NotFound',
  U012: 'UK.OBIE.Rules.AfterCutOffDateTime',
  U015: 'UK.OBIE.Signature.Invalid',
  U016: 'UK.OBIE.Signature.InvalidClaim',
  U017: 'UK.OBIE.Signature.MissingClaim',
  U018: 'UK.OBIE.Signature.Malformed',
  U019: 'UK.OBIE.Signature.Missing',
  U020: 'UK.OBIE.Signature.Unexpected',
  U021: 'UK.OBIE.Unsupported.AccountIdentifier',
  U023: 'UK.OBIE.Unsupported.Currency',
  U025: 'UK.OBIE.Unsupported.Frequency',
  U026: 'UK.OBIE.Unsupported.LocalInstrument',
  U027: 'UK.OBIE.Unsupported.Scheme',
  U028: 'UK.OBIE.Reauthenticate',
  /** Version 3 has no word for a consent whose time is over. */
  TKXP: 'UK.OBIE.Resource.InvalidConsentStatus',
} as const;

export type ErrorCode = keyof typeof version3Names;

export interface Fault {
  code: ErrorCode;
  /** For a person; never repeats what the request contained. */
  message: string;
  /** Where in the body, or which header. */
  path?: string;
}

export type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 406 | 415 | 429 | 500;

/** Ends a request. Without faults the answer has no body, as published for 401, 404, 405, 406, 415 and 429. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: RefusalStatus;
  readonly faults: Fault[];
  readonly retryAfterSeconds: number | undefined;

  constructor(status: RefusalStatus, faults: Fault[] = [], retryAfterSeconds?: number) {
    super(faults[0]?.message ?? `refused with ${status}`);
    this.status = status;
    this.faults = faults;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** A 400 with one fault. */
export function badRequest(code: ErrorCode, message: string, path?: string): Refusal {
  return new Refusal(400, [{ code, message, ...(path === undefined ? {} : { path }) }]);
}

/** A 403 with one fault. */
export function forbidden(code: ErrorCode, message: string): Refusal {
  return new Refusal(403, [{ code, message }]);
}

const reasonPhrases: Record<number, string> = {
  400: 'BadRequest',
  403: 'Forbidden',
  500: 'InternalServerError',
};

export function errorBody(refusal: Refusal, version: ApiVersion): object | undefined {
  if (refusal.faults.length === 0) return undefined;
  const errors = refusal.faults.map(({ code, message, path }) => ({
    ErrorCode: version === 'v4.0' ? code : version3Names[code],
    Message: message,
    ...(path === undefined ? {} : { Path: path }),
  }));
  if (version === 'v4.0') return { Id: randomUUID(), Errors: errors };
  const code = `${refusal.status} ${reasonPhrases[refusal.status] ?? 'Refused'}`;
  return { Code: code, Id: randomUUID(), Message: refusal.message, Errors: errors };
}
