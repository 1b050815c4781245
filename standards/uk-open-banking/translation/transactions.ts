// Transactions (OBReadTransaction6): codes for status, running balance and kind of transaction.
import { balanceType, isClearedBalanceType } from './balances.ts';
import { withBankTransactionCode } from './bank-transaction-code.ts';
import { coded, codeList } from './codes.ts';
import { agentToVersion4 } from './postal-address.ts';
import { each, inTurn, members, replaced } from './translate.ts';

const runningBalance = replaced({
  Type: (type, walk) => ({
    Type: balanceType(type, walk),
    V3IsClearedBalanceType: isClearedBalanceType(type),
  }),
});

const transaction = inTurn(
  members({
    Status: coded(codeList({ Booked: 'BOOK', Pending: 'PDNG', Rejected: 'RJCT' }, 'FUTR', 'INFO')),
    Balance: runningBalance,
    CreditorAgent: agentToVersion4,
    DebtorAgent: agentToVersion4,
  }),
  withBankTransactionCode,
);

export const transactionsToVersion4 = members({ Data: members({ Transaction: each(transaction) }) });
