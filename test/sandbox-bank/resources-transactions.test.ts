// Transactions: directions, detail, filters and windows, and pages that miss nothing.
import { describe, expect, it } from 'vitest';
import { access, openBank, origin, type Version } from './resources-bank.ts';

const versions: Version[] = ['v3.1', 'v4.0'];

interface Transaction {
  TransactionId: string;
  BookingDateTime: string;
  CreditDebitIndicator: string;
  Status: string;
  [member: string]: unknown;
}

describe.each(versions)('transactions of %s', (version) => {
  const bank = openBank();
  const path = `/${version}/aisp/accounts/22289/transactions`;
  const reading = (permissions: string[], more: object = {}) =>
    access(bank, version, ['22289', '41101'], {
      Permissions: ['ReadAccountsBasic', ...permissions],
      ...more,
    });
  const read = async (token: string, query = '', from = path): Promise<Transaction[]> =>
    (await bank.ask('GET', `${from}${query}`, { token })).body.Data.Transaction;

  it('come in pages of the size the bank chose, each linked to its neighbours', async () => {
    const token = await reading([
      'ReadTransactionsDetail',
      'ReadTransactionsCredits',
      'ReadTransactionsDebits',
    ]);
    const seen: Transaction[] = [];
    const linked: object[] = [];
    let next: string | undefined = `${origin}${path}`;
    while (next !== undefined) {
      const answer = await bank.ask('GET', next.replace(origin, ''), { token });
      seen.push(...answer.body.Data.Transaction);
      linked.push({ prev: 'Prev' in answer.body.Links, next: 'Next' in answer.body.Links });
      expect(answer.body.Meta.TotalPages).toBe(Math.ceil(bank.state.history(everyday()).length / 100));
      next = answer.body.Links.Next;
    }
    expect(seen.length).toBe(bank.state.history(everyday()).length);
    expect(new Set(seen.map(({ TransactionId }) => TransactionId)).size).toBe(seen.length);
    expect(linked.at(0)).toEqual({ prev: false, next: true });
    expect(linked.at(5)).toEqual({ prev: true, next: true });
    expect(linked.at(-1)).toEqual({ prev: true, next: false });
  });

  it('refuse a page that does not exist', async () => {
    const token = await reading(['ReadTransactionsBasic', 'ReadTransactionsCredits']);
    for (const page of ['0', '-1', 'two', '99999']) {
      expect((await bank.ask('GET', `${path}?page=${page}`, { token })).status).toBe(400);
    }
    expect((await bank.ask('GET', `${path}?page=1`, { token })).status).toBe(200);
  });

  it('show one empty page when nothing fits', async () => {
    const token = await reading(['ReadTransactionsBasic', 'ReadTransactionsCredits']);
    const { body } = await bank.ask('GET', `${path}?fromBookingDateTime=2030-01-01`, { token });
    expect(body.Data.Transaction).toEqual([]);
    expect(body.Meta).toEqual({ TotalPages: 1 });
  });

  it('show only the directions the consent has', async () => {
    const indicators = async (...permissions: string[]) => {
      const token = await reading(['ReadTransactionsBasic', ...permissions]);
      return new Set((await read(token)).map(({ CreditDebitIndicator }) => CreditDebitIndicator));
    };
    expect(await indicators('ReadTransactionsCredits')).toEqual(new Set(['Credit']));
    expect(await indicators('ReadTransactionsDebits')).toEqual(new Set(['Debit']));
    expect(await indicators('ReadTransactionsCredits', 'ReadTransactionsDebits')).toEqual(
      new Set(['Credit', 'Debit']),
    );
  });

  it('are closed without a transactions permission', async () => {
    const token = await access(bank, version, ['22289'], {
      Permissions: ['ReadAccountsDetail', 'ReadBalances'],
    });
    expect((await bank.ask('GET', path, { token })).status).toBe(403);
    expect((await bank.ask('GET', `/${version}/aisp/transactions`, { token })).status).toBe(403);
  });

  it('name merchants, parties and balances with Detail only', async () => {
    const directions = ['ReadTransactionsCredits', 'ReadTransactionsDebits'];
    const basic = JSON.stringify(await read(await reading(['ReadTransactionsBasic', ...directions])));
    const detail = JSON.stringify(await read(await reading(['ReadTransactionsDetail', ...directions])));
    for (const member of [
      'TransactionInformation',
      'Balance',
      'MerchantDetails',
      'CreditorAccount',
      'DebtorAccount',
    ]) {
      expect(basic).not.toContain(`"${member}"`);
      expect(detail).toContain(`"${member}"`);
    }
  });

  it('mask card numbers without ReadPAN', async () => {
    const card = `/${version}/aisp/accounts/41101/transactions`;
    const numbers = async (...permissions: string[]) => {
      const token = await reading(['ReadTransactionsBasic', 'ReadTransactionsDebits', ...permissions]);
      return (await read(token, '', card)).map(({ CardInstrument }) => CardInstrument);
    };
    for (const instrument of await numbers())
      expect(JSON.stringify(instrument)).toMatch(/"\*{4} \*{4} \*{4} \d{4}"/);
    for (const instrument of await numbers('ReadPAN')) expect(JSON.stringify(instrument)).toMatch(/"\d{16}"/);
  });

  it('keep within the dates of the query, whose time zone is not looked at', async () => {
    const token = await reading(['ReadTransactionsBasic', 'ReadTransactionsDebits']);
    const days = async (query: string) =>
      new Set((await read(token, query)).map(({ BookingDateTime }) => BookingDateTime.slice(0, 10)));
    const plain = await days('?fromBookingDateTime=2026-11-02&toBookingDateTime=2026-11-04');
    expect(plain).toEqual(new Set(['2026-11-02', '2026-11-03']));
    const timed = await days(
      '?fromBookingDateTime=2026-11-02T00:00:00&toBookingDateTime=2026-11-03T23:59:59',
    );
    expect(timed).toEqual(plain);
    const zoned = await days(
      `?fromBookingDateTime=${encodeURIComponent('2026-11-02T00:00:00+05:00')}&toBookingDateTime=2026-11-03T23:59:59Z`,
    );
    expect(zoned).toEqual(plain);
  });

  it('refuse dates that are none', async () => {
    const token = await reading(['ReadTransactionsBasic', 'ReadTransactionsDebits']);
    for (const date of ['yesterday', '2026-13-01', '2026-11-02T99:00:00', '']) {
      const answer = await bank.ask('GET', `${path}?fromBookingDateTime=${date}`, { token });
      expect(answer.codes).toEqual([version === 'v4.0' ? 'U003' : 'UK.OBIE.Field.InvalidDate']);
    }
  });

  it('keep filters in their links', async () => {
    const token = await reading(['ReadTransactionsBasic', 'ReadTransactionsDebits']);
    const { body } = await bank.ask('GET', `${path}?fromBookingDateTime=2026-01-01`, { token });
    expect(body.Links.Next).toBe(`${origin}${path}?fromBookingDateTime=2026-01-01&page=2`);
    const second = await bank.ask('GET', body.Links.Next.replace(origin, ''), { token });
    expect(second.body.Links.Prev).toBe(`${origin}${path}?fromBookingDateTime=2026-01-01&page=1`);
  });

  it('keep within the window of the consent, whatever the query asks for', async () => {
    const token = await reading(['ReadTransactionsBasic', 'ReadTransactionsDebits'], {
      TransactionFromDateTime: '2026-11-02T00:00:00Z',
      TransactionToDateTime: '2026-11-04T00:00:00Z',
    });
    const days = (transactions: Transaction[]) =>
      new Set(transactions.map((one) => one.BookingDateTime.slice(0, 10)));
    expect(days(await read(token))).toEqual(new Set(['2026-11-02', '2026-11-03']));
    expect(days(await read(token, '?fromBookingDateTime=2026-11-03'))).toEqual(new Set(['2026-11-03']));
    expect(days(await read(token, '?toBookingDateTime=2026-11-03'))).toEqual(new Set(['2026-11-02']));
    expect(days(await read(token, '?fromBookingDateTime=2020-01-01'))).toEqual(
      new Set(['2026-11-02', '2026-11-03']),
    );
  });

  it('of all accounts come in one list, the newest first, pending and booked', async () => {
    const token = await reading([
      'ReadTransactionsBasic',
      'ReadTransactionsDebits',
      'ReadTransactionsCredits',
    ]);
    const all = await read(token, '?fromBookingDateTime=2026-10-01', `/${version}/aisp/transactions`);
    expect(new Set(all.map(({ AccountId }) => AccountId))).toEqual(new Set(['22289', '41101']));
    const times = all.map(({ BookingDateTime }) => BookingDateTime);
    expect(times).toEqual([...times].sort().reverse());
    const statuses = version === 'v4.0' ? ['BOOK', 'PDNG'] : ['Booked', 'Pending'];
    expect([...new Set(all.map(({ Status }) => Status))].sort()).toEqual(statuses);
  });

  function everyday() {
    const account = bank.state.account('22289');
    if (!account) throw new Error('no everyday account');
    return account;
  }
});
