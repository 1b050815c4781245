// Who can sign in at the sandbox bank, and with which accounts. Nobody here exists.
import { bankAccounts, clientAccounts, readableIdentification } from './accounts.ts';

/** An account as the consent page offers it. */
export interface BankAccountChoice {
  accountId: string;
  nickname: string;
  currency: string;
  /** Sort code and account number, IBAN or masked card number, as a person reads it. */
  identification: string;
  /** Whether domestic payments may be made from it: they leave sterling current accounts only. */
  canPay: boolean;
}

export interface BankUser {
  username: string;
  password: string;
  displayName: string;
  accounts: BankAccountChoice[];
}

export const bankUsers: readonly BankUser[] = [
  user('alice', 'Alice Hart', ['22289', '31820', '41101', '51977', '60412']),
  user('bob', 'Bob Okoro', ['23345', '60412']),
  user('acme', 'Acme Trading Ltd', ['70001', '70002', '70003']),
  user(
    'wren',
    'Wren Lettings Ltd',
    clientAccounts.map(({ accountId }) => accountId),
  ),
];

/** Each password is the user's own name: it guards nothing. */
function user(username: string, displayName: string, accountIds: string[]): BankUser {
  const accounts = accountIds
    .flatMap((accountId) => bankAccounts.find((account) => account.accountId === accountId) ?? [])
    .map((account) => ({
      accountId: account.accountId,
      nickname: account.nickname,
      currency: account.currency,
      identification: readableIdentification(account),
      canPay: account.typeCode === 'CACC' && account.currency === 'GBP',
    }));
  return { username, password: username, displayName, accounts };
}
