// Pots: an endpoint beyond the specification, where a bank has it (docs.monzo.com/open-banking, "Pots", read 2026-11-21).
// Names and pictures come with Detail only, closed pots never, and amounts have four decimals.
import type { BankAccount } from '../data/accounts.ts';
import { type Pot, potsOf } from '../data/pots.ts';
import { listAnswer } from './account-resource.ts';
import { sharedAccounts } from './accounts.ts';
import { type Amount, amountOf, indicatorOf } from './money.ts';
import { accountRead, type Operation } from './operation.ts';

export const pots: Operation[] = [
  accountRead({
    path: '/pots',
    permissions: [['ReadAccountsBasic', 'ReadAccountsDetail']],
    isServed: ({ pots }) => pots,
    answer(call, consent) {
      const detailed = consent.permissions.includes('ReadAccountsDetail');
      const bodies = sharedAccounts(call, consent).flatMap((account) =>
        potsOf(account)
          .filter(({ isOpen }) => isOpen)
          .map((pot) => bodyOf(account, pot, detailed)),
      );
      return listAnswer(call, 'Pot', bodies);
    },
  }),
];

function bodyOf(account: BankAccount, pot: Pot, detailed: boolean): object {
  return {
    PotId: pot.potId,
    AccountId: account.accountId,
    ...(detailed ? { Name: pot.name, ImageUrl: pot.imageUrl } : {}),
    Type: pot.type,
    CreditDebitIndicator: indicatorOf(pot.balanceMinor),
    Balance: fourDecimals(amountOf(pot.balanceMinor, account.currency)),
    Style: pot.style,
    Goal: pot.goalMinor === undefined ? undefined : fourDecimals(amountOf(pot.goalMinor, account.currency)),
    ...(pot.lockedUntil === undefined ? {} : { LockType: 'until_date', LockedUntil: pot.lockedUntil }),
    Created: pot.createdAt,
    Updated: pot.updatedAt,
    Status: 'Open',
  };
}

function fourDecimals({ Amount, Currency }: Amount): Amount {
  return { Amount: `${Amount}00`, Currency };
}
