// Accounts (OBReadAccount6): type and sub-type are renamed, and the codes of the sub-type with it.
import { codeList } from './codes.ts';
import { each, members, replaced } from './translate.ts';

const accountTypeCode = codeList({
  ChargeCard: 'CARD',
  CreditCard: 'CARD',
  CurrentAccount: 'CACC',
  EMoney: 'OTHR',
  Loan: 'LOAN',
  Mortgage: 'MORT',
  PrePaidCard: 'CARD',
  Savings: 'SVGS',
  Wallet: 'WALT',
});

const account = replaced({
  AccountType: (category) => ({ AccountCategory: category }),
  AccountSubType: (subType) => {
    const code = typeof subType === 'string' ? accountTypeCode(subType) : undefined;
    // Four sub-types share two codes, so the original stays beside its code.
    return { ...(code === undefined ? {} : { AccountTypeCode: code }), V3AccountSubType: subType };
  },
});

export const accountsToVersion4 = members({ Data: members({ Account: each(account) }) });
