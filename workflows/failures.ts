// The closed list of ways in which a step can fail. The names are kept in histories: append, never rename.

export const failureTypes = [
  /** No connection, 5xx or time-out on a call that may be repeated. */
  'BankUnavailable',
  /** 429, or our own limit for the bank is reached. */
  'BankRateLimited',
  /** Postgres cannot be reached. */
  'StoreUnavailable',
  /** 4xx with the bank's error codes. */
  'BankRejectedRequest',
  /** invalid_client, or certificate or registration refused. */
  'ClientRefused',
  /** Rejected, revoked, expired, or not authorised. */
  'ConsentNotUsable',
  /** invalid_grant: the customer has to authorise again. */
  'GrantEnded',
  /** The bank's answer failed a check: schema, signature or ID token. */
  'ResponseInvalid',
  /** A call that is made once only, whose answer was lost. */
  'OutcomeUnknown',
  /** The bank profile lacks this endpoint. */
  'NotOffered',
  /** The redirect does not fit what was asked for: forged, replayed, stale, or refused by the customer. */
  'RedirectRefused',
  /** Something that configuration has to name is missing. */
  'ConfigurationMissing',
  /** The payment has not reached a status that ends the following of it. */
  'StatusNotFinal',
  /** The receiver of a webhook has not taken it. */
  'NotDelivered',
] as const;

export type FailureType = (typeof failureTypes)[number];

/** What travels with a failure through the history: codes and ids, never a body, a token or anything personal. */
export interface FailureDetails {
  /** Stable code for the caller, as in the API's problem documents. */
  code: string;
  httpStatus?: number;
  /** The bank's own error codes. */
  errorCodes?: string[];
  interactionId?: string;
  /** One sentence of ours for the caller: what to mend. */
  detail?: string;
  /** When the bank, or we, want to hear of it again. */
  retryAfterSeconds?: number;
}

/** The failures that another attempt may cure. */
export const retriedFailureTypes: readonly FailureType[] = [
  'BankUnavailable',
  'BankRateLimited',
  'StoreUnavailable',
  'StatusNotFinal',
  'NotDelivered',
];
