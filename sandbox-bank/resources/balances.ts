// What is on the shared accounts: booked and available (Balances profile).
import type { BankAccount } from '../data/accounts.ts';
import { requestedAccount, sharedAccounts } from './accounts.ts';
import { balancesOf } from './ledger.ts';
import { amountOf, indicatorOf } from './money.ts';
import { type Answer, type Call, dateTime, type Operation } from './operation.ts';
import { type BalanceType, namesOf } from './version-3-names.ts';

const permissions = [['ReadBalances']];

export const balances: Operation[] = [
  {
    group: 'aisp',
    method: 'GET',
    path: '/accounts/{AccountId}/balances',
    caller: 'account-access',
    permissions,
    answer: (call, consent) => answer(call, [requestedAccount(call, consent)]),
  },
  {
    group: 'aisp',
    method: 'GET',
    path: '/balances',
    caller: 'account-access',
    permissions,
    answer: (call, consent) => answer(call, sharedAccounts(call, consent)),
  },
];

function answer(call: Call, accounts: BankAccount[]): Answer {
  const body = {
    Data: { Balance: accounts.flatMap((account) => balancesIn(call, account)) },
    Links: { Self: call.selfUrl },
    Meta: { TotalPages: 1 },
  };
  return { status: 200, body };
}

function balancesIn(call: Call, account: BankAccount): object[] {
  const { bookedMinor, availableMinor } = balancesOf(call.deps, account);
  const balance = (type: BalanceType, minor: number, more: object) => ({
    AccountId: account.accountId,
    CreditDebitIndicator: indicatorOf(minor),
    Type: namesOf(call.version).balanceType(type),
    DateTime: dateTime(call.nowMs),
    Amount: amountOf(minor, account.currency),
    ...more,
  });
  return [
    balance('ITBD', bookedMinor, {}),
    balance(
      'ITAV',
      availableMinor,
      account.creditLineMinor > 0 ? { CreditLine: [creditLineOf(account)] } : {},
    ),
  ];
}

function creditLineOf(account: BankAccount): object {
  return {
    Included: true,
    Type: account.typeCode === 'CARD' ? 'Credit' : 'Pre-Agreed',
    Amount: amountOf(account.creditLineMinor, account.currency),
  };
}
