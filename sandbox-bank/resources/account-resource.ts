// A resource in its two forms: of one account, and of all accounts of a consent in one list, page by page.
import type { BankAccount } from '../data/accounts.ts';
import { requestedAccount, sharedAccounts } from './accounts.ts';
import { type Answer, accountRead, type Call, type Operation } from './operation.ts';
import { pageOf } from './paging.ts';
import type { AccountAccessConsent } from './records.ts';

interface AccountResource {
  /** The member of `Data` it comes under. */
  member: string;
  /** What follows the account's path. */
  ofOne: string;
  ofAll: string;
  permissions: string[][];
  bodiesOf(call: Call, consent: AccountAccessConsent, account: BankAccount): object[];
}

export function accountResource({
  member,
  ofOne,
  ofAll,
  permissions,
  bodiesOf,
}: AccountResource): Operation[] {
  const answer = (call: Call, consent: AccountAccessConsent, accounts: BankAccount[]) =>
    listAnswer(
      call,
      member,
      accounts.flatMap((account) => bodiesOf(call, consent, account)),
    );
  return [
    accountRead({
      path: `/accounts/{AccountId}/${ofOne}`,
      permissions,
      answer: (call, consent) => answer(call, consent, [requestedAccount(call, consent)]),
    }),
    accountRead({
      path: `/${ofAll}`,
      permissions,
      answer: (call, consent) => answer(call, consent, sharedAccounts(call, consent)),
    }),
  ];
}

/** One page of a list. */
export function listAnswer(call: Call, member: string, bodies: readonly object[]): Answer {
  const page = pageOf(call, bodies);
  const body = { Data: { [member]: page.items }, Links: page.links, Meta: { TotalPages: page.totalPages } };
  return { status: 200, body };
}
