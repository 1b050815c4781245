// Reads under a consent: mounted from the catalogue, query and body passed on, links turned into our own.
import { describe, expect, it } from 'vitest';
import { Problem } from '../../api/problem.ts';
import { fakeApi } from './fake-api.ts';
import { bankApi, consentId } from './stories.ts';

const header = { 'x-obc-account-access-consent-id': consentId };

describe.each([
  ['/aisp/accounts', 'GET /accounts', {}],
  ['/aisp/accounts/a%2F1', 'GET /accounts/{AccountId}', { AccountId: 'a/1' }],
  ['/aisp/balances', 'GET /balances', {}],
  ['/aisp/accounts/a1/balances', 'GET /accounts/{AccountId}/balances', { AccountId: 'a1' }],
  ['/aisp/transactions', 'GET /transactions', {}],
  ['/aisp/accounts/a1/transactions', 'GET /accounts/{AccountId}/transactions', { AccountId: 'a1' }],
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

  it('reports links that lead elsewhere, and answers all the same', async () => {
    const { send, bankReads } = fakeApi();
    const elsewhere = ['https://other.example/x', `${bankApi}/x#a`, `${bankApi}/y`, 5];
    bankReads.readUnderConsent = async () => {
      const Links = {
        Self: `${bankApi}/x`,
        ...Object.fromEntries(elsewhere.map((link, at) => [`L${at}`, link])),
      };
      return { body: { Links }, interactionId: null, url: `${bankApi}/x` };
    };
    const { status, json } = await send('GET', '/aisp/accounts', { headers: header });
    expect(status).toBe(200);
    expect(json.Warnings).toHaveLength(4);
    expect(json.ExternalApiResponse).toEqual({ Links: { Self: 'http://localhost/aisp/accounts' } });
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
