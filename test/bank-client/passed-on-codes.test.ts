// Codes that nobody has published, in the answer of a bank: handed on, and told of.
import { expect, it } from 'vitest';
import { callEndpoint } from '../../bank-client/call-endpoint.ts';
import type { Transport } from '../../bank-client/http.ts';
import { builtInBook } from '../../bank-profiles/book.ts';
import { resolveProfile } from '../../bank-profiles/resolve-profile.ts';
import { accountInformation } from '../../standards/uk-open-banking/account-information.ts';
import type { ApiVersion } from '../../standards/uk-open-banking/endpoint.ts';
import { transactions } from '../standards/sample-bodies.ts';

const origin = 'https://bank.example';
const named = builtInBook.find('Sandbox_Hybrid');
if (named === undefined) throw new Error('There is no such profile.');
const settings = { SANDBOX_BANK_BROWSER_URL: origin, SANDBOX_BANK_API_URL: origin };
const profile = resolveProfile(named, { settings, simulated: false });
const never = (what: string) => () => {
  throw new Error(`nobody asks for ${what}`);
};

async function read(version: ApiVersion, body: object) {
  const transport: Transport = {
    send: async ({ method, url }) => ({
      ...{ method, url, status: 200, headers: { 'content-type': 'application/json' } },
      body: Buffer.from(JSON.stringify(body)),
    }),
    open: () => Promise.reject(new Error('not expected')),
    toBank: () => transport,
    retire: never('that'),
    close: async () => {},
  };
  const transportIdentity = { certificate: '', key: '', fingerprint: '' };
  const parts = {
    transport,
    clock: { nowMs: () => 0, now: () => new Date(0) },
    keySets: { check: never('keys') },
    profile,
    identity: {
      ...{ organisationId: 'o', softwareId: 's', transport: transportIdentity },
      get signing() {
        return never('a signature')();
      },
    },
    ownTokens: { get: never('own tokens'), forget: never('that') },
    jwksUri: null,
  };
  const call = { endpoint: accountInformation.getTransactions, version, params: {}, accessToken: 't' };
  return await callEndpoint(parts, call);
}

function oddTransactions(version: ApiVersion) {
  const { Data, ...others } = transactions(version);
  const [one] = Data.Transaction;
  return { ...others, Data: { Transaction: [one, { ...one, Status: 'Strange' }] } };
}

const notListed =
  "The bank's answer is not as published: Data.Transaction[].Status has a code that is not in the published list.";

it.each([
  [
    'v3.1',
    [
      notListed,
      '/Data/Transaction/1/Status has the code Strange, for which version 4.0 has none: it is passed on.',
    ],
  ],
  ['v4.0', [notListed]],
] as const)('come from a bank on %s as they are', async (version, expected) => {
  const { body, warnings } = await read(version, oddTransactions(version));
  const statuses = Object(body).Data.Transaction.map(({ Status }: { Status: string }) => Status);
  expect(statuses).toEqual(['BOOK', 'Strange']);
  expect(warnings).toEqual(expected);
});

it('are not looked for where all codes are published', async () => {
  expect((await read('v3.1', transactions('v3.1'))).warnings).toEqual([]);
});
