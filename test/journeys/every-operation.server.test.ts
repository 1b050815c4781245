// Every operation of account information and confirmation of funds, reached through our API on banks of both versions: with
// success, with a refusal by the bank and with a bad answer. What was sent and answered is judged by the sandbox, with the
// published documents and a validator of its own.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accountInformation } from '../../standards/uk-open-banking/account-information.ts';
import { confirmationOfFunds } from '../../standards/uk-open-banking/confirmation-of-funds.ts';
import type { Endpoint } from '../../standards/uk-open-banking/endpoint.ts';
import {
  askedAccount,
  askFunds,
  authorise,
  type Consent,
  create,
  createAccess,
  createFundsConsent,
  read,
  register,
} from './customer-journeys.ts';
import { type Answer, type House, openHouse } from './house.ts';
import { expectReached, type Outcome } from './reached-operations.ts';

const reads = Object.values<Endpoint>(accountInformation).filter(
  ({ grant }) => grant === 'authorization-code',
);
const operations = [
  ...Object.values<Endpoint>(accountInformation),
  ...Object.values<Endpoint>(confirmationOfFunds),
]
  .map(({ method, path }) => `${method} ${path}`)
  .sort();
const accessConsents = '/aisp/account-access-consents';
const fundsConsents = '/cbpii/funds-confirmation-consents';
const little = { Amount: '1.00', Currency: 'GBP' };

let house: House;
let statementId: string;

beforeAll(async () => {
  house = await openHouse();
  statementId = (await register(house, 'Sandbox_Hybrid')).SoftwareStatementId;
});
afterAll(() => house.close());

describe.each([
  { version: 'v4.0', profile: 'Sandbox_Hybrid', bank: 'hybrid' },
  { version: 'v3.1', profile: 'Sandbox_Jarm', bank: 'jarm' },
] as const)('on a bank of $version', ({ version, profile, bank }) => {
  let registrationId: string;
  const useV4 = version === 'v4.0';

  beforeAll(async () => {
    registrationId = (await register(house, profile, statementId, { AispUseV4: useV4, CbpiiUseV4: useV4 }))
      .Id;
  });
  beforeEach(() => house.control('PUT', '/operations', { judged: true }));

  async function authorised(family: 'account-access' | 'funds-confirmation'): Promise<Consent> {
    const make = family === 'account-access' ? createAccess : createFundsConsent;
    const consent = await make(house, registrationId);
    await authorise(house, family, consent);
    return consent;
  }

  /** Where our API has a read, of an account and a statement of the customer's. */
  async function pathsOf(consent: Consent): Promise<Map<Endpoint, string>> {
    const { body: accounts } = await read(house, consent, '/aisp/accounts');
    const account = accounts.ExternalApiResponse.Data.Account[0].AccountId;
    const { body: statements } = await read(house, consent, `/aisp/accounts/${account}/statements`);
    const statement = statements.ExternalApiResponse.Data.Statement[0].StatementId;
    const filled = (path: string) => path.replace('{AccountId}', account).replace('{StatementId}', statement);
    return new Map(reads.map((endpoint) => [endpoint, `/aisp${filled(endpoint.path)}`]));
  }

  const deleted = (path: string, consent: Consent) => house.ask('DELETE', `${path}/${consent.id}`);
  const asked = (path: string, consent: Consent) => house.ask('GET', `${path}/${consent.id}`);

  const reached = (outcome: Outcome) => expectReached(house, { bank, version }, outcome, operations);

  it('each succeeds', async () => {
    const access = await authorised('account-access');
    const funds = await authorised('funds-confirmation');
    const paths = await pathsOf(access);
    for (const [{ path, response }, own] of paths) {
      const answer = response === 'json' ? await read(house, access, own) : await readFile(access, own);
      expect([path, answer.status]).toEqual([path, 200]);
      expect([path, answer.body?.Warnings]).toEqual([path, undefined]);
    }
    expect((await askFunds(house, funds, little)).status).toBe(201);
    for (const [path, consent] of [
      [accessConsents, access],
      [fundsConsents, funds],
    ] as const) {
      expect((await asked(path, consent)).status).toBe(200);
      expect((await deleted(path, consent)).status).toBe(200);
    }
    expect(operations).toHaveLength(33);
    await reached('success');
  });

  it('each refusal of the bank is told as one', async () => {
    const refused = (answer: Answer, what: string) =>
      expect([what, answer.body.code]).toEqual([
        what,
        expect.stringMatching(/^(bank-rejected-request|client-refused|authorisation-needed)$/),
      ]);
    const access = await authorised('account-access');
    const funds = await authorised('funds-confirmation');
    const narrow: Consent = await createNarrow();
    await authorise(house, 'account-access', narrow);
    for (const { path } of reads) {
      if (path === '/accounts') continue;
      const own = path.replace('{AccountId}', 'not-an-account').replace('{StatementId}', 'not-a-statement');
      // Of an account it is the account that is unknown; of all of them it is the permission that is missing.
      refused(await read(house, path.includes('{') ? access : narrow, `/aisp${own}`), path);
    }
    refused(await askFunds(house, funds, { Amount: '1.00', Currency: 'XTS' }), 'funds');
    await house.control('POST', '/psu/withdraw', { bank, consentId: access.externalApiId });
    refused(await read(house, access, '/aisp/accounts'), 'accounts');
    await refuseConsents(refused);
    await reached('refusal');
  });

  async function createNarrow(): Promise<Consent> {
    const { Id, ExternalApiId } = await create(house, accessConsents, {
      BankRegistrationId: registrationId,
      ExternalApiRequest: { Data: { Permissions: ['ReadAccountsBasic'] }, Risk: {} },
    });
    return { id: Id, externalApiId: ExternalApiId };
  }

  async function refuseConsents(refused: (answer: Answer, what: string) => void): Promise<void> {
    // In the future when we look at it, and in the past by the time that the bank does.
    const operation = 'POST /account-access-consents';
    const { id } = await house.control('POST', '/faults', {
      ...{ bank, version, operation, times: 1, fault: { kind: 'delay', ms: 4_000 } },
    });
    const { now } = await house.control('GET', '/clock');
    const ExpirationDateTime = new Date(Date.parse(now) + 3_000).toISOString();
    const Data = { Permissions: ['ReadAccountsBasic'], ExpirationDateTime };
    const late = { BankRegistrationId: registrationId, ExternalApiRequest: { Data, Risk: {} } };
    refused(await house.ask('POST', accessConsents, late), operation);
    await house.control('DELETE', `/faults/${id}`);

    const DebtorAccount = { SchemeName: 'UK.OBIE.SortCodeAccountNumber', Identification: 'no-digits' };
    const unknown = { BankRegistrationId: registrationId, ExternalApiRequest: { Data: { DebtorAccount } } };
    refused(await house.ask('POST', fundsConsents, unknown), 'POST funds consent');

    for (const [path, consent] of [
      [accessConsents, await createAccess(house, registrationId)],
      [fundsConsents, await createFundsConsent(house, registrationId)],
    ] as const) {
      // The bank deletes it, and says that it does not: from then on we know of a consent that it does not have.
      const fault = { kind: 'bad-answer', shape: '403-bare' };
      const ofDeletion = `DELETE ${path.replace(/^\/\w+/, '')}/{ConsentId}`;
      await house.control('POST', '/faults', { bank, version, operation: ofDeletion, times: 1, fault });
      refused(await deleted(path, consent), ofDeletion);
      refused(await asked(path, consent), path);
      // Which is as good as deleted, for a request that is not taken for the first one repeated.
      await house.moveClockMs(60_000);
      expect(await deleted(path, consent)).toMatchObject({ status: 200 });
    }
    await house.control('DELETE', '/faults');
  }

  it('each bad answer of the bank ends typed', async () => {
    const access = await authorised('account-access');
    const funds = await authorised('funds-confirmation');
    const spoilt = async (operation: string, ask: () => Promise<Answer>, shape = 'html-as-json') => {
      const { id } = await house.control('POST', '/faults', {
        ...{ bank, version, operation, times: 1, fault: { kind: 'bad-answer', shape } },
      });
      const answer = await ask();
      await house.control('DELETE', `/faults/${id}`);
      return answer;
    };
    const invalid = { status: 502, body: { code: 'bank-response-invalid' } };
    const down = { status: 502, body: { code: 'bank-unavailable' } };
    for (const [{ path, response }, own] of await pathsOf(access)) {
      // A file may be anything.
      const [shape, expected] =
        response === 'json' ? (['html-as-json', invalid] as const) : (['502-page', down] as const);
      expect(await spoilt(`GET ${path}`, () => read(house, access, own), shape), path).toMatchObject(
        expected,
      );
    }
    const ask = () => askFunds(house, funds, little);
    expect(await spoilt('POST /funds-confirmations', ask)).toMatchObject(invalid);
    for (const [path, consent] of [
      [accessConsents, access],
      [fundsConsents, funds],
    ] as const) {
      const atBank = path.replace(/^\/\w+/, '');
      const answer = await spoilt(`GET ${atBank}/{ConsentId}`, () => asked(path, consent));
      expect(answer, path).toMatchObject(invalid);
      // A journey makes it good: it asks again.
      const gone = await spoilt(`DELETE ${atBank}/{ConsentId}`, () => deleted(path, consent), '502-page');
      expect([path, gone.status]).toEqual([path, 200]);
    }
    const BankRegistrationId = registrationId;
    const made = {
      [accessConsents]: { BankRegistrationId, TemplateRequest: { Type: 'MaximumPermissions' } },
      [fundsConsents]: { BankRegistrationId, ExternalApiRequest: { Data: { DebtorAccount: askedAccount } } },
    };
    for (const [path, body] of Object.entries(made)) {
      const operation = `POST ${path.replace(/^\/\w+/, '')}`;
      expect(await spoilt(operation, () => house.ask('POST', path, body)), path).toMatchObject(invalid);
    }
    await reached('bad-answer');
  });

  async function readFile(
    consent: Consent,
    path: string,
  ): Promise<{ status: number; body?: { Warnings?: unknown } }> {
    const url = new URL(path, house.everything.roles.api.addresses.api);
    const headers = {
      'x-obc-account-access-consent-id': consent.id,
      'x-fapi-customer-ip-address': '203.0.113.7',
    };
    const answer = await fetch(url, { headers });
    const bytes = await answer.arrayBuffer();
    expect(bytes.byteLength).toBe(Number(answer.headers.get('content-length')));
    expect(bytes.byteLength).toBeGreaterThan(100);
    return { status: answer.status };
  }
});
