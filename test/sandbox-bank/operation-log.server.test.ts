// The sandbox's own record of what was reached: every operation on accounts and on funds, of both versions, as published on the
// way in and on the way out; what was refused, and what was ordered bad.
import * as openid from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperationRow } from '../../sandbox-bank/control/operation-log.ts';
import { operations } from '../../sandbox-bank/resources/operations.ts';
import { authorise, exchange, type Flow, openFlow, startAuthorisation } from './authorisation.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { ThirdParty } from './third-party.ts';

const Permissions = [
  ...['Accounts', 'Beneficiaries', 'ScheduledPayments', 'StandingOrders', 'Statements', 'Transactions'].map(
    (name) => `Read${name}Detail`,
  ),
  ...['Balances', 'DirectDebits', 'Offers', 'PAN', 'Party', 'PartyPSU', 'Products'].map(
    (name) => `Read${name}`,
  ),
  ...['ReadTransactionsCredits', 'ReadTransactionsDebits'],
];
const DebtorAccount = {
  SchemeName: 'UK.OBIE.SortCodeAccountNumber',
  Identification: '99000110222890',
  Name: 'MS A HART',
};
const all = operations.filter(({ group, isServed }) => group !== 'pisp' && !isServed);

let sandbox: Sandbox;
let thirdParty: ThirdParty;
let flow: Flow;

beforeAll(async () => {
  sandbox = await openSandbox();
  thirdParty = new ThirdParty(sandbox);
  flow = await openFlow(
    sandbox,
    thirdParty,
    'hybrid',
    await thirdParty.register('hybrid', 'tls_client_auth'),
  );
});
afterAll(async () => {
  await thirdParty.close();
  await sandbox.remove();
});
beforeEach(() => sandbox.control('PUT', '/operations', { judged: true }));

const rows = async (): Promise<OperationRow[]> => (await sandbox.control('GET', '/operations')).body;
const urlOf = (version: string, path: string) => `${sandbox.urls.api}/hybrid/open-banking/${version}${path}`;

async function call(method: string, url: string, token: string, body?: object) {
  const answer = await thirdParty.call(method, url, token, body);
  const text = await answer.text();
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : undefined };
}

async function ownToken(scope: string): Promise<string> {
  return (await openid.clientCredentialsGrant(flow.configuration, { scope })).access_token;
}

/** A consent of one kind on one version, given by its customer. */
async function given(version: string, scope: 'accounts' | 'fundsconfirmations') {
  const path = scope === 'accounts' ? '/aisp/account-access-consents' : '/cbpii/funds-confirmation-consents';
  const request = scope === 'accounts' ? { Data: { Permissions }, Risk: {} } : { Data: { DebtorAccount } };
  const own = await ownToken(scope);
  const { body } = await call('POST', urlOf(version, path), own, request);
  const consentId: string = body.Data.ConsentId;
  const attempt = await startAuthorisation(flow, consentId, `openid ${scope}`);
  const tokens = await exchange(flow, attempt, await authorise(flow, attempt));
  return { own, consentId, token: tokens.access_token };
}

describe.each(['v3.1', 'v4.0'])('%s', (version) => {
  it('has every operation, each as published on the way in and out', async () => {
    const access = await given(version, 'accounts');
    const funds = await given(version, 'fundsconfirmations');
    for (const { group, method, path, caller } of all) {
      const { own, token, consentId } = group === 'aisp' ? access : funds;
      const place = path
        .replace('{AccountId}', '22289')
        .replace('{StatementId}', '22289-ST-2026-09')
        .replace('{ConsentId}', consentId);
      if (method === 'GET') {
        const answer = await call(
          method,
          urlOf(version, `/${group}${place}`),
          caller === 'client' ? own : token,
        );
        expect(`${path} ${answer.status}`).toBe(`${path} 200`);
      }
    }
    await call('POST', urlOf(version, '/cbpii/funds-confirmations'), funds.token, {
      Data: {
        ConsentId: funds.consentId,
        Reference: 'ORDER 1',
        InstructedAmount: { Amount: '10.00', Currency: 'GBP' },
      },
    });
    await call('DELETE', urlOf(version, `/aisp/account-access-consents/${access.consentId}`), access.own);
    await call('DELETE', urlOf(version, `/cbpii/funds-confirmation-consents/${funds.consentId}`), funds.own);
    const reached = await rows();
    expect(reached.map(({ operation }) => operation).sort()).toEqual(
      all.map(({ method, path }) => `${method} ${path}`).sort(),
    );
    expect(reached).toHaveLength(33);
    for (const row of reached) {
      expect(row).toEqual({
        ...{ bank: 'hybrid', version, operation: row.operation },
        outcomes: { success: 1, refusal: 0, 'bad-answer': 0, fault: 0 },
        ...{ requestsJudged: 1, answersJudged: 1, requestFaults: [], answerFaults: [] },
      });
    }
  });
});

describe('one operation', () => {
  const operation = 'GET /balances';
  const url = () => urlOf('v4.0', '/aisp/balances');

  it('is counted by how it ended, with what was wrong', async () => {
    const { token } = await given('v4.0', 'accounts');
    await sandbox.control('DELETE', '/operations');
    await call('GET', `${url()}?colour=red`, token);
    await call('GET', url(), 'no-such-token');
    await sandbox.control('POST', '/faults', {
      operation,
      times: 1,
      fault: { kind: 'bad-answer', shape: '502-page' },
    });
    await call('GET', url(), token);
    await sandbox.control('POST', '/faults', { operation, times: 1, fault: { kind: 'status', status: 503 } });
    await call('GET', url(), token);
    await sandbox.control('POST', '/faults', { operation, times: 1, fault: { kind: 'delay-answer', ms: 1 } });
    await call('GET', url(), token);
    expect(await rows()).toEqual([
      {
        ...{ bank: 'hybrid', version: 'v4.0', operation },
        outcomes: { success: 2, refusal: 1, 'bad-answer': 1, fault: 1 },
        ...{ requestsJudged: 5, answersJudged: 3 },
        ...{ requestFaults: ['the query has colour, which is not published'], answerFaults: [] },
      },
    ]);
    const { body } = await sandbox.control('GET', '/requests');
    expect(body.at(-1)).toMatchObject({ operation, version: 'v4.0', status: 200 });
  });

  it('is told when the body that was sent is not as published', async () => {
    await call('POST', urlOf('v4.0', '/aisp/account-access-consents'), await ownToken('accounts'), {
      Data: {},
    });
    expect(await rows()).toMatchObject([
      {
        outcomes: { success: 0, refusal: 1 },
        requestFaults: [
          " must have required property 'Risk'",
          "/Data must have required property 'Permissions'",
        ],
        answerFaults: [],
      },
    ]);
  });

  it('is counted without being judged, until a test asks for it', async () => {
    await sandbox.control('PUT', '/operations', { judged: false });
    await call('GET', `${url()}?colour=red`, 'no-such-token');
    expect(await rows()).toMatchObject([{ outcomes: { refusal: 1 }, requestsJudged: 0, requestFaults: [] }]);
    expect((await sandbox.control('PUT', '/operations', {})).status).toBe(400);
  });
});
