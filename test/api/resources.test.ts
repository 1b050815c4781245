// Reads under a consent: mounted from the catalogue, query and body passed on, links turned into our own.
import { describe, expect, it } from 'vitest';
import { Problem } from '../../api/problem.ts';
import { BankError } from '../../bank-client/bank-error.ts';
import { fakeApi } from './fake-api.ts';
import { bankApi, consentId } from './stories.ts';

const header = { 'x-obc-account-access-consent-id': consentId };

const bulk = [
  ...['accounts', 'balances', 'beneficiaries', 'direct-debits', 'offers', 'party', 'products'],
  ...['scheduled-payments', 'standing-orders', 'statements', 'transactions'],
];
const ofAccount = [
  ...['balances', 'beneficiaries', 'direct-debits', 'offers', 'parties', 'party', 'product'],
  ...['scheduled-payments', 'standing-orders', 'statements', 'transactions'],
];
const statement = { AccountId: 'a1', StatementId: 's/1' };

describe.each<[string, string, object]>([
  ...bulk.map((name): [string, string, object] => [`/aisp/${name}`, `GET /${name}`, {}]),
  ['/aisp/accounts/a%2F1', 'GET /accounts/{AccountId}', { AccountId: 'a/1' }],
  ...ofAccount.map((name): [string, string, object] => [
    ...([`/aisp/accounts/a1/${name}`, `GET /accounts/{AccountId}/${name}`] as const),
    { AccountId: 'a1' },
  ]),
  ['/aisp/accounts/a1/statements/s%2F1', 'GET /accounts/{AccountId}/statements/{StatementId}', statement],
  [
    '/aisp/accounts/a1/statements/s%2F1/transactions',
    'GET /accounts/{AccountId}/statements/{StatementId}/transactions',
    statement,
  ],
  ['/aisp/monzo-pots', 'GET /pots', {}],
])('%s', (path, endpoint, params) => {
  it(`is ${endpoint} of the bank`, async () => {
    const { send, bankReads } = fakeApi();
    bankReads.readUnderConsent = async (tenant, read) => {
      expect(tenant).toBe('default');
      expect(`${read.endpoint.method} ${read.endpoint.path}`).toBe(endpoint);
      expect(read).toMatchObject({ consentId, family: 'account-access', params, query: 'page=2&x=%26' });
      const url = `${bankApi}/x?page=2`;
      const Links = { Self: url, Next: `${bankApi}/x?page=3`, Last: `${bankApi}/x` };
      return { body: { Data: { Account: [] }, Links, Meta: { TotalPages: 3 } }, interactionId: 'i', url };
    };
    const { status, json } = await send('GET', `${path}?page=2&x=%26`, { headers: header });
    expect(status).toBe(200);
    const own = `http://localhost${path}`;
    expect(json).toEqual({
      ExternalApiResponse: {
        ...{ Data: { Account: [] }, Meta: { TotalPages: 3 } },
        Links: { Self: `${own}?page=2`, Next: `${own}?page=3`, Last: own },
      },
      ExternalApiResponseInfo: { XFapiInteractionId: 'i' },
    });
  });

  it('needs the consent to be named', async () => {
    const { send } = fakeApi();
    for (const headers of [{}, { 'x-obc-account-access-consent-id': 'x' }]) {
      const { status, json } = await send('GET', path, { headers });
      expect([status, Object.keys(json.errors ?? {})]).toEqual([400, ['x-obc-account-access-consent-id']]);
    }
  });
});

describe('a read', () => {
  it("passes on the customer's address, and refuses one that is none", async () => {
    const { send, bankReads } = fakeApi();
    bankReads.readUnderConsent = async (_, { customerIpAddress }) => {
      expect(customerIpAddress).toBe('10.0.0.1');
      return { body: {}, interactionId: null, url: bankApi };
    };
    const withAddress = (address: string) => ({
      headers: { ...header, 'x-fapi-customer-ip-address': address },
    });
    expect((await send('GET', '/aisp/accounts', withAddress('10.0.0.1'))).status).toBe(200);
    const { json } = await send('GET', '/aisp/accounts', withAddress('x'.repeat(46)));
    expect(Object.keys(json.errors ?? {})).toEqual(['x-fapi-customer-ip-address']);
  });

  const about = {
    'x-fapi-auth-date': 'Tue, 11 Sep 2012 19:43:31 UTC',
    'x-customer-user-agent': 'Mozilla/5.0 (X11)',
    'x-fapi-interaction-id': '93bac548-d2de-4546-b106-880a5018460d',
  };

  it('passes on what the caller tells of customer and call', async () => {
    const { send, bankReads } = fakeApi();
    bankReads.readUnderConsent = async (_, read) => {
      expect(read).toMatchObject({
        customerIpAddress: '2001:db8::1',
        authDate: about['x-fapi-auth-date'],
        customerUserAgent: about['x-customer-user-agent'],
        interactionId: about['x-fapi-interaction-id'],
      });
      return { body: {}, interactionId: null, url: bankApi };
    };
    const headers = { ...header, 'x-fapi-customer-ip-address': '2001:db8::1', ...about };
    expect((await send('GET', '/aisp/accounts', { headers })).status).toBe(200);
  });

  it.each([
    ['x-fapi-auth-date', '2012-09-11T19:43:31Z'],
    ['x-customer-user-agent', 'x'.repeat(1_001)],
    ['x-fapi-interaction-id', '93bac548'],
  ])('refuses a %s that is none', async (name, value) => {
    const { status, json } = await fakeApi().send('GET', '/aisp/accounts', {
      headers: { ...header, ...about, [name]: value },
    });
    expect([status, Object.keys(json.errors ?? {})]).toEqual([400, [name]]);
  });

  it("shows the bank's id of the call in a header and in the log, whether it went well or not", async () => {
    const { send, bankReads, logLines } = fakeApi();
    const facts = { kind: 'timeout', sent: 'maybe-sent', method: 'GET', url: bankApi } as const;
    for (const answer of [
      async () => ({ body: {}, interactionId: 'call-1', url: bankApi }),
      async () => Promise.reject(new BankError('x', { ...facts, interactionId: 'call-1' })),
    ]) {
      bankReads.readUnderConsent = answer;
      const { headers } = await send('GET', '/aisp/accounts', { headers: header });
      expect(headers.get('x-fapi-interaction-id')).toBe('call-1');
    }
    const lines = logLines.filter((line) => JSON.parse(line).msg === 'request');
    expect(lines.map((line) => JSON.parse(line).interactionId)).toEqual(['call-1', 'call-1']);
  });

  it('keeps to itself an id that is none, so that a bank writes nothing into log or headers', async () => {
    const { send, bankReads, logLines } = fakeApi();
    bankReads.readUnderConsent = async () => ({
      body: {},
      interactionId: 'a name, a\tbirthday',
      url: bankApi,
    });
    const { headers } = await send('GET', '/aisp/accounts', { headers: header });
    expect(headers.has('x-fapi-interaction-id')).toBe(false);
    expect(logLines.join('')).not.toContain('birthday');
  });

  it('counts as a further page when its query has more than was published', async () => {
    const { send, bankReads } = fakeApi();
    const seen: unknown[] = [];
    bankReads.readUnderConsent = async (_, read) => {
      seen.push([read.query, read.isFurtherPage]);
      return { body: {}, interactionId: null, url: bankApi };
    };
    const from = 'fromBookingDateTime=2026-01-01T00:00:00';
    for (const query of ['', `?${from}`, `?${from}&page=2`, '?followPages=false'])
      await send('GET', `/aisp/transactions${query}`, { headers: header });
    expect(seen).toEqual([
      ['', false],
      [from, false],
      [`${from}&page=2`, true],
      ['', false],
    ]);
  });

  it('reports links that lead elsewhere, and answers all the same', async () => {
    const { send, bankReads } = fakeApi();
    const elsewhere = ['https://other.example/x', `${bankApi}/x#a`, `${bankApi}/y`, 5, '/x', '', 'http://['];
    bankReads.readUnderConsent = async () => {
      const Links = {
        Self: `${bankApi}/x`,
        ...Object.fromEntries(elsewhere.map((link, at) => [`L${at}`, link])),
      };
      return { body: { Links }, interactionId: null, url: `${bankApi}/x` };
    };
    const { status, json } = await send('GET', '/aisp/accounts', { headers: header });
    expect(status).toBe(200);
    expect(json.Warnings).toHaveLength(7);
    expect(json.ExternalApiResponse).toEqual({ Links: { Self: 'http://localhost/aisp/accounts' } });
  });

  it('knows links by where they lead, however they are written', async () => {
    const { send, bankReads } = fakeApi();
    const url = `${bankApi}/x`;
    const { host, pathname, protocol } = new URL(url);
    bankReads.readUnderConsent = async () => {
      const Links = {
        Self: `${protocol}//${host.toUpperCase()}:443${pathname}`,
        ...{ Next: `${pathname}?page=2`, Last: '?page=9', First: `//${host}${pathname}?page=1` },
      };
      return { body: { Links }, interactionId: null, url: `${url}?page=1` };
    };
    const { json } = await send('GET', '/aisp/accounts', { headers: header });
    const own = 'http://localhost/aisp/accounts';
    expect(json).toEqual({
      ExternalApiResponse: {
        Links: { Self: own, Next: `${own}?page=2`, Last: `${own}?page=9`, First: `${own}?page=1` },
      },
      ExternalApiResponseInfo: { XFapiInteractionId: null },
    });
  });

  it('of a body that has no links, or is none, is passed on as it is', async () => {
    const { send, bankReads } = fakeApi();
    for (const body of [{ Links: null }, {}, [], 'text']) {
      bankReads.readUnderConsent = async () => ({ body, interactionId: null, url: bankApi });
      expect((await send('GET', '/aisp/accounts', { headers: header })).json.ExternalApiResponse).toEqual(
        body,
      );
    }
  });

  it('that fails is answered with its problem', async () => {
    const { send, bankReads } = fakeApi();
    bankReads.readUnderConsent = () => Promise.reject(new Problem('authorisation-needed'));
    expect((await send('GET', '/aisp/accounts', { headers: header })).status).toBe(409);
  });
});

describe('the file of a statement', () => {
  const path = '/aisp/accounts/a1/statements/s1/file';
  const bytes = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0, 255]);
  const fileOf = (headers: Record<string, string>) => ({
    headers,
    interactionId: 'call-1',
    body: new ReadableStream<Uint8Array>({
      start(sink) {
        sink.enqueue(bytes);
        sink.close();
      },
    }),
  });

  it('is passed on byte by byte, with its type, and never to be shown by a browser', async () => {
    const { api, bankReads } = fakeApi();
    bankReads.openFileUnderConsent = async (_, read) => {
      const { params, endpoint } = read;
      expect([params, endpoint.path]).toEqual([
        { AccountId: 'a1', StatementId: 's1' },
        '/accounts/{AccountId}/statements/{StatementId}/file',
      ]);
      const name = 'attachment; filename="June (1).pdf"';
      return {
        ...fileOf({ 'content-type': 'application/pdf', 'content-length': '6', 'content-disposition': name }),
        unattendedReads: { left: 3, allowance: 4, reconfirmationDueMs: 0 },
      };
    };
    const response = await api.request(path, { headers: header });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '6',
      'content-disposition': 'attachment; filename="June (1).pdf"',
      'x-content-type-options': 'nosniff',
      'x-fapi-interaction-id': 'call-1',
      'x-obc-unattended-reads-left': '3',
    });
  });

  it.each([
    {},
    {
      'content-type': 'text/html; <script>',
      'content-disposition': 'inline; filename="../a"',
      'content-length': '-1',
    },
  ])('is a file like any other where the bank says nothing of use: %o', async (headers) => {
    const { api, bankReads } = fakeApi();
    bankReads.openFileUnderConsent = async () => fileOf(headers);
    const response = await api.request(path, { headers: header });
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toBe('attachment');
    expect(response.headers.has('content-length')).toBe(false);
  });
});

describe('funds confirmation', () => {
  const path = `/pisp/domestic-payment-consents/${consentId}/funds-confirmation`;

  it("is asked with the customer's token", async () => {
    const { send, bankReads } = fakeApi();
    const url = `${bankApi}/pisp/domestic-payment-consents/c/funds-confirmation`;
    bankReads.readUnderConsent = async (_, read) => {
      expect(read).toMatchObject({ consentId, family: 'domestic-payment', endpoint: { scope: 'payments' } });
      return { body: { Links: { Self: url, Next: `${url}?page=2` } }, interactionId: null, url };
    };
    const { json } = await send('GET', path);
    expect(json.ExternalApiResponse).toEqual({ Links: { Self: `http://localhost${path}` } });
    expect(json.Warnings).toHaveLength(1);
  });

  it('of an id that is no UUID is not found', async () => {
    const { status } = await fakeApi().send('GET', '/pisp/domestic-payment-consents/x/funds-confirmation');
    expect(status).toBe(404);
  });
});
