// Statements: one a month, inside the consent's window and the query's; what each holds, and its file of any size.
import { describe, expect, it } from 'vitest';
import { bankAccounts } from '../../sandbox-bank/data/accounts.ts';
import { access, openBank, origin, start, type Version } from './resources-bank.ts';

const versions: Version[] = ['v3.1', 'v4.0'];
const alices = ['22289', '31820', '41101', '51977', '60412'];
const transactions = ['ReadTransactionsDetail', 'ReadTransactionsCredits', 'ReadTransactionsDebits'];
const october = '22289-ST-2026-10';

interface Statement {
  StatementId: string;
  StartDateTime: string;
  EndDateTime: string;
  StatementAmount?: { Type: string; CreditDebitIndicator: string; Amount: { Amount: string } }[];
}

describe.each(versions)('%s', (version) => {
  const bank = openBank();
  const at = (path: string) => `/${version}/aisp/${path}`;
  const sharing = (permissions: string[], accountIds = alices, more: object = {}) =>
    access(bank, version, accountIds, { Permissions: ['ReadAccountsBasic', ...permissions], ...more });
  const list = async (token: string, path = 'accounts/22289/statements'): Promise<Statement[]> =>
    (await bank.ask('GET', at(path), { token })).body.Data.Statement;
  const months = (statements: Statement[]) => statements.map(({ StatementId }) => StatementId.slice(-7));

  it('are one for each month that is over, the newest first', async () => {
    const own = openBank();
    const token = await access(own, version, ['22289'], {
      Permissions: ['ReadAccountsBasic', 'ReadStatementsBasic'],
    });
    const read = async () =>
      months((await own.ask('GET', at('statements'), { token })).body.Data.Statement).slice(0, 2);
    expect(await read()).toEqual(['2026-10', '2026-09']);
    own.advance(Date.parse('2026-12-01T04:59:59Z') - start);
    expect(await read()).toEqual(['2026-10', '2026-09']);
    own.advance(1000);
    expect(await read()).toEqual(['2026-11', '2026-10']);
  });

  it('come for one account, for all, and one by one', async () => {
    const token = await sharing(['ReadStatementsDetail']);
    bank.knobs.pageSize = 1000;
    const own = await list(token);
    const all = await list(token, 'statements');
    bank.knobs.pageSize = 100;
    expect(all.slice(0, own.length)).toEqual(own);
    expect(new Set(all.map(({ StatementId }) => StatementId.slice(0, 5)))).toEqual(new Set(alices));
    const { body } = await bank.ask('GET', at(`accounts/22289/statements/${october}`), { token });
    expect(body.Data.Statement).toEqual([own[0]]);
    expect(body.Links.Self).toBe(`${origin}${at(`accounts/22289/statements/${october}`)}`);
  });

  it('come in pages that miss nothing', async () => {
    const token = await sharing(['ReadStatementsBasic']);
    const whole = await list(token);
    bank.knobs.pageSize = 7;
    const seen: Statement[] = [];
    let next: string | undefined = at('accounts/22289/statements');
    while (next !== undefined) {
      const { body } = await bank.ask('GET', next, { token });
      seen.push(...body.Data.Statement);
      next = body.Links.Next?.replace(origin, '');
    }
    bank.knobs.pageSize = 100;
    expect(seen).toEqual(whole);
  });

  it('are narrowed by the query and by the window of the consent, which they must lie in altogether', async () => {
    const token = await sharing(['ReadStatementsBasic']);
    const span = 'fromStatementDateTime=2026-07-01&toStatementDateTime=2026-09-30T23:59:59';
    expect(months(await list(token, `accounts/22289/statements?${span}`))).toEqual([
      '2026-09',
      '2026-08',
      '2026-07',
    ]);
    const bad = await bank.ask('GET', at('statements?fromStatementDateTime=July'), { token });
    expect(bad.status).toBe(400);
    const windowed = await sharing(['ReadStatementsBasic'], alices, {
      TransactionFromDateTime: '2026-07-02T00:00:00Z',
      TransactionToDateTime: '2026-09-30T23:59:59Z',
    });
    expect(months(await list(windowed))).toEqual(['2026-09', '2026-08']);
    const outside = await bank.ask('GET', at(`accounts/22289/statements/${october}`), { token: windowed });
    expect(outside.status).toBe(400);
  });

  it('show amounts with Detail only, each closing where the next opens and where the transactions end', async () => {
    const basic = await list(await sharing(['ReadStatementsBasic']));
    expect(basic[0]?.StatementAmount).toBeUndefined();
    const detailed = await list(await sharing(['ReadStatementsDetail']));
    const signed = ({ StatementAmount }: Statement, type: string) => {
      const one = StatementAmount?.find(({ Type }) => Type === `UK.OBIE.${type}`);
      return (one?.CreditDebitIndicator === 'Debit' ? -1 : 1) * Number(one?.Amount.Amount);
    };
    for (const [index, statement] of detailed.slice(0, -1).entries()) {
      const earlier = detailed[index + 1];
      expect(signed(statement, 'PreviousClosingBalance')).toBe(earlier && signed(earlier, 'ClosingBalance'));
    }
  });

  it('hold the transactions of their month', async () => {
    const token = await sharing(['ReadStatementsBasic', ...transactions]);
    const path = `accounts/22289/statements/${october}/transactions`;
    const { body } = await bank.ask('GET', at(path), { token });
    const month = await bank.ask(
      'GET',
      at('accounts/22289/transactions?fromBookingDateTime=2026-10-01&toBookingDateTime=2026-10-31T23:59:59'),
      { token },
    );
    expect(body.Data.Transaction.length).toBeGreaterThan(20);
    expect(body.Data.Transaction).toEqual(month.body.Data.Transaction);
    const creditsOnly = await sharing([
      'ReadStatementsBasic',
      'ReadTransactionsBasic',
      'ReadTransactionsCredits',
    ]);
    const credits = (await bank.ask('GET', at(path), { token: creditsOnly })).body.Data.Transaction;
    expect(credits).toHaveLength(1);
  });

  it('stay closed without the permission, outside the consent, and where there is none', async () => {
    const status = async (path: string, token: string) => (await bank.ask('GET', at(path), { token })).status;
    const one = `accounts/22289/statements/${october}`;
    const none = await sharing(['ReadBalances']);
    for (const path of ['statements', 'accounts/22289/statements', one, `${one}/file`, `${one}/transactions`])
      expect(await status(path, none)).toBe(403);
    const basic = await sharing(['ReadStatementsBasic'], ['22289']);
    expect(await status(`${one}/file`, basic)).toBe(403);
    expect(await status(`${one}/transactions`, basic)).toBe(403);
    expect(await status(`${one}/transactions`, await sharing(transactions))).toBe(403);
    expect(await status('accounts/31820/statements', basic)).toBe(403);
    expect(await status('accounts/none/statements', basic)).toBe(400);
    const unknown = await bank.ask('GET', at('accounts/22289/statements/22289-ST-1999-01'), { token: basic });
    expect(unknown.codes).toEqual([version === 'v4.0' ? 'U011' : 'UK.OBIE.Resource.NotFound']);
  });

  it('have a file, of any size, made while it is sent', async () => {
    const token = await sharing(['ReadStatementsDetail']);
    const file = async () => {
      const { raw } = await bank.ask('GET', at(`accounts/22289/statements/${october}/file`), { token });
      expect(raw.headers.get('content-type')).toBe('application/pdf');
      const bytes = Buffer.from(await raw.arrayBuffer());
      expect(raw.headers.get('content-length')).toBe(String(bytes.length));
      return bytes;
    };
    const small = await file();
    expect(small.length).toBeLessThan(10_000);
    bank.knobs.statementFileBytes = 3_000_001;
    const large = await file();
    bank.knobs.statementFileBytes = 0;
    expect(large.length).toBe(3_000_001);
    for (const bytes of [small, large]) {
      const text = bytes.toString('latin1');
      expect(text.startsWith('%PDF-1.4\n')).toBe(true);
      const [, startsAt = ''] = /startxref\n(\d+)\n%%EOF\n$/.exec(text) ?? [];
      expect(text.slice(Number(startsAt)).startsWith('xref\n0 6\n')).toBe(true);
      const offsets = [...text.slice(Number(startsAt)).matchAll(/^(\d{10}) 00000 n $/gm)];
      for (const [index, [, offset]] of offsets.entries())
        expect(text.slice(Number(offset)).startsWith(`${index + 1} 0 obj\n`)).toBe(true);
    }
  });

  it('have a file for whoever accepts one', async () => {
    const token = await sharing(['ReadStatementsDetail']);
    const status = async (accept: string) =>
      (await bank.ask('GET', at(`accounts/22289/statements/${october}/file`), { token, headers: { accept } }))
        .status;
    expect(await status('application/pdf')).toBe(200);
    expect(await status('application/json, */*;q=0.1')).toBe(200);
    expect(await status('application/json')).toBe(406);
  });

  it('are as published for every account of every customer', async () => {
    for (const { accountId } of bankAccounts) {
      const token = await sharing(['ReadStatementsDetail'], [accountId]);
      expect((await list(token, `accounts/${accountId}/statements`)).length).toBeGreaterThan(1);
    }
  });
});
