// Account-access consents: which are taken, how they read back, and what ends them.
import { describe, expect, it } from 'vitest';
import { access, allPermissions, openBank, start, type Version } from './resources-bank.ts';

const versions: Version[] = ['v3.1', 'v4.0'];
const inAnHour = new Date(start + 3_600_000).toISOString();

describe.each(versions)('account-access consents of %s', (version) => {
  const path = `/${version}/aisp/account-access-consents`;
  const accounts = `/${version}/aisp/accounts`;
  const names =
    version === 'v4.0'
      ? { awaiting: 'AWAU', authorised: 'AUTH', rejected: 'RJCT', cancelled: 'CANC', expired: 'EXPD' }
      : {
          awaiting: 'AwaitingAuthorisation',
          authorised: 'Authorised',
          rejected: 'Rejected',
          cancelled: 'Authorised',
          expired: 'Authorised',
        };

  it('are created awaiting authorisation, with dates as they were sent', async () => {
    const bank = openBank();
    const Data = {
      Permissions: allPermissions,
      ExpirationDateTime: '2027-01-01T00:00:00+01:00',
      TransactionFromDateTime: '2026-01-01T00:00:00+00:00',
      TransactionToDateTime: '2026-12-01T00:00:00.5Z',
    };
    const { status, body } = await bank.ask('POST', path, { token: 'client', body: { Data, Risk: {} } });
    expect(status).toBe(201);
    expect(body.Data).toMatchObject({
      ...Data,
      Status: names.awaiting,
      CreationDateTime: '2026-11-20T15:00:00.000Z',
    });
    expect(body.Links.Self).toMatch(new RegExp(`/open-banking${path}/${body.Data.ConsentId}$`));
    const read = await bank.ask('GET', `${path}/${body.Data.ConsentId}`, { token: 'client' });
    expect(read.body).toEqual(body);
  });

  it('are each a new one, whatever idempotency key they come under', async () => {
    const bank = openBank();
    const asked = { token: 'client', key: 'same', body: { Data: { Permissions: allPermissions }, Risk: {} } };
    const first = await bank.ask('POST', path, asked);
    const second = await bank.ask('POST', path, asked);
    expect(second.body.Data.ConsentId).not.toBe(first.body.Data.ConsentId);
    expect(bank.state.counters().consentsCreated).toBe(2);
  });

  it.each([
    ['neither kind of accounts', ['ReadBalances'], 'U002', 'UK.OBIE.Field.Invalid'],
    [
      'transactions without a direction',
      ['ReadAccountsBasic', 'ReadTransactionsBasic'],
      'U002',
      'UK.OBIE.Field.Invalid',
    ],
    [
      'a direction without transactions',
      ['ReadAccountsBasic', 'ReadTransactionsDebits'],
      'U002',
      'UK.OBIE.Field.Invalid',
    ],
    ['an unknown permission', ['ReadAccountsBasic', 'ReadMinds'], 'U002', 'UK.OBIE.Field.Invalid'],
    ['no permission', [], 'U002', 'UK.OBIE.Field.Invalid'],
  ])('are refused with %s', async (_, Permissions, code, oldName) => {
    const answer = await openBank().ask('POST', path, {
      token: 'client',
      body: { Data: { Permissions }, Risk: {} },
    });
    expect(answer.status).toBe(400);
    expect(answer.codes).toContain(version === 'v4.0' ? code : oldName);
    expect(answer.body.Errors[0].Path).toMatch(/^Data\.Permissions/);
  });

  it('take Basic and Detail together', async () => {
    const Permissions = ['ReadAccountsBasic', ...allPermissions, 'ReadTransactionsBasic'];
    const answer = await openBank().ask('POST', path, {
      token: 'client',
      body: { Data: { Permissions }, Risk: {} },
    });
    expect(answer.status).toBe(201);
  });

  it.each([
    ['ExpirationDateTime', { ExpirationDateTime: '2026-11-20T14:59:59Z' }],
    ['ExpirationDateTime', { ExpirationDateTime: 'tomorrow' }],
    ['ExpirationDateTime', { ExpirationDateTime: '2027-13-01T00:00:00Z' }],
    [
      'TransactionToDateTime',
      { TransactionFromDateTime: inAnHour, TransactionToDateTime: '2026-01-01T00:00:00Z' },
    ],
  ])('are refused with a wrong %s', async (member, dates) => {
    const body = { Data: { Permissions: allPermissions, ...dates }, Risk: {} };
    const answer = await openBank().ask('POST', path, { token: 'client', body });
    expect(answer.codes).toEqual([version === 'v4.0' ? 'U003' : 'UK.OBIE.Field.InvalidDate']);
    expect(answer.body.Errors[0].Path).toBe(`Data.${member}`);
  });

  it('name what is missing and what is too much', async () => {
    const bank = openBank();
    const missing = await bank.ask('POST', path, { token: 'client', body: { Data: {} } });
    expect(missing.body.Errors.map(({ Path }: { Path: string }) => Path)).toEqual([
      'Risk',
      'Data.Permissions',
    ]);
    expect(new Set(missing.codes)).toEqual(new Set([version === 'v4.0' ? 'U004' : 'UK.OBIE.Field.Missing']));
    const body = { Data: { Permissions: allPermissions }, Risk: { Secret: 1 } };
    const excess = await bank.ask('POST', path, { token: 'client', body });
    expect(excess.codes).toEqual([version === 'v4.0' ? 'U005' : 'UK.OBIE.Field.Unexpected']);
    const notObject = await bank.ask('POST', path, { token: 'client', body: [] });
    expect(notObject.status).toBe(400);
  });

  it('are gone after their deletion, and their token opens nothing', async () => {
    const bank = openBank();
    const token = await access(bank, version);
    const consentId = token.replace('consent:', '');
    expect((await bank.ask('GET', accounts, { token })).status).toBe(200);
    expect((await bank.ask('DELETE', `${path}/${consentId}`, { token: 'client' })).status).toBe(204);
    const read = await bank.ask('GET', `${path}/${consentId}`, { token: 'client' });
    expect([read.status, read.codes]).toEqual([
      400,
      [version === 'v4.0' ? 'U011' : 'UK.OBIE.Resource.NotFound'],
    ]);
    expect((await bank.ask('DELETE', `${path}/${consentId}`, { token: 'client' })).status).toBe(400);
    expect((await bank.ask('GET', accounts, { token })).status).toBe(403);
  });

  it('belong to the third party that made them', async () => {
    const bank = openBank();
    const consentId = (await access(bank, version)).replace('consent:', '');
    expect((await bank.ask('GET', `${path}/${consentId}`, { token: 'stranger' })).status).toBe(403);
    expect((await bank.ask('DELETE', `${path}/${consentId}`, { token: 'stranger' })).status).toBe(403);
    expect((await bank.ask('GET', `${path}/${consentId}`, { token: 'client' })).status).toBe(200);
  });

  it('open nothing before the customer agreed, nor after a refusal', async () => {
    const bank = openBank();
    const body = { Data: { Permissions: allPermissions }, Risk: {} };
    const consentId: string = (await bank.ask('POST', path, { token: 'client', body })).body.Data.ConsentId;
    const status = async () =>
      (await bank.ask('GET', `${path}/${consentId}`, { token: 'client' })).body.Data.Status;
    const early = await bank.ask('GET', accounts, { token: `consent:${consentId}` });
    expect(early.status).toBe(403);
    bank.state.rejectConsent(consentId);
    expect(await status()).toBe(names.rejected);
    expect((await bank.ask('GET', accounts, { token: `consent:${consentId}` })).status).toBe(403);
    expect(() => bank.state.authoriseConsent(consentId, { psu: 'alice', accountIds: ['22289'] })).toThrow(
      'RJCT',
    );
  });

  it('can be withdrawn at the bank and given again', async () => {
    const bank = openBank();
    const token = await access(bank, version);
    const consentId = token.replace('consent:', '');
    const status = async () =>
      (await bank.ask('GET', `${path}/${consentId}`, { token: 'client' })).body.Data.Status;
    bank.state.cancelConsent(consentId);
    expect(await status()).toBe(names.cancelled);
    expect((await bank.ask('GET', accounts, { token })).status).toBe(403);
    bank.state.authoriseConsent(consentId, { psu: 'alice', accountIds: ['31820'] });
    expect(await status()).toBe(names.authorised);
    const shared = await bank.ask('GET', accounts, { token });
    expect(shared.body.Data.Account.map(({ AccountId }: { AccountId: string }) => AccountId)).toEqual([
      '31820',
    ]);
  });

  it('end at their expiry', async () => {
    const bank = openBank();
    const token = await access(bank, version, ['22289'], { ExpirationDateTime: inAnHour });
    bank.advance(3_599_999);
    expect((await bank.ask('GET', accounts, { token })).status).toBe(200);
    bank.advance(1);
    const late = await bank.ask('GET', accounts, { token });
    expect(late.status).toBe(403);
    expect(late.codes).toEqual([version === 'v4.0' ? 'TKXP' : 'UK.OBIE.Resource.InvalidConsentStatus']);
    const read = await bank.ask('GET', `${path}/${token.replace('consent:', '')}`, { token: 'client' });
    expect(read.body.Data).toMatchObject({ Status: names.expired, StatusUpdateDateTime: inAnHour });
  });
});

describe('an access made on one version', () => {
  it('made on version 3 may be used on version 4', async () => {
    const bank = openBank();
    const token = await access(bank, 'v3.1');
    expect((await bank.ask('GET', '/v4.0/aisp/accounts', { token })).status).toBe(200);
    const consentId = token.replace('consent:', '');
    const read = await bank.ask('GET', `/v4.0/aisp/account-access-consents/${consentId}`, {
      token: 'client',
    });
    expect(read.body.Data.Status).toBe('AUTH');
  });

  it('made on version 4 is not known on version 3', async () => {
    const bank = openBank();
    const token = await access(bank, 'v4.0');
    expect((await bank.ask('GET', '/v3.1/aisp/accounts', { token })).status).toBe(403);
    const consentId = token.replace('consent:', '');
    const read = await bank.ask('GET', `/v3.1/aisp/account-access-consents/${consentId}`, {
      token: 'client',
    });
    expect(read.status).toBe(400);
  });
});
