// The statements of an account: one for each month that is over, since its first transaction.
import type { BankAccount } from '../data/accounts.ts';
import type { BankTransaction } from '../data/transactions.ts';
import { transactionsOn } from './ledger.ts';
import type { Call } from './operation.ts';

export interface MonthlyStatement {
  statementId: string;
  /** `2026-10`. */
  month: string;
  startMs: number;
  /** The last second of it. */
  endMs: number;
  createdMs: number;
  openingMinor: number;
  closingMinor: number;
  /** Booked, the newest first. */
  transactions: BankTransaction[];
}

/** The hour of the first of a month at which the last month's statements are made. */
const madeAfterMs = 5 * 3_600_000;

/** The newest first. */
export function statementsOn(call: Call, account: BankAccount): MonthlyStatement[] {
  const booked = transactionsOn(call.deps, account).filter(({ status }) => status === 'BOOK');
  const first = booked.at(-1);
  if (!first) return [];
  const byMonth = Map.groupBy(booked, ({ bookedAtMs }) => monthOf(bookedAtMs));
  const statements: MonthlyStatement[] = [];
  let openingMinor = account.openingMinor;
  let startMs = startOfMonth(first.bookedAtMs, 0);
  for (;;) {
    const nextMs = startOfMonth(startMs, 1);
    if (nextMs + madeAfterMs > call.nowMs) return statements.reverse();
    const month = monthOf(startMs);
    const transactions = byMonth.get(month) ?? [];
    const closingMinor = transactions[0]?.balanceMinor ?? openingMinor;
    statements.push({
      statementId: `${account.accountId}-ST-${month}`,
      ...{ month, startMs, endMs: nextMs - 1000, createdMs: nextMs + madeAfterMs },
      ...{ openingMinor, closingMinor, transactions },
    });
    openingMinor = closingMinor;
    startMs = nextMs;
  }
}

function monthOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 7);
}

function startOfMonth(ms: number, later: number): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1);
}
