// All pages as one answer: what is written, where it ends, and what becomes of failures on the way.
import { describe, expect, it } from 'vitest';
import type { BankAnswer } from '../../api/bank-reads/bank-reads.ts';
import { Problem } from '../../api/problem.ts';
import { fakeApi } from './fake-api.ts';
import { bankApi, consentId } from './stories.ts';

const header = { 'x-obc-account-access-consent-id': consentId };
const url = `${bankApi}/transactions`;
const own = 'http://localhost/aisp/transactions';

interface PageOfBank {
  list?: unknown;
  next?: string;
  self?: string;
  rest?: object;
  warnings?: string[];
}

const entry = (id: string, account = 'a') => ({ AccountId: account, TransactionId: id });

/** A bank whose pages are told by their query. */
function bankOf(pages: Record<string, PageOfBank | Error>) {
  const api = fakeApi();
  const asked: { query: string; isFurtherPage: boolean | undefined }[] = [];
  api.bankReads.readUnderConsent = async (_, { query, isFurtherPage }): Promise<BankAnswer> => {
    asked.push({ query, isFurtherPage });
    const page = pages[query];
    if (page === undefined) throw new Error(`not a page: ${query}`);
    if (page instanceof Error) throw page;
    const { list, next, self = query, rest, warnings } = page;
    const Links = {
      Self: self === '' ? url : `${url}?${self}`,
      ...(next === undefined ? {} : { Next: `${url}?${next}` }),
    };
    const Data = { ...rest, ...(list === undefined ? {} : { Transaction: list }) };
    return {
      body: { Data, Links, Meta: { TotalPages: 9, FirstAvailableDateTime: 'x' } },
      ...{ interactionId: 'i', url, ...(warnings && { warnings }) },
    };
  };
  const read = (query = '') =>
    api.send('GET', `/aisp/transactions?followPages=true${query}`, { headers: header });
  return { ...api, asked, read };
}

describe('pages that are followed', () => {
  it('are one page, with what the first one says beside its list', async () => {
    const bank = bankOf({
      'x=1': { list: [entry('1'), entry('2')], next: 'page=2', rest: { Total: 5 } },
      'page=2': { list: [entry('3')], next: 'page=3', rest: { Total: 6 } },
      'page=3': { list: [] },
    });
    const { status, headers, json } = await bank.read('&x=1');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(json).toEqual({
      ExternalApiResponse: {
        Data: { Total: 5, Transaction: [entry('1'), entry('2'), entry('3')] },
        Links: { Self: `${own}?x=1&followPages=true` },
        Meta: { TotalPages: 1, FirstAvailableDateTime: 'x' },
      },
      ExternalApiResponseInfo: { XFapiInteractionId: 'i' },
    });
    // One read of the bank's allowance, whatever its pages.
    expect(bank.asked.map(({ isFurtherPage }) => isFurtherPage)).toEqual([true, true, true]);
  });

  it('hold no entry twice that was pushed from one page to the next', async () => {
    const bank = bankOf({
      '': { list: [entry('1'), entry('1', 'b'), entry('2')], next: 'page=2' },
      'page=2': {
        list: [entry('2'), entry('3'), entry('3'), { AccountId: 'a' }, { AccountId: 'a' }, 5, null],
      },
    });
    const { json } = await bank.read();
    expect(json.ExternalApiResponse).toMatchObject({
      Data: {
        Transaction: [
          ...[entry('1'), entry('1', 'b'), entry('2'), entry('3')],
          // Nothing tells these from two that look the same.
          ...[{ AccountId: 'a' }, { AccountId: 'a' }, 5, null],
        ],
      },
    });
  });

  it('may begin with pages that leave the empty list out', async () => {
    const bank = bankOf({ '': { next: 'page=2' }, 'page=2': { list: [entry('1')] } });
    const { json } = await bank.read();
    expect(json.ExternalApiResponse).toMatchObject({ Data: { Transaction: [entry('1')] } });
  });

  it('are none where an answer has no list', async () => {
    const { json } = await bankOf({ '': { rest: { Party: {} } } }).read();
    expect(json.ExternalApiResponse).toMatchObject({ Data: { Party: {} }, Links: { Self: own } });
  });

  it.each([
    [
      'itself',
      { '': { list: [entry('1')], next: 'page=2' }, 'page=2': { list: [entry('2')], next: 'page=2' } },
    ],
    [
      'the first, by its other name',
      {
        '': { list: [entry('1')], next: 'page=2', self: 'page=1' },
        'page=2': { list: [entry('2')], next: 'page=1' },
      },
    ],
  ])('end where one leads back to %s', async (_, pages: Record<string, PageOfBank>) => {
    const { json } = await bankOf(pages).read();
    expect(json).toMatchObject({
      ExternalApiResponse: { Data: { Transaction: [entry('1'), entry('2')] } },
      Warnings: [expect.stringContaining('leads back')],
    });
  });

  it('end at a page that cannot be read, with what leads on from there', async () => {
    const pages = {
      '': { list: [entry('1')], next: 'page=2&x=%26' },
      'page=2&x=%26': new Problem('bank-timeout'),
    };
    const { status, json, logLines } = await (async () => {
      const bank = bankOf(pages);
      return { ...(await bank.read()), logLines: bank.logLines };
    })();
    expect(status).toBe(200);
    expect(json).toMatchObject({
      ExternalApiResponse: {
        Data: { Transaction: [entry('1')] },
        Links: { Self: `${own}?followPages=true`, Next: `${own}?page=2&x=%26&followPages=true` },
        Meta: { FirstAvailableDateTime: 'x' },
      },
      Warnings: ['Page 2 could not be read (bank-timeout): follow Next to go on from there.'],
    });
    expect(json.ExternalApiResponse).not.toHaveProperty('Meta.TotalPages');
    expect(logLines.join('')).toContain('a further page could not be read');
  });

  it('fail like every read when the first page fails', async () => {
    const { status, json } = await bankOf({ '': new Problem('bank-timeout') }).read();
    expect([status, json.code]).toEqual([504, 'bank-timeout']);
  });

  it('end after ten minutes, with what leads on', async () => {
    const bank = bankOf({
      '': { list: [entry('1')], next: 'page=2' },
      'page=2': { list: [], next: 'page=3' },
    });
    const { readUnderConsent } = bank.bankReads;
    bank.bankReads.readUnderConsent = (tenant, read) => {
      bank.time.nowMs += 11 * 60 * 1000;
      return readUnderConsent(tenant, read);
    };
    const { json } = await bank.read();
    expect(json).toMatchObject({
      ExternalApiResponse: { Links: { Next: `${own}?page=3&followPages=true` } },
      Warnings: ['There are more than 2 pages: follow Next for the others.'],
    });
  });

  it('pass on warnings, each once and no more than a few', async () => {
    const many = Array.from({ length: 30 }, (_, at) => `warning ${at}`);
    const { json } = await bankOf({
      '': { list: [], next: 'page=2', warnings: ['first', 'second'] },
      'page=2': { list: [], warnings: ['second', ...many] },
    }).read();
    expect(json.Warnings).toEqual(['first', 'second', ...many.slice(0, 18)]);
  });

  it('are read only as fast as they are taken', async () => {
    const pages = Object.fromEntries(
      Array.from({ length: 50 }, (_, at) => [
        at === 0 ? '' : `page=${at}`,
        { list: [entry(String(at))], ...(at < 49 && { next: `page=${at + 1}` }) },
      ]),
    );
    const bank = bankOf(pages);
    const response = await bank.api.request('/aisp/transactions?followPages=true', { headers: header });
    const reader = response.body?.getReader();
    await reader?.read();
    await new Promise(setImmediate);
    expect(bank.asked.length).toBeLessThan(5);
    await reader?.cancel();
    await new Promise(setImmediate);
    expect(bank.asked.length).toBeLessThan(6);
  });
});
