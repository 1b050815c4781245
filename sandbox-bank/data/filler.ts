// Older transactions ahead of an account's own, as many as a test asks for: money in and out again, so that no balance changes.
import type { BankAccount } from './accounts.ts';
import { inventedAccount } from './identifiers.ts';
import type { BankTransaction } from './transactions.ts';

const everyMs = 20 * 60_000;
const amountMinor = 1_00;
const name = 'ROUNDABOUT LTD';

/** `history` with at least so many, the newest first. */
export function withFiller(
  account: BankAccount,
  history: readonly BankTransaction[],
  atLeast: number,
): readonly BankTransaction[] {
  const pairs = Math.ceil(Math.max(0, atLeast - history.length) / 2);
  const oldest = history.at(-1);
  if (pairs === 0 || !oldest) return history;
  const counterparty = { name, identification: inventedAccount(name) };
  const filler = Array.from({ length: 2 * pairs }, (_, index): BankTransaction => {
    const isCredit = index % 2 === 1;
    return {
      kind: 'credit-transfer',
      transactionId: `${account.accountId}-F${String(2 * pairs - index).padStart(6, '0')}`,
      accountId: account.accountId,
      currency: account.currency,
      status: 'BOOK',
      bookedAtMs: oldest.bookedAtMs - (index + 1) * everyMs,
      secondOfDay: 0,
      signedMinor: isCredit ? amountMinor : -amountMinor,
      balanceMinor: account.openingMinor + (isCredit ? amountMinor : 0),
      information: isCredit ? `${name} IN` : `${name} OUT`,
      counterparty,
    };
  });
  return [...history, ...filler];
}
