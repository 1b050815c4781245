// For whom a bank's `Retry-After` counts, and for how long.
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../bank-client/http.ts';
import { createPauses } from '../../bank-client/pauses.ts';

const startMs = Date.UTC(2026, 10, 21, 12);
const url = 'https://bank.example/accounts';

function setUp() {
  const time = { nowMs: startMs };
  const pauses = createPauses({ nowMs: () => time.nowMs });
  const request = (token: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
    ...{ method: 'GET', url, headers: { authorization: `Bearer ${token}` }, api: 'accountInformation' },
    ...more,
  });
  const answer = (status: number, retryAfter?: string) => ({
    ...{ method: 'GET', url, status, body: Buffer.alloc(0) },
    headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  });
  return { time, pauses, request, answer };
}

describe('a bank that answers 429', () => {
  it('is not asked again by the same consent at the same API until the time is over', () => {
    const { time, pauses, request, answer } = setUp();
    pauses.note('bank', request('one'), answer(429, '7'));
    expect(pauses.find('bank', request('one'))).toEqual({ kind: 'rate-limited', leftMs: 7_000 });
    time.nowMs += 6_999;
    expect(pauses.find('bank', request('one'))).toEqual({ kind: 'rate-limited', leftMs: 1 });
    time.nowMs += 1;
    expect(pauses.find('bank', request('one'))).toBeUndefined();
  });

  it('is asked by others, for other things, and so are other banks', () => {
    const { pauses, request, answer } = setUp();
    pauses.note('bank', request('one'), answer(429, '7'));
    expect(pauses.find('bank', request('another'))).toBeUndefined();
    expect(pauses.find('bank', request('one', { api: 'paymentInitiation' }))).toBeUndefined();
    expect(pauses.find('other bank', request('one'))).toBeUndefined();
  });

  it('to a read without its customer is asked all the same when they are there', () => {
    const { pauses, request, answer } = setUp();
    pauses.note('bank', request('one'), answer(429, '36000'));
    const headers = { authorization: 'Bearer one', 'x-fapi-customer-ip-address': '203.0.113.7' };
    expect(pauses.find('bank', request('one', { headers }))).toBeUndefined();
  });

  it('may name a date', () => {
    const { pauses, request, answer } = setUp();
    pauses.note('bank', request('one'), answer(429, new Date(startMs + 30_000).toUTCString()));
    expect(pauses.find('bank', request('one'))).toEqual({ kind: 'rate-limited', leftMs: 30_000 });
  });

  it('is obeyed by what money hangs on, too: it was told that itself', () => {
    const { pauses, request, answer } = setUp();
    pauses.note('bank', request('one'), answer(429, '7'));
    expect(pauses.find('bank', request('one', { isUrgent: true }))?.leftMs).toBe(7_000);
  });

  it.each(['soon', '-5', '0', undefined])('and says %s is asked as before', (retryAfter) => {
    const { pauses, request, answer } = setUp();
    pauses.note('bank', request('one'), answer(429, retryAfter));
    expect(pauses.find('bank', request('one'))).toBeUndefined();
  });

  it('and means years is asked again after a day', () => {
    const { time, pauses, request, answer } = setUp();
    pauses.note('bank', request('one'), answer(429, '999999999'));
    time.nowMs += 24 * 60 * 60_000;
    expect(pauses.find('bank', request('one'))).toBeUndefined();
  });
});

describe('a bank that answers 503', () => {
  it('is asked by nobody at that API until the time is over, save for what money hangs on', () => {
    const { pauses, request, answer } = setUp();
    pauses.note('bank', request('one'), answer(503, '60'));
    expect(pauses.find('bank', request('another'))).toEqual({ kind: 'unavailable', leftMs: 60_000 });
    expect(pauses.find('bank', request('another', { isUrgent: true }))).toBeUndefined();
    expect(pauses.find('bank', request('one', { api: 'token' }))).toBeUndefined();
  });
});

it.each([200, 400, 401, 500])('an answer %i asks for nothing', (status) => {
  const { pauses, request, answer } = setUp();
  pauses.note('bank', request('one'), answer(status, '60'));
  expect(pauses.find('bank', request('one'))).toBeUndefined();
});

it('holds nobody up for a clock that was set back', () => {
  const { time, pauses, request, answer } = setUp();
  pauses.note('bank', request('one'), answer(429, '3600'));
  time.nowMs -= 48 * 60 * 60_000;
  expect(pauses.find('bank', request('one'))).toBeUndefined();
});
