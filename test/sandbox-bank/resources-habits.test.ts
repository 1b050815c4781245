// What resource servers take and how they write links, bank by bank: each habit, and a bank without it beside.
import { describe, expect, it } from 'vitest';
import {
  access,
  agreedPayment,
  allPermissions,
  consentRequest,
  instruction,
  newKey,
  openBank,
  origin,
} from './resources-bank.ts';

const accesses = (version: string) => `/${version}/aisp/account-access-consents`;
const payments = (version: string) => `/${version}/pisp/domestic-payment-consents`;
const accessBody = (more: object = {}) => ({ Data: { Permissions: allPermissions, ...more }, Risk: {} });

describe('the contract indicator', () => {
  const published = 'ContractPresentInidicator';
  const corrected = 'ContractPresentIndicator';
  const asked = async (choice: 'as-published' | 'corrected', version: 'v3.1' | 'v4.0', member: string) => {
    const bank = openBank({ choices: { contractPresentIndicator: choice } });
    const body = { ...consentRequest(), Risk: { [member]: true } };
    // The published documents have one spelling of an answer, and this is about the other.
    const unpublished = choice === 'corrected' ? { unpublished: true as const } : {};
    const answer = { token: 'client', key: newKey(), body, ...unpublished };
    return bank.ask('POST', payments(version), answer);
  };

  it.each([
    ['as-published', 'v3.1', published, corrected],
    ['corrected', 'v3.1', corrected, published],
    ['as-published', 'v4.0', corrected, published],
    ['corrected', 'v4.0', corrected, published],
  ] as const)('is spelt one way (%s on %s)', async (choice, version, good, bad) => {
    const taken = await asked(choice, version, good);
    expect(taken).toMatchObject({ status: 201, body: { Risk: { [good]: true } } });
    const refused = await asked(choice, version, bad);
    expect(refused.status).toBe(400);
    expect(refused.codes).toContain(version === 'v4.0' ? 'U005' : 'UK.OBIE.Field.Unexpected');
  });
});

describe('links', () => {
  const bases = { own: `${origin}/v4.0/aisp`, written: 'https://group.example/v4.0/aisp' };

  it('lead to the resource, absolutely', async () => {
    const bank = openBank();
    const { body } = await bank.ask('POST', accesses('v4.0'), { token: 'client', body: accessBody() });
    expect(body.Links.Self).toBe(`${origin}${accesses('v4.0')}/${body.Data.ConsentId}`);
  });

  it('have a slash at the end, before the query', async () => {
    const bank = openBank({ choices: { links: [{ trailingSlash: true }] } });
    bank.knobs.pageSize = 2;
    const token = await access(bank, 'v4.0');
    const { body } = await bank.ask('GET', '/v4.0/aisp/accounts/22289/transactions?page=2', { token });
    const path = `${origin}/v4.0/aisp/accounts/22289/transactions/`;
    expect(body.Links).toMatchObject({ Self: `${path}?page=2`, Next: `${path}?page=3` });
  });

  it('begin otherwise, on one version', async () => {
    const bank = openBank({ choices: { links: [{ versions: ['v4.0'], base: bases }] } });
    const self = async (version: 'v3.1' | 'v4.0') =>
      (await bank.ask('GET', `/${version}/aisp/accounts`, { token: await access(bank, version) })).body.Links;
    expect(await self('v4.0')).toEqual({ Self: 'https://group.example/v4.0/aisp/accounts' });
    expect(await self('v3.1')).toEqual({ Self: `${origin}/v3.1/aisp/accounts` });
  });

  it('are wrong altogether, of one resource', async () => {
    const bank = openBank({ choices: { links: [{ paths: ['balances'], wrong: true }] } });
    const token = await access(bank, 'v4.0');
    const self = async (path: string) => (await bank.ask('GET', path, { token })).body.Links.Self;
    expect(await self('/v4.0/aisp/balances?x=1')).toBe('https://internal.invalid/gateway/resource?x=1');
    expect(await self('/v4.0/aisp/accounts')).toBe(`${origin}/v4.0/aisp/accounts`);
  });

  it('leave out what a POST has made, and know it at the next GET', async () => {
    const bank = openBank({ choices: { links: [{ withoutNewId: true }] } });
    const made = await bank.ask('POST', accesses('v4.0'), { token: 'client', body: accessBody() });
    expect(made.body.Links.Self).toBe(`${origin}${accesses('v4.0')}`);
    const path = `${accesses('v4.0')}/${made.body.Data.ConsentId}`;
    expect((await bank.ask('GET', path, { token: 'client' })).body.Links.Self).toBe(`${origin}${path}`);
    const { order, token } = await agreedPayment(bank, 'v4.0');
    const paid = await bank.ask('POST', '/v4.0/pisp/domestic-payments', {
      token,
      key: newKey(),
      body: order,
    });
    expect(paid.body.Links.Self).toBe(`${origin}/v4.0/pisp/domestic-payments`);
  });
});

describe('x-fapi-financial-id', () => {
  const asked = async (id: string | undefined, financialId: 'checked' | 'ignored') => {
    const bank = openBank({ choices: { financialId } });
    const headers = { 'x-fapi-financial-id': id };
    return (await bank.ask('POST', accesses('v3.1'), { token: 'client', body: accessBody(), headers }))
      .status;
  };

  it('may be left out, and must be the bank’s when it is there', async () => {
    expect(await asked(undefined, 'checked')).toBe(201);
    expect(await asked('bank-organisation', 'checked')).toBe(201);
    expect(await asked('another-organisation', 'checked')).toBe(403);
    expect(await asked('another-organisation', 'ignored')).toBe(201);
  });
});

describe('a consent', () => {
  it('for a permission that the bank does not grant is refused', async () => {
    const bank = openBank({ choices: { refusedPermissions: ['ReadPAN'] } });
    const ask = (permissions: string[]) =>
      bank.ask('POST', accesses('v4.0'), { token: 'client', body: accessBody({ Permissions: permissions }) });
    expect((await ask([...allPermissions, 'ReadPAN'])).codes).toEqual(['U002']);
    expect((await ask([...allPermissions, 'ReadProducts'])).status).toBe(201);
  });

  it('that asks for the account to refund to is refused where there is none', async () => {
    const body = consentRequest(instruction(), { ReadRefundAccount: 'Yes' });
    const status = async (refundAccounts: boolean) => {
      const bank = openBank({ choices: { refundAccounts } });
      return (await bank.ask('POST', payments('v3.1'), { token: 'client', key: newKey(), body })).status;
    };
    expect([await status(true), await status(false)]).toEqual([201, 400]);
  });

  it('says beforehand what will become of it, where the bank wants to know', async () => {
    const words = { DesiredStatus: 'Authorised', UserID: 'user-1' };
    const bank = openBank({ choices: { supplement: { accounts: words, payments: words } } });
    const ask = async (path: string, body: object) =>
      // Version 3 has no such member for accounts, but does not forbid it.
      (await bank.ask('POST', path, { token: 'client', key: newKey(), body })).status;
    const given = { SupplementaryData: words };
    expect(await ask(accesses('v3.1'), accessBody(given))).toBe(201);
    expect(await ask(accesses('v3.1'), accessBody())).toBe(400);
    expect(await ask(payments('v3.1'), consentRequest(instruction('10.00', given)))).toBe(201);
    const less = { SupplementaryData: { DesiredStatus: 'Authorised' } };
    expect(await ask(payments('v3.1'), consentRequest(instruction('10.00', less)))).toBe(400);
  });
});
