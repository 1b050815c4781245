// Accounts (OBReadAccount6): type and sub-type are renamed, and the codes of the sub-type with it.
import { coded, codeList } from './codes.ts';
import { each, members, replaced } from './translate.ts';

const category = coded(codeList({ Business: 'Business', Personal: 'Personal' }));

const typeCodeOf = codeList({
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
  AccountType: (type, walk) => ({ AccountCategory: category(type, walk) }),
  // Four sub-types share two codes, so the original stays beside its code.
  AccountSubType: (subType, walk) => {
    const code = typeof subType === 'string' ? typeCodeOf(subType) : undefined;
    if (code !== undefined) return { AccountTypeCode: code, V3AccountSubType: subType };
    if (typeof subType === 'string') walk.unknown(subType);
    return { V3AccountSubType: subType };
  },
});

export const accountsToVersion4 = members({ Data: members({ Account: each(account) }) });
