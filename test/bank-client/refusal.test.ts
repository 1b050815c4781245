// What each answer that is no success is called.
import { describe, expect, it } from 'vitest';
import { oauthRefusal, resourceRefusal } from '../../bank-client/refusal.ts';

const nowMs = Date.parse('2026-11-20T12:00:00Z');
const answer = (status: number, body: unknown = '', headers: Record<string, string> = {}) => ({
  ...{ method: 'GET', url: 'https://bank.example/', status, headers },
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const errors = (...codes: string[]) => ({
  Errors: codes.map((ErrorCode) => ({ ErrorCode, Message: 'No.' })),
});

describe('a refusal by a resource endpoint', () => {
  it.each([
    [301, '', 'invalid-response'],
    [400, errors('U002'), 'rejected'],
    [401, '', 'unauthorised'],
    [403, '', 'forbidden'],
    [403, errors('U028'), 'grant-ended'],
    [403, errors('UK.OBIE.Reauthenticate'), 'grant-ended'],
    [404, '<html>', 'rejected'],
    [408, '', 'timeout'],
    [409, errors('U029'), 'rejected'],
    [429, '', 'rate-limited'],
    [500, errors('U000'), 'unavailable'],
    [503, '', 'unavailable'],
  ])('%i %o is %s', (status, body, kind) => {
    expect(resourceRefusal(answer(status, body), nowMs, 'interaction-1')).toMatchObject({
      ...{ kind, sent: 'answered', httpStatus: status, interactionId: 'interaction-1' },
    });
  });

  it('has the id that the bank gave the call, unless what stands there is no id', () => {
    const idOf = (given: string) =>
      resourceRefusal(answer(400, '', { 'x-fapi-interaction-id': given }), nowMs, 'ours').interactionId;
    expect(idOf('93bac548-d2de-4546-b106-880a5018460d')).toBe('93bac548-d2de-4546-b106-880a5018460d');
    for (const none of ['Ann Smith, born 1980', '', 'x'.repeat(101)]) expect(idOf(none)).toBe('ours');
  });

  it('tells codes in those of v4.0, and nothing that is no code', () => {
    const body = errors('UK.OBIE.Field.Missing', 'AM04', 'Ann Smith owes 10 pounds', 'U002');
    const refusal = resourceRefusal(answer(400, body), nowMs, 'x');
    expect(refusal.errorCodes).toEqual(['U004', 'AM04', 'U002']);
    expect(refusal.message).not.toContain('Ann');
  });
});

describe('a refusal by an OAuth endpoint', () => {
  it.each([
    [400, { error: 'invalid_grant' }, 'grant-ended'],
    [400, { error: 'invalid_client' }, 'client-refused'],
    [401, '', 'client-refused'],
    [400, { error: 'invalid_request' }, 'rejected'],
    [400, 'no json', 'rejected'],
    [500, { error: 'server_error' }, 'unavailable'],
  ])('%i %o is %s', (status, body, kind) => {
    expect(oauthRefusal(answer(status, body), nowMs)).toMatchObject({ kind, sent: 'answered' });
  });
});
