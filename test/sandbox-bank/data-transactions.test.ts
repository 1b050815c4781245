// Transactions made from a seed: the same every time, plausible, and with balances that add up.
import { describe, expect, it } from 'vitest';
import { type BankAccount, bankAccounts } from '../../sandbox-bank/data/accounts.ts';
import { prng } from '../../sandbox-bank/data/prng.ts';
import { transactionsOf } from '../../sandbox-bank/data/transactions.ts';

const until = Date.parse('2026-11-20T15:00:00Z');

function account(accountId: string): BankAccount {
  const found = bankAccounts.find((candidate) => candidate.accountId === accountId);
  if (!found) throw new Error(`no account ${accountId}`);
  return found;
}

describe('the random source', () => {
  it('repeats itself for a seed and differs for another', () => {
    const draw = (seed: string) => Array.from({ length: 5 }, prng(seed).next);
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  it('keeps whole numbers and picks within their bounds', () => {
    const random = prng('bounds');
    const drawn = new Set(Array.from({ length: 500 }, () => random.integer(3, 5)));
    expect([...drawn].sort()).toEqual([3, 4, 5]);
    expect(random.pick(['only'])).toBe('only');
    expect(random.chance(0)).toBe(false);
    expect(random.chance(1)).toBe(true);
  });
});

describe('transactions', () => {
  it('are the same for the same seed and differ for another', () => {
    const everyday = account('22289');
    expect(transactionsOf(everyday, 'seed', until)).toEqual(transactionsOf(everyday, 'seed', until));
    expect(transactionsOf(everyday, 'seed', until)).not.toEqual(transactionsOf(everyday, 'other', until));
  });

  it('number at least a thousand in the everyday account, newest first, none in the future', () => {
    const transactions = transactionsOf(account('22289'), 'seed', until);
    expect(transactions.length).toBeGreaterThanOrEqual(1_000);
    const times = transactions.map(({ bookedAtMs }) => bookedAtMs);
    expect(times).toEqual([...times].sort((one, other) => other - one));
    expect(times[0]).toBeLessThanOrEqual(until);
  });

  it('have unique ids', () => {
    const ids = bankAccounts.flatMap((each) =>
      transactionsOf(each, 'seed', until).map((one) => one.transactionId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('leave card purchases of the last day and a half pending, and nothing else', () => {
    const transactions = transactionsOf(account('22289'), 'seed', until);
    const pending = transactions.filter(({ status }) => status === 'PDNG');
    expect(pending.length).toBeGreaterThan(0);
    for (const { kind, bookedAtMs, balanceMinor } of pending) {
      expect(kind).toBe('card');
      expect(until - bookedAtMs).toBeLessThan(36 * 3_600_000);
      expect(balanceMinor).toBeUndefined();
    }
  });

  it.each(bankAccounts.map((each) => [each.nickname, each] as const))(
    'add up in the account %s',
    (_, each) => {
      let balanceMinor = each.openingMinor;
      for (const { status, signedMinor, ...rest } of transactionsOf(each, 'seed', until).reverse()) {
        expect(signedMinor).not.toBe(0);
        if (status === 'PDNG') continue;
        balanceMinor += signedMinor;
        expect(rest.balanceMinor).toBe(balanceMinor);
      }
      expect(balanceMinor).toBeGreaterThanOrEqual(-each.creditLineMinor);
    },
  );

  it('show purchases abroad with what was asked for there', () => {
    const abroad = transactionsOf(account('22289'), 'seed', until).filter(({ exchange }) => exchange);
    expect(abroad.length).toBeGreaterThan(0);
    for (const { exchange, signedMinor } of abroad) {
      expect(-signedMinor).toBe(Math.round((exchange?.amountMinor ?? 0) * (exchange?.rate ?? 0)));
    }
  });
});
