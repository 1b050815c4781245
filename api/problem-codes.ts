// Every code that a problem document of this API can carry, with its status and title. docs/errors.md lists the same.

interface ProblemKind {
  status: 400 | 404 | 409 | 413 | 422 | 429 | 500 | 502 | 503 | 504;
  title: string;
}

export const problemCodes = {
  // What the caller sent.
  'malformed-json': { status: 400, title: 'The body is not JSON' },
  'validation-failed': { status: 400, title: 'The request does not fit what is expected' },
  'payment-differs-from-consent': { status: 400, title: 'The payment is not the one that was consented to' },
  'route-not-found': { status: 404, title: 'There is no such operation' },
  'not-found': { status: 404, title: 'There is no such object' },
  'body-too-large': { status: 413, title: 'The body is too large' },

  // What came back from the bank with the customer's browser.
  'auth-context-not-found': { status: 400, title: 'No authorisation is waiting under this state' },
  'auth-context-stale': { status: 400, title: 'The authorisation took too long' },
  'authorisation-refused': { status: 400, title: 'The authorisation was refused at the bank' },
  'redirect-incomplete': { status: 400, title: 'The redirect lacks what the bank has to send' },
  'app-session-mismatch': { status: 400, title: 'The redirect belongs to another session' },
  'redirect-uri-mismatch': { status: 400, title: 'The redirect arrived at another address' },
  'response-mode-mismatch': { status: 400, title: 'The redirect arrived in another way' },
  'redirect-already-used': { status: 400, title: 'The authorisation was answered before' },
  'redirect-refused': { status: 400, title: 'The redirect does not fit what was asked for' },

  // How things stand.
  'idempotency-key-reused': { status: 409, title: 'The idempotency key belongs to another request' },
  'in-use': { status: 409, title: 'The object is in use' },
  'state-already-used': { status: 409, title: 'The state belongs to another authorisation' },
  'registration-conflict': { status: 409, title: 'The bank has another client of ours, which does not fit' },
  'registration-not-usable': { status: 409, title: 'The bank registration cannot be used' },
  'consent-not-usable': { status: 409, title: 'The consent cannot be used' },
  'authorisation-needed': { status: 409, title: 'The customer has to authorise' },
  'reconfirmation-needed': {
    status: 409,
    title: 'The customer has to say again that the access is to go on',
  },
  'payment-already-submitted': { status: 409, title: 'Another payment was submitted under the consent' },
  'exchange-rate-expired': { status: 409, title: 'The exchange rate that was consented to holds no longer' },
  'webhook-endpoint-disabled': { status: 409, title: 'The webhook endpoint is disabled' },
  'payment-journey-too-late': { status: 409, title: 'The payment cannot be called off any more' },
  'payment-file-conflict': {
    status: 409,
    title: 'Another file came under the consent, before this one or while it arrived',
  },
  'journey-closed': { status: 409, title: 'This has come to its end and takes no more requests' },

  // What a rule refuses.
  'unattended-reads-used-up': {
    status: 429,
    title: 'The reads that the bank allows while the customer is away are used up',
  },
  'file-differs-from-consent': { status: 422, title: 'The file is not the one that the consent is about' },
  'not-translatable': { status: 422, title: 'The bank is on version 3.1, which has no form for this' },
  'permissions-refused': { status: 422, title: 'The permissions do not fit together' },
  'certificate-refused': { status: 422, title: 'The certificate or key cannot be used' },
  'secret-source-unavailable': { status: 422, title: 'The secret cannot be read' },
  'configuration-missing': { status: 422, title: 'Something that configuration has to name is missing' },
  'webhook-url-refused': { status: 422, title: 'Nothing may be sent to this URL' },
  'not-offered': { status: 422, title: 'The bank does not offer this' },

  // What the bank did.
  'bank-rejected-request': { status: 400, title: 'The bank refused the request' },
  'client-refused': { status: 502, title: 'The bank refused this client' },
  'bank-unavailable': { status: 502, title: 'The bank cannot be reached' },
  'bank-response-invalid': { status: 502, title: 'The answer of the bank failed a check' },
  'outcome-unknown': { status: 502, title: 'Whether the bank acted is not known' },
  'bank-rate-limited': { status: 429, title: 'The bank asks for fewer requests' },
  'bank-busy': { status: 503, title: 'Too many requests to this bank are under way' },
  'bank-circuit-open': { status: 503, title: 'The bank was down and is not called for a while' },
  'bank-timeout': { status: 504, title: 'The bank did not answer in time' },

  // What takes longer than a caller is kept waiting. It goes on; the same request joins it.
  'registration-in-progress': { status: 504, title: 'The registration goes on' },
  'consent-in-progress': { status: 504, title: 'The creation of the consent goes on' },
  'authorisation-in-progress': { status: 504, title: 'The authorisation goes on' },
  'payment-in-progress': { status: 504, title: 'The payment goes on' },
  'upload-in-progress': { status: 504, title: 'The upload of the file goes on' },
  'update-in-progress': { status: 504, title: 'The change goes on' },
  'deletion-in-progress': { status: 504, title: 'The deletion goes on' },
  'refresh-in-progress': { status: 504, title: 'The refresh of the tokens goes on' },

  // Our own house.
  'store-unavailable': { status: 503, title: 'The database cannot be reached' },
  'journeys-unavailable': { status: 503, title: 'Temporal cannot be reached' },
  'internal-error': { status: 500, title: 'Something went wrong here' },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemCodes;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemCodes, code);
}

/** The codes of a request that goes on without its caller. */
export type InProgressCode = Extract<ProblemCode, `${string}-in-progress`>;
