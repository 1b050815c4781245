// Transactions of the sandbox bank, made from a seed: the same seed and last day give the same list, balances included.
import type { BankAccount } from './accounts.ts';
import { type DayOfAccount, entriesOfDay, type PlannedEntry } from './daily-entries.ts';
import { prng } from './prng.ts';

export interface BankTransaction extends PlannedEntry {
  transactionId: string;
  accountId: string;
  currency: string;
  status: 'BOOK' | 'PDNG';
  bookedAtMs: number;
  /** The balance after it, in minor units; only booked transactions have one. */
  balanceMinor?: number;
}

const dayMs = 86_400_000;

/** Card purchases younger than this have not been settled yet. */
const pendingMs = 36 * 3_600_000;

/** All transactions of an account up to `untilMs`, the newest first. */
export function transactionsOf(account: BankAccount, seed: string, untilMs: number): BankTransaction[] {
  const random = prng(`${seed}/${account.accountId}`);
  const lastDay = Math.floor(untilMs / dayMs);
  const transactions: BankTransaction[] = [];
  let balanceMinor = account.openingMinor;
  for (let day = lastDay - account.historyDays; day <= lastDay; day += 1) {
    const date = new Date(day * dayMs);
    const dayOfAccount: DayOfAccount = {
      account,
      balanceMinor,
      dayOfMonth: date.getUTCDate(),
      weekday: date.getUTCDay(),
      month: date.toISOString().slice(0, 7),
    };
    for (const entry of entriesOfDay(dayOfAccount, random).sort((a, b) => a.secondOfDay - b.secondOfDay)) {
      const bookedAtMs = day * dayMs + entry.secondOfDay * 1000;
      if (bookedAtMs > untilMs) continue;
      const pending = entry.kind === 'card' && untilMs - bookedAtMs < pendingMs;
      if (!pending) balanceMinor += entry.signedMinor;
      transactions.push({
        ...entry,
        transactionId: `${account.accountId}-${String(transactions.length + 1).padStart(6, '0')}`,
        accountId: account.accountId,
        currency: account.currency,
        status: pending ? 'PDNG' : 'BOOK',
        bookedAtMs,
        ...(pending ? {} : { balanceMinor }),
      });
    }
  }
  return transactions.reverse();
}
