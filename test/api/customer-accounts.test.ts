// A customer's accounts at all their banks: each once, in one order, with the banks that did not answer named beside.
import { describe, expect, it } from 'vitest';
import type { ReadUnderConsent } from '../../api/bank-reads/bank-reads.ts';
import { mostConsents } from '../../api/customer-view/customer-accounts.ts';
import { Problem } from '../../api/problem.ts';
import type { Consent } from '../../store/consents.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';
import { testStart } from './fake-records.ts';
import { addConsent, bankApi, consentId } from './stories.ts';

const of = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const url = `${bankApi}/x`;

function addAccess({ api, at, ...changes }: { api: FakeApi; at: number } & Partial<Consent>): string {
  addConsent(api, 'account-access', 'authorised');
  const made = api.tables.consents.get(consentId);
  if (made === undefined) throw new Error('no consent');
  api.tables.consents.delete(consentId);
  const authContextModified = new Date(testStart.getTime() + at);
  api.tables.consents.set(of(at), { ...made, id: of(at), reference: 'c-1', authContextModified, ...changes });
  return of(at);
}

const account = (AccountId: string, Identification: string) => ({
  AccountId,
  Account: [{ SchemeName: 'UK.OBIE.SortCodeAccountNumber', Identification }],
});

type Pages = Record<string, object[]>;

/** Pages of lists by consent and path; each links to the next. */
function answering(api: FakeApi, pages: Record<string, Pages | Error>): ReadUnderConsent[] {
  const asked: ReadUnderConsent[] = [];
  api.bankReads.readUnderConsent = async (_, read) => {
    asked.push(read);
    const bank = pages[read.consentId];
    if (bank instanceof Error || bank === undefined) throw bank ?? new Error('not expected');
    const all = bank[read.endpoint.path] ?? [];
    const at = Number(/page=(\d+)/.exec(read.query)?.[1] ?? 0);
    const Links = { Self: url, ...(at + 1 < all.length ? { Next: `${url}?page=${at + 1}` } : {}) };
    return { body: { Data: all[at], Links }, interactionId: null, url, warnings: [] };
  };
  return asked;
}

const accountsPath = '/accounts';
const transactionsPath = '/accounts/{AccountId}/transactions';
const listed = (json: Record<string, unknown>) => Object(json).Data as Record<string, unknown>[];

describe('the accounts of a customer', () => {
  it('are those of all their banks, in the order of banks, the same whenever they are read', async () => {
    const api = fakeApi();
    addAccess({ api, at: 1, bankProfile: 'Sandbox_Jarm' });
    addAccess({ api, at: 2, bankProfile: 'Sandbox_Hybrid' });
    addAccess({ api, at: 3, reference: 'another' });
    addAccess({ api, at: 4, status: 'awaiting-authorisation' });
    const asked = answering(api, {
      [of(1)]: { [accountsPath]: [{ Account: [account('j1', '11')] }] },
      [of(2)]: { [accountsPath]: [{ Account: [account('h1', '21')] }, { Account: [account('h2', '22')] }] },
    });
    const headers = { 'x-fapi-customer-ip-address': '10.0.0.1' };
    const { status, json } = await api.send('GET', '/accounts?reference=c-1', { headers });
    expect([status, json.LeftOut]).toEqual([200, []]);
    expect(listed(json).map(({ BankProfile }) => BankProfile)).toEqual([
      'Sandbox_Hybrid',
      'Sandbox_Hybrid',
      'Sandbox_Jarm',
    ]);
    expect(listed(json)[2]).toEqual({
      ...{ Id: expect.stringMatching(/^[\w-]{43}$/), BankProfile: 'Sandbox_Jarm' },
      ...{ AccountAccessConsentId: of(1), ExternalApiAccountId: 'j1', Account: account('j1', '11') },
    });
    expect((await api.send('GET', '/accounts?reference=c-1', { headers })).json).toEqual(json);
    expect(asked.every(({ customerIpAddress }) => customerIpAddress === '10.0.0.1')).toBe(true);
    expect(asked.filter(({ isFurtherPage }) => isFurtherPage).map(({ query }) => query)).toEqual([
      'page=1',
      'page=1',
    ]);
  });

  it('that several consents show are told once, by the consent that was authorised last', async () => {
    const api = fakeApi();
    addAccess({ api, at: 1 });
    addAccess({ api, at: 2 });
    answering(api, {
      [of(1)]: { [accountsPath]: [{ Account: [account('old', '11'), { AccountId: 'x' }] }] },
      [of(2)]: { [accountsPath]: [{ Account: [account('new', '11'), { AccountId: 'x' }] }] },
    });
    const { json } = await api.send('GET', '/accounts?reference=c-1');
    const ids = listed(json).map(({ ExternalApiAccountId }) => ExternalApiAccountId);
    // What the bank does not identify cannot be told to be the same.
    expect(ids.toSorted()).toEqual(['new', 'x', 'x']);
    expect(new Set(listed(json).map(({ Id }) => Id)).size).toBe(3);
  });

  it('are told without those of a bank that does not answer, which is named with its problem', async () => {
    const api = fakeApi();
    addAccess({ api, at: 1 });
    addAccess({ api, at: 2, bankProfile: 'Sandbox_Jarm' });
    answering(api, {
      [of(1)]: { [accountsPath]: [{ Account: [account('a', '11')] }] },
      [of(2)]: new Problem('bank-timeout'),
    });
    const { status, json } = await api.send('GET', '/accounts?reference=c-1');
    expect([status, listed(json)]).toMatchObject([200, [{ ExternalApiAccountId: 'a' }]]);
    expect(json.LeftOut).toEqual([
      {
        ...{ BankProfile: 'Sandbox_Jarm', AccountAccessConsentId: of(2) },
        Problem: expect.objectContaining({ code: 'bank-timeout', status: 504 }),
      },
    ]);
  });

  it('are read under a bounded number of consents, five at a time', async () => {
    const api = fakeApi();
    for (let at = 1; at <= mostConsents + 2; at++) addAccess({ api, at });
    let [underWay, most] = [0, 0];
    const asked: string[] = [];
    api.bankReads.readUnderConsent = async (_, read) => {
      asked.push(read.consentId);
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return { body: { Data: { Account: [] } }, interactionId: null, url, warnings: [] };
    };
    const { json } = await api.send('GET', '/accounts?reference=c-1');
    expect([asked.length, most]).toEqual([mostConsents, 5]);
    expect(asked).not.toContain(of(1));
    expect(json.Warnings).toEqual([expect.stringContaining(`Of ${mostConsents + 2} consents`)]);
  });

  it('are asked for by the reference of their consents, and nothing else', async () => {
    const { send } = fakeApi();
    for (const query of ['', '?reference=', '?reference=a&page=2', '?reference=a&reference=b'])
      expect((await send('GET', `/accounts${query}`)).status).toBe(400);
    expect((await send('GET', '/accounts?reference=nobody')).json).toEqual({ Data: [], LeftOut: [] });
  });
});

describe('the transactions of an account', () => {
  const booked = (TransactionId: string, day: number) => ({
    TransactionId,
    BookingDateTime: `2026-11-${String(day).padStart(2, '0')}T10:00:00+00:00`,
  });

  async function idOf(api: FakeApi): Promise<string> {
    return String(listed((await api.send('GET', '/accounts?reference=c-1')).json)[0]?.Id);
  }
  const path = (id: string, query = '') => `/accounts/${id}/transactions?reference=c-1${query}`;

  it('come newest first from all pages, each once, and the filter reaches the bank', async () => {
    const api = fakeApi();
    addAccess({ api, at: 1 });
    const asked = answering(api, {
      [of(1)]: {
        [accountsPath]: [{ Account: [account('a', '11')] }],
        [transactionsPath]: [
          { Transaction: [booked('t1', 1), booked('t3', 3)] },
          { Transaction: [booked('t3', 3), booked('t2', 2), { TransactionId: 'none' }] },
        ],
      },
    });
    const { status, json } = await api.send('GET', path(await idOf(api), '&fromBookingDateTime=2026-11-01'));
    expect(status).toBe(200);
    expect(listed(json).map(({ TransactionId }) => TransactionId)).toEqual(['t3', 't2', 't1', 'none']);
    expect(json).toMatchObject({ AccountAccessConsentId: of(1), ExternalApiAccountId: 'a' });
    const read = asked.find(({ endpoint }) => endpoint.path === transactionsPath);
    expect(read).toMatchObject({ params: { AccountId: 'a' }, query: 'fromBookingDateTime=2026-11-01' });
  });

  it('are read under an earlier consent when the last one does not give them', async () => {
    const api = fakeApi();
    addAccess({ api, at: 1 });
    addAccess({ api, at: 2 });
    const shown = { [accountsPath]: [{ Account: [account('a', '11')] }] };
    answering(api, {
      [of(1)]: { ...shown, [transactionsPath]: [{ Transaction: [booked('t1', 1)] }] },
      [of(2)]: shown,
    });
    const { readUnderConsent } = api.bankReads;
    const refusing = async (tenant: string, read: ReadUnderConsent) => {
      if (read.consentId === of(2) && read.endpoint.path === transactionsPath)
        throw new Problem('bank-rejected-request');
      return readUnderConsent(tenant, read);
    };
    const id = await idOf(api);
    api.bankReads.readUnderConsent = refusing;
    expect((await api.send('GET', path(id))).json).toMatchObject({ AccountAccessConsentId: of(1) });
    api.tables.consents.delete(of(1));
    expect((await api.send('GET', path(id))).json.code).toBe('bank-rejected-request');
  });

  it('of an account that nobody has are not found, unless a bank that may have it does not answer', async () => {
    const api = fakeApi();
    addAccess({ api, at: 1 });
    answering(api, { [of(1)]: { [accountsPath]: [{ Account: [account('a', '11')] }] } });
    expect((await api.send('GET', path('unknown'))).status).toBe(404);
    addAccess({ api, at: 2 });
    answering(api, {
      [of(1)]: { [accountsPath]: [{ Account: [account('a', '11')] }] },
      [of(2)]: new Problem('bank-unavailable'),
    });
    expect((await api.send('GET', path('unknown'))).json.code).toBe('bank-unavailable');
  });
});
