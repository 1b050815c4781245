// Transactions (OBReadTransaction6): codes for status and running balance. A bank transaction code is a long name in v3.1 and
// a code of ISO 20022 in v4.0, with no published map between them, so that it moves to the supplementary data.
import { balanceType, isClearedBalanceType } from './balances.ts';
import { coded, codeList } from './codes.ts';
import { agentToVersion4 } from './postal-address.ts';
import { each, inTurn, isObject, members, replaced, type Translate } from './translate.ts';

const runningBalance = replaced({
  Type: (type, walk) => ({
    Type: balanceType(type, walk),
    V3IsClearedBalanceType: isClearedBalanceType(type),
  }),
});

const isoCode = /^[A-Z]{4}$/;

const withBankTransactionCodeAside: Translate = (transaction) => {
  if (!isObject(transaction)) return transaction;
  const { BankTransactionCode: original, SupplementaryData: supplement = {}, ...others } = transaction;
  if (!isObject(original) || !isObject(supplement)) return transaction;
  const { Code, SubCode, ...unpublished } = original;
  const SupplementaryData = {
    ...supplement,
    ...(Code === undefined ? {} : { V3BankTransactionCodeCode: Code }),
    ...(SubCode === undefined ? {} : { V3BankTransactionCodeSubCode: SubCode }),
  };
  // Some banks on v3.1 send the codes of ISO 20022 already.
  const isIso = [Code, SubCode].every((code) => typeof code === 'string' && isoCode.test(code));
  const left = isIso ? original : unpublished;
  return {
    ...others,
    ...(Object.keys(left).length === 0 ? {} : { BankTransactionCode: left }),
    SupplementaryData,
  };
};

const transaction = inTurn(
  members({
    Status: coded(codeList({ Booked: 'BOOK', Pending: 'PDNG', Rejected: 'RJCT' }, 'FUTR', 'INFO')),
    Balance: runningBalance,
    CreditorAgent: agentToVersion4,
    DebtorAgent: agentToVersion4,
  }),
  withBankTransactionCodeAside,
);

export const transactionsToVersion4 = members({ Data: members({ Transaction: each(transaction) }) });
