// An account as it stands now: its history from the seed, and the payments made from it since, in one list.
import type { BankAccount } from '../data/accounts.ts';
import type { BankTransaction } from '../data/transactions.ts';
import type { ResourceDeps } from './deps.ts';
import { settledStatuses, touchesMoney, transferOf } from './payment-status.ts';
import type { Payment } from './records.ts';

export interface Balances {
  /** Minor units; negative is owed to the bank. */
  bookedMinor: number;
  /** Booked, less what is on its way out, plus the credit line. */
  availableMinor: number;
}

type LedgerDeps = Pick<ResourceDeps, 'state' | 'knobs' | 'clock'>;

/** The newest first. Rejected payments leave no trace. */
export function transactionsOn(deps: LedgerDeps, account: BankAccount): readonly BankTransaction[] {
  const history = historyOf(deps, account);
  let balanceMinor = bookedAtEnd(account, history);
  const since: BankTransaction[] = [];
  for (const payment of deps.state.paymentsFrom(account.accountId)) {
    const transaction = transactionOf(deps, account, payment);
    if (!transaction) continue;
    if (transaction.status === 'BOOK') balanceMinor += transaction.signedMinor;
    since.unshift(transaction.status === 'BOOK' ? { ...transaction, balanceMinor } : transaction);
  }
  return since.length === 0 ? history : [...since.sort(newestFirst), ...history];
}

export function balancesOf(deps: LedgerDeps, account: BankAccount): Balances {
  const history = historyOf(deps, account);
  let bookedMinor = bookedAtEnd(account, history);
  let pendingMinor = 0;
  for (const { status, signedMinor } of history) if (status === 'PDNG') pendingMinor += signedMinor;
  for (const payment of deps.state.paymentsFrom(account.accountId)) {
    const transaction = transactionOf(deps, account, payment);
    if (transaction?.status === 'BOOK') bookedMinor += transaction.signedMinor;
    else pendingMinor += transaction?.signedMinor ?? 0;
  }
  return { bookedMinor, availableMinor: bookedMinor + pendingMinor + account.creditLineMinor };
}

export function newestFirst(one: BankTransaction, other: BankTransaction): number {
  return other.bookedAtMs - one.bookedAtMs;
}

function historyOf({ state, knobs }: LedgerDeps, account: BankAccount): readonly BankTransaction[] {
  return state.history(account, knobs.minimumTransactions);
}

function bookedAtEnd(account: BankAccount, history: readonly BankTransaction[]): number {
  return history.find(({ balanceMinor }) => balanceMinor !== undefined)?.balanceMinor ?? account.openingMinor;
}

function transactionOf(
  deps: LedgerDeps,
  account: BankAccount,
  payment: Payment,
): BankTransaction | undefined {
  const standing = transferOf(payment, deps.knobs, deps.clock.nowMs());
  const shown = deps.state.consents.get(payment.consentId)?.payment;
  if (!shown || !touchesMoney(payment, standing)) return undefined;
  const { creditor, reference } = shown;
  const booked = settledStatuses.has(standing.status);
  return {
    kind: 'credit-transfer',
    transactionId: `pay-${payment.paymentId}`,
    accountId: account.accountId,
    currency: account.currency,
    status: booked ? 'BOOK' : 'PDNG',
    signedMinor: -payment.amountMinor,
    bookedAtMs: booked ? standing.sinceMs : payment.createdAtMs,
    secondOfDay: 0,
    information: `${creditor?.name ?? 'Payments of a file'} ${reference ?? ''}`.trim(),
    ...(reference === undefined ? {} : { reference }),
    ...(creditor ? { counterparty: creditor } : {}),
  };
}
