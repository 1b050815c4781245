// What an answer that is no success means.
// https://openbankinguk.github.io/read-write-api-site3/v4.0/profiles/read-write-data-api-profile.html#http-status-codes
import { retryAfterMs } from '../standards/retry-after.ts';
import { errorCodeOf, reauthenticationCodes } from '../standards/uk-open-banking/error-codes.ts';
import { BankError, type BankErrorKind } from './bank-error.ts';
import type { HttpAnswer } from './http.ts';
import { interactionIdOf } from './interaction-id.ts';
import { isNestedTooDeeply } from './nesting.ts';

/** A refusal by a resource endpoint. */
export function resourceRefusal(
  answer: HttpAnswer,
  nowMs: number,
  interactionId: string,
  toVersion4: (body: unknown) => unknown = (same) => same,
): BankError {
  const body = readJson(answer);
  const errorCodes = errorCodesIn(body);
  const kind = kindOf(answer.status, errorCodes);
  return refusal(answer, nowMs, kind, errorCodes, { interactionId, response: toVersion4(body) });
}

/** A refusal by token, registration or pushed-authorisation endpoint: RFC 6749 section 5.2. */
export function oauthRefusal(answer: HttpAnswer, nowMs: number): BankError {
  const body = readJson(answer);
  const error = isObject(body) && typeof body.error === 'string' ? safeCode(body.error) : undefined;
  const errorCodes = error === undefined ? [] : [error];
  return refusal(answer, nowMs, oauthKindOf(answer.status, error), errorCodes);
}

export function isSuccess({ status }: { status: number }): boolean {
  return status >= 200 && status < 300;
}

/** The body as JSON; undefined when it is none, or nested beyond all measure. */
export function readJson({ body }: Pick<HttpAnswer, 'body'>): unknown {
  if (isNestedTooDeeply(body)) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusal(
  answer: HttpAnswer,
  nowMs: number,
  kind: BankErrorKind,
  errorCodes: string[],
  { interactionId, response }: { interactionId?: string; response?: unknown } = {},
): BankError {
  const { method, url, status, headers } = answer;
  const codes = errorCodes.length === 0 ? '' : ` (${errorCodes.join(', ')})`;
  return new BankError(`The bank answered ${status}${codes}.`, {
    kind,
    sent: 'answered',
    method,
    url,
    httpStatus: status,
    errorCodes,
    interactionId: interactionIdOf(answer, interactionId),
    retryAfterMs: retryAfterMs(headers['retry-after'], nowMs),
    response: response ?? readJson(answer) ?? answer.body.toString('utf8', 0, 10_000),
  });
}

function kindOf(status: number, errorCodes: string[]): BankErrorKind {
  if (status === 401) return 'unauthorised';
  if (status === 403)
    return errorCodes.some((code) => reauthenticationCodes.has(code)) ? 'grant-ended' : 'forbidden';
  return generalKindOf(status);
}

function oauthKindOf(status: number, error: string | undefined): BankErrorKind {
  if (error === 'invalid_grant') return 'grant-ended';
  const aboutClient = ['invalid_client', 'unauthorized_client', 'unapproved_software_statement'];
  if (status === 401 || status === 403 || (error !== undefined && aboutClient.includes(error)))
    return 'client-refused';
  return generalKindOf(status);
}

function generalKindOf(status: number): BankErrorKind {
  if (status === 429) return 'rate-limited';
  if (status === 408) return 'timeout';
  if (status >= 500) return 'unavailable';
  return status >= 400 ? 'rejected' : 'invalid-response';
}

function errorCodesIn(body: unknown): string[] {
  if (!isObject(body) || !Array.isArray(body.Errors)) return [];
  const codes = body.Errors.flatMap((error) =>
    isObject(error) && typeof error.ErrorCode === 'string' ? [safeCode(error.ErrorCode)] : [],
  );
  return codes.flatMap((code) => (code === undefined ? [] : [errorCodeOf(code)])).slice(0, 10);
}

/** A code is a word; anything else that stands in its place might be personal. */
function safeCode(code: string): string | undefined {
  return /^[\w.-]{1,64}$/.test(code) ? code : undefined;
}
