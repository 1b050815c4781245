// Transactions of the shared accounts: filtered by the consent's window and the query's, paged (Transactions profile).
import type { BankAccount } from '../data/accounts.ts';
import type { BankTransaction } from '../data/transactions.ts';
import { requestedAccount, sharedAccounts } from './accounts.ts';
import { type Span, spanOfConsent, spanOfQuery } from './date-filters.ts';
import { newestFirst, transactionsOn } from './ledger.ts';
import { type Answer, accountRead, type Call, dateTime, type Operation } from './operation.ts';
import { pageOf } from './paging.ts';
import { oldestShownMs } from './presence.ts';
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
  const span = { fromMs: Math.max(fromMs, oldestShownMs(call, consent, fromMs)), toMs };
  const [first, ...others] = accounts.map((account) => transactionsOn(call.deps, account));
  const all = others.length === 0 ? (first ?? []) : [first ?? [], ...others].flat().sort(newestFirst);
  return transactionsAnswer(call, consent, within(all, span));
}

/** One page of those that the consent shows. The newest come first. */
export function transactionsAnswer(
  call: Call,
  consent: AccountAccessConsent,
  asked: readonly BankTransaction[],
): Answer {
  const visible = ofDirections(consent, within(asked, spanOfConsent(consent)));
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

/** Long lists are handed on as they are where everything in them is meant: each page of them is made from the whole. */
function within(
  transactions: readonly BankTransaction[],
  { fromMs, toMs }: Span,
): readonly BankTransaction[] {
  if (fromMs === -Infinity && toMs === Infinity) return transactions;
  return transactions.filter(({ bookedAtMs }) => bookedAtMs >= fromMs && bookedAtMs <= toMs);
}

function ofDirections(
  { permissions }: AccountAccessConsent,
  transactions: readonly BankTransaction[],
): readonly BankTransaction[] {
  const credits = permissions.includes('ReadTransactionsCredits');
  const debits = permissions.includes('ReadTransactionsDebits');
  if (credits && debits) return transactions;
  return transactions.filter(({ signedMinor }) => (signedMinor < 0 ? debits : credits));
}
