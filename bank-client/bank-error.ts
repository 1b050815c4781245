// A call to a bank that did not bring what it was made for. Its message names kinds, statuses and codes; the bank's own
// words are kept where no logger prints them.

export type BankErrorKind =
  /** No connection, or an answer from 500 on. */
  | 'unavailable'
  | 'timeout'
  | 'rate-limited'
  /** Our own limit of calls to one bank at a time. */
  | 'busy'
  /** The bank was down for call after call: no more are made for a while. */
  | 'circuit-open'
  /** Refused for what was asked. */
  | 'rejected'
  /** 401: the token is no longer good. */
  | 'unauthorised'
  | 'forbidden'
  /** `invalid_client` and the like: the bank does not accept us as its client. */
  | 'client-refused'
  /** `invalid_grant`, or the bank wants the customer to authenticate again. */
  | 'grant-ended'
  /** The answer failed a check. */
  | 'invalid-response'
  /** The profile has no such endpoint. */
  | 'not-offered'
  /** A certificate of ours that has ended or is not valid yet; no call is made with it. */
  | 'certificate-out-of-date';

/** How far the call got, which decides whether it may be made again: `maybe-sent` is all that cannot be told. */
export type Sent = 'not-sent' | 'maybe-sent' | 'answered';

export interface BankErrorFacts {
  kind: BankErrorKind;
  sent: Sent;
  /** Neither is known where it did not come to a call. */
  method?: string | undefined;
  url?: string | undefined;
  /** What the connection failed with: `ECONNREFUSED`. */
  connectionCode?: string | undefined;
  httpStatus?: number | undefined;
  errorCodes?: readonly string[] | undefined;
  interactionId?: string | undefined;
  retryAfterMs?: number | undefined;
  /** The bank's body. */
  response?: unknown;
}

export class BankError extends Error {
  override name = 'BankError';
  readonly kind: BankErrorKind;
  readonly sent: Sent;
  readonly connectionCode: string | undefined;
  readonly httpStatus: number | undefined;
  /** The bank's, in the codes of v4.0. */
  readonly errorCodes: readonly string[];
  readonly interactionId: string | undefined;
  readonly retryAfterMs: number | undefined;
  declare readonly endpointMethod: string | undefined;
  /** May name accounts: for the caller, never for a log. */
  declare readonly endpointUrl: string | undefined;
  /** The bank's body: for the caller, never for a log. */
  declare readonly endpointResponse: unknown;

  constructor(message: string, facts: BankErrorFacts, options?: ErrorOptions) {
    super(message, options);
    this.kind = facts.kind;
    this.sent = facts.sent;
    this.connectionCode = facts.connectionCode;
    this.httpStatus = facts.httpStatus;
    this.errorCodes = facts.errorCodes ?? [];
    this.interactionId = facts.interactionId;
    this.retryAfterMs = facts.retryAfterMs;
    const hidden = { endpointMethod: facts.method, endpointUrl: facts.url, endpointResponse: facts.response };
    for (const [name, value] of Object.entries(hidden)) {
      Object.defineProperty(this, name, { value, enumerable: false });
    }
  }
}
