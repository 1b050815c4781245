// Accounts of as many transactions as a test asks for: no page misses one, none comes twice, and no balance changes.
import { expect, it } from 'vitest';
import { access, openBank } from './resources-bank.ts';

const path = '/v4.0/aisp/transactions';

async function opened(minimumTransactions: number, pageSize: number) {
  const bank = openBank();
  const token = await access(bank, 'v4.0');
  const balance = async () =>
    (await bank.ask('GET', '/v4.0/aisp/balances', { token })).body.Data.Balance[0].Amount;
  const before = await balance();
  Object.assign(bank.knobs, { minimumTransactions, pageSize });
  expect(await balance()).toEqual(before);
  return { bank, token };
}

it('come in pages that miss nothing, the newest first', async () => {
  const { bank, token } = await opened(5_000, 500);
  const seen = new Set<string>();
  let latest = '9999';
  let pages = 0;
  let next: string | undefined = path;
  while (next !== undefined) {
    const { body } = await bank.ask('GET', next, { token });
    for (const { TransactionId, BookingDateTime } of body.Data.Transaction) {
      seen.add(TransactionId);
      expect(BookingDateTime <= latest).toBe(true);
      latest = BookingDateTime;
    }
    pages += 1;
    next = body.Links.Next?.replace(/^.*open-banking/, '');
  }
  // One more where the account’s own are odd in number: the others come in pairs.
  expect([5_000, 5_001]).toContain(seen.size);
  expect(pages).toBe(Math.ceil(seen.size / 500));
});

it('are a hundred thousand, of which the last page is as good as the first', async () => {
  const { bank, token } = await opened(100_000, 1000);
  const first = await bank.ask('GET', path, { token });
  expect(first.body.Meta.TotalPages).toBeGreaterThanOrEqual(100);
  const page = async (number: number) =>
    (await bank.ask('GET', `${path}?page=${number}`, { token })).body.Data.Transaction;
  expect(await page(57)).toHaveLength(1000);
  expect((await page(100)).at(-1).TransactionId).toMatch(/^22289-F00000[12]$/);
});
