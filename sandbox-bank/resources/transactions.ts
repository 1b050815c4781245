// Transactions of the shared accounts: filtered by the consent's window and the query's, paged (Transactions profile).
import type { BankAccount } from '../data/accounts.ts';
import type { BankTransaction } from '../data/transactions.ts';
import { requestedAccount, sharedAccounts } from './accounts.ts';
import { spanOfConsent, spanOfQuery } from './date-filters.ts';
import { transactionsOn } from './ledger.ts';
import { type Answer, accountRead, type Call, dateTime, type Operation } from './operation.ts';
import { pageOf } from './paging.ts';
import type { AccountAccessConsent } from './records.ts';
import { transactionBody } from './transaction-body.ts';

export const transactionPermissions = [
  ['ReadTransactionsBasic', 'ReadTransactionsDetail'],
  ['ReadTransactionsCredits', 'ReadTransactionsDebits'],
];

export const transactions: Operation[] = [
  accountRead({
    path: '/accounts/{AccountId}/transactions',
    permissions: transactionPermissions,
    answer: (call, consent) => answer(call, consent, [requestedAccount(call, consent)]),
  }),
  accountRead({
    path: '/transactions',
    permissions: transactionPermissions,
    answer: (call, consent) => answer(call, consent, sharedAccounts(call, consent)),
  }),
];

function answer(call: Call, consent: AccountAccessConsent, accounts: BankAccount[]): Answer {
  const { fromMs, toMs } = spanOfQuery(call, 'fromBookingDateTime', 'toBookingDateTime');
  const asked = accounts
    .flatMap((account) => transactionsOn(call.deps, account))
    .filter(({ bookedAtMs }) => bookedAtMs >= fromMs && bookedAtMs <= toMs);
  return transactionsAnswer(call, consent, asked);
}

/** One page of those that the consent shows, the newest first. */
export function transactionsAnswer(
  call: Call,
  consent: AccountAccessConsent,
  asked: readonly BankTransaction[],
): Answer {
  const visible = asked.filter(isVisible(consent)).sort((one, other) => other.bookedAtMs - one.bookedAtMs);
  const page = pageOf(call, visible);
  const newest = visible[0];
  const oldest = visible.at(-1);
  const body = {
    Data: { Transaction: page.items.map((transaction) => transactionBody(call, consent, transaction)) },
    Links: page.links,
    Meta: {
      TotalPages: page.totalPages,
      ...(oldest ? { FirstAvailableDateTime: dateTime(oldest.bookedAtMs) } : {}),
      ...(newest ? { LastAvailableDateTime: dateTime(newest.bookedAtMs) } : {}),
    },
  };
  return { status: 200, body };
}

function isVisible(consent: AccountAccessConsent): (transaction: BankTransaction) => boolean {
  const { fromMs, toMs } = spanOfConsent(consent);
  const credits = consent.permissions.includes('ReadTransactionsCredits');
  const debits = consent.permissions.includes('ReadTransactionsDebits');
  return ({ bookedAtMs, signedMinor }) =>
    bookedAtMs >= fromMs && bookedAtMs <= toMs && (signedMinor < 0 ? debits : credits);
}
