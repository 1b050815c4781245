// Accounts and balances: what each permission shows, and which accounts a consent reaches.
import { describe, expect, it } from 'vitest';
import { access, openBank, origin, type Version } from './resources-bank.ts';

const versions: Version[] = ['v3.1', 'v4.0'];
const everyone = ['22289', '31820', '41101', '51977', '60412'];

describe.each(versions)('accounts of %s', (version) => {
  const bank = openBank();
  const path = `/${version}/aisp/accounts`;
  const sharing = (Permissions: string[], accountIds = everyone) =>
    access(bank, version, accountIds, { Permissions });

  it('show the accounts that were chosen, and no others', async () => {
    const { body } = await bank.ask('GET', path, {
      token: await sharing(['ReadAccountsBasic'], ['31820', '51977']),
    });
    expect(body.Data.Account).toHaveLength(2);
    expect(body.Data.Account[1]).toMatchObject({ AccountId: '51977', Currency: 'EUR', Nickname: 'Euros' });
    expect(body.Links.Self).toBe(`${origin}${path}`);
  });

  it('show no numbers with Basic and all but the card number with Detail', async () => {
    const basic = await bank.ask('GET', path, { token: await sharing(['ReadAccountsBasic']) });
    expect(JSON.stringify(basic.body)).not.toMatch(/Identification|Servicer|StatementFrequency/);
    const detail = await bank.ask('GET', path, { token: await sharing(['ReadAccountsDetail']) });
    const numbers = detail.body.Data.Account.map(({ Account }: { Account: object[] }) => Account[0]);
    expect(numbers[0]).toMatchObject({ Identification: '99000110222890', Name: 'MS A HART' });
    expect(numbers[2]).toMatchObject({ SchemeName: 'UK.OBIE.PAN' });
    expect(numbers[2].Identification).toMatch(/^\*{4} \*{4} \*{4} \d{4}$/);
    expect(detail.body.Data.Account[0].Servicer).toMatchObject({ SchemeName: 'UK.OBIE.BICFI' });
    expect('StatementFrequencyAndFormat' in detail.body.Data.Account[0]).toBe(version === 'v4.0');
  });

  it('show the whole card number with ReadPAN', async () => {
    const { body } = await bank.ask('GET', `${path}/41101`, {
      token: await sharing(['ReadAccountsDetail', 'ReadPAN']),
    });
    expect(body.Data.Account[0].Account[0].Identification).toMatch(/^\d{16}$/);
  });

  it('name the kind of account as the version does', async () => {
    const { body } = await bank.ask('GET', `${path}/31820`, { token: await sharing(['ReadAccountsBasic']) });
    expect(body.Data.Account[0]).toMatchObject(
      version === 'v4.0'
        ? { AccountCategory: 'Personal', AccountTypeCode: 'SVGS' }
        : { AccountType: 'Personal', AccountSubType: 'Savings' },
    );
  });

  it('refuse an account outside the consent with 403 and an unknown one with 400', async () => {
    const token = await sharing(['ReadAccountsBasic', 'ReadBalances'], ['22289']);
    expect((await bank.ask('GET', `${path}/31820`, { token })).status).toBe(403);
    expect((await bank.ask('GET', `${path}/31820/balances`, { token })).status).toBe(403);
    expect((await bank.ask('GET', `${path}/none`, { token })).status).toBe(400);
    expect((await bank.ask('GET', `${path}/22289`, { token })).status).toBe(200);
  });

  it('give balances with ReadBalances only', async () => {
    const without = await sharing(['ReadAccountsDetail']);
    expect((await bank.ask('GET', `${path}/22289/balances`, { token: without })).status).toBe(403);
    expect((await bank.ask('GET', `/${version}/aisp/balances`, { token: without })).status).toBe(403);
    const token = await sharing(['ReadAccountsBasic', 'ReadBalances']);
    const one = await bank.ask('GET', `${path}/22289/balances`, { token });
    const all = await bank.ask('GET', `/${version}/aisp/balances`, { token });
    expect(one.body.Data.Balance).toHaveLength(2);
    expect(all.body.Data.Balance).toHaveLength(10);
    expect(all.body.Data.Balance.slice(0, 2)).toEqual(one.body.Data.Balance);
    const types = one.body.Data.Balance.map(({ Type }: { Type: string }) => Type);
    expect(types).toEqual(version === 'v4.0' ? ['ITBD', 'ITAV'] : ['InterimBooked', 'InterimAvailable']);
  });

  it('show the credit line inside what is available', async () => {
    const token = await sharing(['ReadAccountsBasic', 'ReadBalances']);
    const { body } = await bank.ask('GET', `${path}/41101/balances`, { token });
    const [booked, available] = body.Data.Balance;
    const signed = ({ Amount, CreditDebitIndicator }: typeof booked) =>
      Number(Amount.Amount) * (CreditDebitIndicator === 'Debit' ? -1 : 1);
    expect(available.CreditLine[0]).toMatchObject({
      Included: true,
      Type: 'Credit',
      Amount: { Amount: '4000.00' },
    });
    expect(signed(available)).toBeLessThanOrEqual(signed(booked) + 4000);
    expect('CreditLine' in booked).toBe(false);
  });
});
