// Confirmation of funds: which consents are taken, what ends them, and what a bank answers to whom.
import { describe, expect, it } from 'vitest';
import {
  access,
  agreedPayment,
  type Bank,
  everydayAccount,
  fundsAccess,
  instruction,
  newKey,
  openBank,
  start,
  type Version,
} from './resources-bank.ts';

const versions: Version[] = ['v3.1', 'v4.0'];
const inAnHour = new Date(start + 3_600_000).toISOString();
const alice = { psu: 'alice', accountIds: ['22289'] };

describe.each(versions)('confirmation of funds on %s', (version) => {
  const path = `/${version}/cbpii/funds-confirmation-consents`;
  const questions = `/${version}/cbpii/funds-confirmations`;
  const [v4, names] =
    version === 'v4.0'
      ? [true, { awaiting: 'AWAU', authorised: 'AUTH', rejected: 'RJCT', cancelled: 'CANC', expired: 'EXPD' }]
      : [
          false,
          {
            awaiting: 'AwaitingAuthorisation',
            authorised: 'Authorised',
            rejected: 'Rejected',
            cancelled: 'Revoked',
            expired: 'Authorised',
          },
        ];

  function ask(bank: Bank, token: string, amount: string, changes: object = {}) {
    const Data = {
      ConsentId: token.replace('consent:', ''),
      Reference: 'Order 17',
      InstructedAmount: { Amount: amount, Currency: 'GBP' },
      ...changes,
    };
    return bank.ask('POST', questions, { token, body: { Data } });
  }

  async function created(bank: Bank, Data: object = { DebtorAccount: everydayAccount }) {
    return bank.ask('POST', path, { token: 'client', body: { Data } });
  }

  async function availableAt(bank: Bank): Promise<string> {
    const token = await access(bank, version);
    const { body } = await bank.ask('GET', `/${version}/aisp/accounts/22289/balances`, { token });
    const balances: { Type: string; Amount: { Amount: string } }[] = body.Data.Balance;
    const type = v4 ? 'ITAV' : 'InterimAvailable';
    return balances.find(({ Type }) => Type === type)?.Amount.Amount ?? '';
  }

  async function statusOf(bank: Bank, consentId: string): Promise<string> {
    return (await bank.ask('GET', `${path}/${consentId}`, { token: 'client' })).body.Data.Status;
  }

  it('begins with a consent that reads back as it was sent', async () => {
    const bank = openBank();
    const Data = { DebtorAccount: everydayAccount, ExpirationDateTime: '2027-01-01T00:00:00+01:00' };
    const { status, body } = await created(bank, Data);
    expect(status).toBe(201);
    expect(body.Data).toMatchObject({ ...Data, Status: names.awaiting });
    expect(body.Links.Self).toMatch(new RegExp(`/open-banking${path}/${body.Data.ConsentId}$`));
    const read = await bank.ask('GET', `${path}/${body.Data.ConsentId}`, { token: 'client' });
    expect(read.body).toEqual(body);
  });

  it('makes each consent a new one, whatever key it comes under', async () => {
    const bank = openBank();
    const asked = { token: 'client', key: 'same', body: { Data: { DebtorAccount: everydayAccount } } };
    const [first, second] = [await bank.ask('POST', path, asked), await bank.ask('POST', path, asked)];
    expect(second.body.Data.ConsentId).not.toBe(first.body.Data.ConsentId);
  });

  it.each([
    [
      'a scheme of other banks',
      { ...everydayAccount, SchemeName: 'UK.OBIE.Wallet' },
      'U027',
      'Unsupported.Scheme',
    ],
    [
      'half a number',
      { ...everydayAccount, Identification: '1022289' },
      'U021',
      'Unsupported.AccountIdentifier',
    ],
  ])('refuses a consent about %s', async (_, DebtorAccount, code, oldName) => {
    const answer = await created(openBank(), { DebtorAccount });
    expect([answer.status, answer.codes]).toEqual([400, [v4 ? code : `UK.OBIE.${oldName}`]]);
  });

  it('refuses a consent that has ended already, or lacks its account', async () => {
    const late = await created(openBank(), {
      DebtorAccount: everydayAccount,
      ExpirationDateTime: '2026-11-20T14:59:59Z',
    });
    expect([late.status, late.codes]).toEqual([400, [v4 ? 'U003' : 'UK.OBIE.Field.InvalidDate']]);
    const missing = await created(openBank(), {});
    expect([missing.status, missing.codes]).toEqual([400, [v4 ? 'U004' : 'UK.OBIE.Field.Missing']]);
  });

  it('answers by what is available, to the penny', async () => {
    const bank = openBank();
    const available = await availableAt(bank);
    const more = (Math.round(Number(available) * 100 + 1) / 100).toFixed(2);
    const token = await fundsAccess(bank, version);
    const enough = await ask(bank, token, available);
    expect([enough.status, enough.body.Data]).toEqual([
      201,
      {
        FundsConfirmationId: expect.any(String),
        ConsentId: token.replace('consent:', ''),
        CreationDateTime: '2026-11-20T15:00:00.000Z',
        FundsAvailable: true,
        Reference: 'Order 17',
        InstructedAmount: { Amount: available, Currency: 'GBP' },
      },
    ]);
    expect((await ask(bank, token, more)).body.Data.FundsAvailable).toBe(false);
  });

  it('says no once a payment has taken what was there', async () => {
    const bank = openBank();
    const token = await fundsAccess(bank, version);
    const available = await availableAt(bank);
    const before = await ask(bank, token, available);
    const payment = await agreedPayment(bank, version, instruction('0.01'));
    const order = { token: payment.token, key: newKey(), body: payment.order };
    await bank.ask('POST', `/${version}/pisp/domestic-payments`, order);
    const after = await ask(bank, token, available);
    expect([before, after].map(({ body }) => body.Data.FundsAvailable)).toEqual([true, false]);
  });

  it.each([
    [
      'another currency',
      { InstructedAmount: { Amount: '1.00', Currency: 'EUR' } },
      'U023',
      'Unsupported.Currency',
    ],
    [
      'a fraction of a penny',
      { InstructedAmount: { Amount: '1.001', Currency: 'GBP' } },
      'U002',
      'Field.Invalid',
    ],
    ['another consent', { ConsentId: 'fcc-other' }, 'U008', 'Resource.ConsentMismatch'],
    ['no reference', { Reference: undefined }, 'U004', 'Field.Missing'],
  ])('refuses a question with %s', async (_, changes, code, oldName) => {
    const bank = openBank();
    const answer = await ask(bank, await fundsAccess(bank, version), '1.00', changes);
    expect([answer.status, answer.codes]).toEqual([400, [v4 ? code : `UK.OBIE.${oldName}`]]);
  });

  it('answers nobody before the customer agreed, nor after a refusal', async () => {
    const bank = openBank();
    const consentId: string = (await created(bank)).body.Data.ConsentId;
    const early = await ask(bank, `consent:${consentId}`, '1.00');
    const code = v4 ? 'U009' : 'UK.OBIE.Resource.InvalidConsentStatus';
    expect([early.status, early.codes]).toEqual([400, [code]]);
    bank.state.rejectConsent(consentId);
    expect(await statusOf(bank, consentId)).toBe(names.rejected);
    expect((await ask(bank, `consent:${consentId}`, '1.00')).codes).toEqual([code]);
    expect(() => bank.state.authoriseConsent(consentId, alice)).toThrow('RJCT');
  });

  it('can be agreed to again while it is good, and never after it was withdrawn', async () => {
    const bank = openBank();
    const token = await fundsAccess(bank, version);
    const consentId = token.replace('consent:', '');
    bank.state.authoriseConsent(consentId, alice);
    expect((await ask(bank, token, '1.00')).status).toBe(201);
    bank.state.cancelConsent(consentId);
    expect(await statusOf(bank, consentId)).toBe(names.cancelled);
    expect((await ask(bank, token, '1.00')).codes).toEqual([
      v4 ? 'U009' : 'UK.OBIE.Resource.InvalidConsentStatus',
    ]);
    expect(() => bank.state.authoriseConsent(consentId, alice)).toThrow('CANC');
  });

  it('ends with its consent', async () => {
    const bank = openBank();
    const token = await fundsAccess(bank, version, everydayAccount, { ExpirationDateTime: inAnHour });
    bank.advance(3_599_999);
    expect((await ask(bank, token, '1.00')).status).toBe(201);
    bank.advance(1);
    const late = await ask(bank, token, '1.00');
    expect([late.status, late.codes]).toEqual([400, [v4 ? 'TKXP' : 'UK.OBIE.Resource.InvalidConsentStatus']]);
    expect(await statusOf(bank, token.replace('consent:', ''))).toBe(names.expired);
  });

  it('knows nothing of a consent after its deletion', async () => {
    const bank = openBank();
    const token = await fundsAccess(bank, version);
    const one = `${path}/${token.replace('consent:', '')}`;
    expect((await bank.ask('DELETE', one, { token: 'client' })).status).toBe(204);
    const read = await bank.ask('GET', one, { token: 'client' });
    expect([read.status, read.codes]).toEqual([400, [v4 ? 'U011' : 'UK.OBIE.Resource.NotFound']]);
    expect((await ask(bank, token, '1.00')).status).toBe(403);
  });

  it('is for the third party and the token that belong to it', async () => {
    const bank = openBank();
    const token = await fundsAccess(bank, version);
    const one = `${path}/${token.replace('consent:', '')}`;
    const body = { Data: { DebtorAccount: everydayAccount } };
    const statuses = await Promise.all([
      bank.ask('GET', one, { token: 'stranger' }),
      bank.ask('DELETE', one, { token: 'stranger' }),
      bank.ask('POST', path, { token: 'payments-only', body }),
      bank.ask('POST', path, { token, body }),
      ask(bank, 'client', '1.00'),
      ask(bank, await access(bank, version), '1.00'),
      ask(bank, token.replace('consent:', 'stolen:'), '1.00'),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403, 403]);
    const reading = await bank.ask('GET', `/${version}/aisp/accounts`, { token });
    expect(reading.status).toBe(403);
  });

  it('expects no message signature', async () => {
    const bank = openBank();
    const asked = { token: 'client', headers: { 'x-jws-signature': 'a..b' } };
    const answer = await bank.ask('POST', path, {
      ...asked,
      body: { Data: { DebtorAccount: everydayAccount } },
    });
    expect([answer.status, answer.codes]).toEqual([400, [v4 ? 'U020' : 'UK.OBIE.Signature.Unexpected']]);
  });
});

describe('who may agree', () => {
  const path = '/v4.0/cbpii/funds-confirmation-consents';

  it.each([
    ['another account', { psu: 'alice', accountIds: ['31820'] }, 'another account'],
    ['more accounts', { psu: 'alice', accountIds: ['22289', '31820'] }, 'another account'],
    ['no account', { psu: 'alice', accountIds: [] }, 'no account'],
    ['the account of somebody else', { psu: 'bob', accountIds: ['22289'] }, 'not this customer’s'],
  ])('is nobody for %s', async (_, choice, why) => {
    const bank = openBank();
    const body = { Data: { DebtorAccount: everydayAccount } };
    const { ConsentId } = (await bank.ask('POST', path, { token: 'client', body })).body.Data;
    expect(() => bank.state.authoriseConsent(ConsentId, choice)).toThrow(why);
  });
});

describe('a consent made on one version', () => {
  it('may be used on version 4 when it was made on version 3, never the reverse', async () => {
    const bank = openBank();
    const asked = (token: string) => ({
      token,
      body: {
        Data: {
          ConsentId: token.replace('consent:', ''),
          Reference: 'Order 17',
          InstructedAmount: { Amount: '1.00', Currency: 'GBP' },
        },
      },
    });
    const older = asked(await fundsAccess(bank, 'v3.1'));
    expect((await bank.ask('POST', '/v4.0/cbpii/funds-confirmations', older)).status).toBe(201);
    const newer = asked(await fundsAccess(bank, 'v4.0'));
    expect((await bank.ask('POST', '/v3.1/cbpii/funds-confirmations', newer)).status).toBe(403);
  });
});
