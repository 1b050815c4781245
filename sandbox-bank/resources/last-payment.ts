// When an account last paid somebody, and how much, as its transactions show.
import type { BankAccount } from '../data/accounts.ts';
import type { BankTransaction } from '../data/transactions.ts';
import { transactionsOn } from './ledger.ts';
import type { Call } from './operation.ts';

export function lastPayment(
  call: Call,
  account: BankAccount,
  { kind, name }: { kind: BankTransaction['kind']; name: string },
): BankTransaction | undefined {
  return transactionsOn(call.deps, account).find(
    (one) => one.kind === kind && one.signedMinor < 0 && one.counterparty?.name === name,
  );
}
