// Transactions of the shared accounts: filtered by the consent's window and the query's, paged (Transactions profile).
import type { BankAccount } from '../data/accounts.ts';
import type { BankTransaction } from '../data/transactions.ts';
import { requestedAccount, sharedAccounts } from './accounts.ts';
import { badRequest } from './errors.ts';
import { transactionsOn } from './ledger.ts';
import { type Answer, type Call, dateTime, type Operation } from './operation.ts';
import { pageOf } from './paging.ts';
import { instantOf } from './published-schema.ts';
import type { AccountAccessConsent } from './records.ts';
import { transactionBody } from './transaction-body.ts';

const permissions = [
  ['ReadTransactionsBasic', 'ReadTransactionsDetail'],
  ['ReadTransactionsCredits', 'ReadTransactionsDebits'],
];

export const transactions: Operation[] = [
  {
    group: 'aisp',
    method: 'GET',
    path: '/accounts/{AccountId}/transactions',
    caller: 'account-access',
    permissions,
    answer: (call, consent) => answer(call, consent, [requestedAccount(call, consent)]),
  },
  {
    group: 'aisp',
    method: 'GET',
    path: '/transactions',
    caller: 'account-access',
    permissions,
    answer: (call, consent) => answer(call, consent, sharedAccounts(call, consent)),
  },
];

function answer(call: Call, consent: AccountAccessConsent, accounts: BankAccount[]): Answer {
  const all = accounts.flatMap((account) => transactionsOn(call.deps, account));
  const visible = all
    .filter(isVisible(call, consent))
    .sort((one, other) => other.bookedAtMs - one.bookedAtMs);
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

function isVisible(call: Call, consent: AccountAccessConsent): (transaction: BankTransaction) => boolean {
  const { TransactionFromDateTime, TransactionToDateTime } = consent.data;
  const fromMs = latest(bound(call, 'fromBookingDateTime'), instant(TransactionFromDateTime)) ?? -Infinity;
  const toMs = earliest(bound(call, 'toBookingDateTime'), instant(TransactionToDateTime)) ?? Infinity;
  const credits = consent.permissions.includes('ReadTransactionsCredits');
  const debits = consent.permissions.includes('ReadTransactionsDebits');
  return ({ bookedAtMs, signedMinor }) =>
    bookedAtMs >= fromMs && bookedAtMs <= toMs && (signedMinor < 0 ? debits : credits);
}

/** A filter of the query: a date, with or without a time; a time zone is not looked at. */
function bound(call: Call, name: string): number | undefined {
  const text = call.query.get(name);
  if (text === null) return undefined;
  const local = text.replace(/(Z|[+ -]\d{2}(:?\d{2})?)$/, (zone) => (text.includes('T') ? '' : zone));
  const readable = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/.test(local);
  const ms = readable ? Date.parse(local.includes('T') ? `${local}Z` : `${local}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms)) throw badRequest('U003', `${name} is not an ISO 8601 date and time`, name);
  return ms;
}

function instant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : instantOf(text);
}

function latest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}

function earliest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}
