// Every error has one document, and the list of codes that people read is the list that the code has.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Problem, problemDocument, problemResponse, toProblem } from '../../api/problem.ts';
import { problemCodes } from '../../api/problem-codes.ts';
import { BankError, type BankErrorFacts, type BankErrorKind } from '../../bank-client/bank-error.ts';
import { ConfigurationMissing } from '../../bank-profiles/resolve-profile.ts';
import { SecretUnavailable } from '../../secrets/secret-source.ts';
import { KeyUnusable } from '../../security/keys.ts';
import {
  JourneyClosed,
  JourneyFailure,
  JourneyInProgress,
  JourneysUnavailable,
} from '../../temporal/journeys.ts';
import { type FailureDetails, type FailureType, failureTypes } from '../../workflows/failures.ts';

const failed = (type: FailureType, details: FailureDetails = { code: 'whatever' }) =>
  toProblem(new JourneyFailure(type, 'secret message', details));

function bankError(kind: BankErrorKind, facts: Partial<BankErrorFacts> = {}): BankError {
  const call = { sent: 'answered', method: 'GET', url: 'https://bank/accounts' } as const;
  return new BankError('the bank said something', { kind, ...call, ...facts });
}

describe('docs/errors.md', () => {
  it('lists every code with its status and title, and no other', () => {
    const rows = readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([a-z-]+)` \| (\d+) \| ([^|]+) \|/gm);
    const documented = Object.fromEntries(
      [...rows].map(([, code, status, title]) => [code, { status: Number(status), title }]),
    );
    expect(documented).toEqual(problemCodes);
  });
});

describe('a failed step of a journey', () => {
  const expected: Record<FailureType, [string, number]> = {
    BankUnavailable: ['bank-unavailable', 502],
    BankRateLimited: ['bank-rate-limited', 429],
    StoreUnavailable: ['store-unavailable', 503],
    BankRejectedRequest: ['bank-rejected-request', 400],
    ClientRefused: ['client-refused', 502],
    ConsentNotUsable: ['consent-not-usable', 409],
    GrantEnded: ['authorisation-needed', 409],
    ResponseInvalid: ['bank-response-invalid', 502],
    OutcomeUnknown: ['outcome-unknown', 502],
    NotOffered: ['not-offered', 422],
    RedirectRefused: ['redirect-refused', 400],
    ConfigurationMissing: ['configuration-missing', 422],
    StatusNotFinal: ['payment-in-progress', 504],
    NotDelivered: ['internal-error', 500],
  };

  it.each(failureTypes)('of type %s has its own code and status', (type) => {
    const problem = failed(type);
    expect([problem.code, problem.status]).toEqual(expected[type]);
  });

  it('may name a finer code that fits its type', () => {
    expect(failed('BankUnavailable', { code: 'bank-timeout' })).toMatchObject({
      code: 'bank-timeout',
      status: 504,
    });
    expect(failed('RedirectRefused', { code: 'auth-context-stale' }).code).toBe('auth-context-stale');
  });

  it('cannot name a code that does not fit its type', () => {
    expect(failed('BankUnavailable', { code: 'not-found' })).toMatchObject({
      code: 'bank-unavailable',
      status: 502,
    });
  });

  it("passes on the bank's status of a refusal, its error codes and the interaction id", () => {
    const details = { code: 'x', httpStatus: 403, errorCodes: ['U009'], interactionId: 'abc' };
    const problem = failed('BankRejectedRequest', details);
    expect(problem.status).toBe(403);
    expect(problemDocument(problem, 'id')).toMatchObject({
      bankErrorCodes: ['U009'],
      endpointFapiInteractionId: 'abc',
    });
  });

  it('does not pass on a status that is no refusal', () => {
    expect(failed('BankRejectedRequest', { code: 'x', httpStatus: 500 }).status).toBe(400);
  });

  it('keeps its message to itself', () => {
    expect(JSON.stringify(problemDocument(failed('GrantEnded'), 'id'))).not.toContain('secret message');
  });
});

describe('a failed call to a bank', () => {
  const expected: Record<BankErrorKind, [string, number]> = {
    unavailable: ['bank-unavailable', 502],
    timeout: ['bank-timeout', 504],
    'rate-limited': ['bank-rate-limited', 429],
    busy: ['bank-busy', 503],
    'circuit-open': ['bank-circuit-open', 503],
    rejected: ['bank-rejected-request', 400],
    unauthorised: ['authorisation-needed', 409],
    forbidden: ['client-refused', 502],
    'client-refused': ['client-refused', 502],
    'grant-ended': ['authorisation-needed', 409],
    'invalid-response': ['bank-response-invalid', 502],
    'not-offered': ['not-offered', 422],
    'certificate-out-of-date': ['certificate-refused', 422],
  };

  it.each(Object.entries(expected))('of kind %s has its own code and status', (kind, [code, status]) => {
    const problem = toProblem(bankError(kind as BankErrorKind));
    expect([problem.code, problem.status]).toEqual([code, status]);
  });

  it("answers with the reference's members and the bank's status", () => {
    const problem = toProblem(
      bankError('rejected', {
        httpStatus: 404,
        interactionId: 'abc',
        response: { Errors: [] },
        errorCodes: ['U011'],
      }),
    );
    expect(problemDocument(problem, 'id')).toMatchObject({
      status: 404,
      code: 'bank-rejected-request',
      endpointHttpMethod: 'GET',
      endpointUrl: 'https://bank/accounts',
      endpointFapiInteractionId: 'abc',
      endpointResponse: { Errors: [] },
      bankErrorCodes: ['U011'],
    });
  });

  it('says how long to wait, in whole seconds', () => {
    const response = problemResponse(toProblem(bankError('rate-limited', { retryAfterMs: 1500 })), 'id');
    expect(response.headers.get('retry-after')).toBe('2');
  });
});

describe('what is missing or no good here', () => {
  it.each([
    [new ConfigurationMissing('Bank', ['BANK_URL']), 'configuration-missing', 'BANK_URL'],
    [
      new SecretUnavailable('secret-not-found', 'No secret obwac.key.'),
      'secret-source-unavailable',
      'obwac.key',
    ],
    [new KeyUnusable('A private key cannot be read.'), 'certificate-refused', 'private key'],
  ])('%o is told to whoever can mend it', (error, code, named) => {
    const problem = toProblem(error);
    expect([problem.code, problem.status]).toEqual([code, 422]);
    expect(problem.options.detail).toContain(named);
  });
});

describe('our own house', () => {
  it.each([
    [new JourneysUnavailable('x'), 'journeys-unavailable', 503, '5'],
    [new JourneyClosed('x'), 'journey-closed', 409, null],
    [new JourneyInProgress('x'), 'refresh-in-progress', 504, null],
    [Object.assign(new Error('x'), { name: 'StoreUnavailable' }), 'store-unavailable', 503, '2'],
    [new Error('token abc'), 'internal-error', 500, null],
    ['thrown text', 'internal-error', 500, null],
  ])('%s', async (error, code, status, retryAfter) => {
    const response = problemResponse(toProblem(error), 'id');
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(retryAfter);
    const document = await response.json();
    expect(document).toEqual({
      type: `urn:durable-open-banking:problem:${code}`,
      title: expect.any(String),
      status,
      code,
      correlationId: 'id',
    });
  });

  it('without an encryption key says that configuration is missing', () => {
    const error = Object.assign(new Error('key abc'), { name: 'EncryptionKeyUnusable' });
    expect(problemDocument(toProblem(error), 'id')).toMatchObject({
      status: 422,
      code: 'configuration-missing',
    });
  });

  it('a problem that was thrown as such stays as it is', () => {
    const problem = new Problem('in-use', { detail: 'because' });
    expect(toProblem(problem)).toBe(problem);
    expect(problemDocument(problem, 'id')).toMatchObject({ detail: 'because' });
  });
});
