// What the sandbox says about requests and answers by the published documents: places and rules, never values.
import { describe, expect, it } from 'vitest';
import type { Published } from '../../sandbox-bank/published/documents.ts';
import { faultsOfAnswer, faultsOfRequest } from '../../sandbox-bank/published/judge.ts';

const balances: Published = {
  version: 'v4.0',
  group: 'aisp',
  method: 'GET',
  path: '/accounts/{AccountId}/balances',
};
const consents = { ...balances, method: 'POST', path: '/account-access-consents' };
const transactions = { ...balances, path: '/transactions' };
const json = { 'content-type': 'application/json' };
const none = new URLSearchParams();
const bytes = (body: unknown) => Buffer.from(JSON.stringify(body));

describe('a request', () => {
  const asked = (headers: Record<string, string>, query = '', place = balances) =>
    faultsOfRequest(place, {
      headers: { authorization: 'Bearer x', ...headers },
      query: new URLSearchParams(query),
    });

  it('has the headers that are published, in the form that is published', () => {
    expect(asked({})).toEqual([]);
    expect(asked({ 'x-fapi-auth-date': 'Sun, 10 Sep 2017 19:43:31 GMT' })).toEqual([]);
    expect(asked({ 'x-fapi-auth-date': '2017-09-10' })).toEqual([
      'x-fapi-auth-date in the header is not as published',
    ]);
    expect(faultsOfRequest(balances, { headers: {}, query: none })).toEqual([
      'the header lacks Authorization',
    ]);
  });

  it('has no parameter in its query that is not published there, but for the page', () => {
    expect(asked({}, 'page=2&fromBookingDateTime=2026-01-01T00:00:00', transactions)).toEqual([]);
    expect(asked({}, 'fromBookingDateTime=2026-01-01')).toEqual([
      'the query has fromBookingDateTime, which is not published',
    ]);
    expect(asked({}, 'fromBookingDateTime=yesterday', transactions)).toEqual([
      'fromBookingDateTime in the query is not as published',
    ]);
  });

  it('has the body that is published, and none where none is', () => {
    const sent = (body: unknown, headers: Record<string, string> = json) =>
      faultsOfRequest(consents, {
        headers: { authorization: 'x', ...headers },
        query: none,
        body: bytes(body),
      });
    const body = { Data: { Permissions: ['ReadBalances'] }, Risk: {} };
    expect(sent(body)).toEqual([]);
    expect(sent(body, { 'content-type': 'application/json;charset=UTF-8' })).toEqual([]);
    const empty = { headers: { authorization: 'x', ...json }, query: none, body: Buffer.alloc(0) };
    expect(faultsOfRequest(consents, empty)).toEqual(['the body is not JSON in UTF-8']);
    expect(faultsOfRequest(balances, empty)).toEqual([]);
    expect(sent(body, { 'content-type': 'text/plain' })).toEqual(['the content type is not published']);
    expect(sent({ Data: { Permissions: ['ReadMinds', 'ReadDreams'] }, Risk: {} })).toEqual([
      '/Data/Permissions/* must be equal to one of the allowed values',
    ]);
    const read = { headers: { authorization: 'x', ...json }, query: none, body: bytes({}) };
    expect(faultsOfRequest(balances, read)).toEqual(['has a body though none is published']);
  });
});

describe('an answer', () => {
  const id = { 'x-fapi-interaction-id': '1', ...json };
  const answered = (status: number, body: Buffer, headers: Record<string, string> = id) =>
    faultsOfAnswer(balances, { status, headers, body });

  it('has a published status, the required headers and the published body', () => {
    expect(answered(200, bytes({ Data: { Balance: [] }, Links: {}, Meta: {} }))).toContain(
      "/Links must have required property 'Self'",
    );
    expect(answered(418, bytes({}))).toEqual(['418 is not published for GET /accounts/{AccountId}/balances']);
    expect(answered(401, Buffer.alloc(0), {})).toEqual(['the header x-fapi-interaction-id is missing']);
    expect(answered(401, Buffer.alloc(0))).toEqual([]);
    expect(answered(401, bytes({}))).toEqual(['has a body though none is published']);
    expect(answered(200, Buffer.from('no json'))).toEqual(['the body is not JSON in UTF-8']);
  });

  it('of a file is judged by its headers alone', () => {
    const file = { ...balances, path: '/accounts/{AccountId}/statements/{StatementId}/file' };
    const sent = {
      status: 200,
      headers: { ...id, 'content-type': 'application/pdf' },
      body: Buffer.from('%PDF'),
    };
    expect(faultsOfAnswer(file, sent)).toEqual([]);
  });

  it('never has its values repeated', () => {
    const secret = 'GB29NWBK60161331926819';
    const faults = answered(
      200,
      bytes({ Data: { Balance: [{ AccountId: secret.repeat(3) }] }, Links: {}, Meta: {} }),
    );
    expect(faults.length).toBeGreaterThan(1);
    expect(faults.join()).not.toContain(secret);
  });
});
