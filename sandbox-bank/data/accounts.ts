// The accounts of the sandbox bank's customers. Names, numbers and amounts are invented; ids never change.
import { britishIban, cardNumber, maskedCardNumber } from './identifiers.ts';

export type SpendingPattern =
  | 'everyday'
  | 'household'
  | 'savings'
  | 'card'
  | 'travel'
  | 'trade'
  | 'export'
  | 'lettings';

export interface AccountIdentification {
  schemeName: 'UK.OBIE.SortCodeAccountNumber' | 'UK.OBIE.IBAN' | 'UK.OBIE.PAN';
  identification: string;
}

export interface BankAccount {
  accountId: string;
  category: 'Personal' | 'Business';
  /** ISO 20022 cash account type, as version 4 names it. */
  typeCode: 'CACC' | 'SVGS' | 'CARD';
  currency: 'GBP' | 'EUR' | 'USD';
  nickname: string;
  description: string;
  holderName: string;
  openedAt: string;
  identifications: AccountIdentification[];
  /** Money on the account before its first transaction, in minor units; a card's debt is negative. */
  openingMinor: number;
  /** What may be drawn beyond the balance (overdraft or card limit), in minor units. */
  creditLineMinor: number;
  pattern: SpendingPattern;
  /** How far back its transactions go. */
  historyDays: number;
}

export const bankIdentifierCode = 'SBXBGB2L';
export const bankLetters = 'SBXB';

/** 99 is no bank's range of sort codes: nothing here can be mistaken for a real account. */
const sortCode = '990001';

function sterling(accountNumber: string): AccountIdentification[] {
  return [{ schemeName: 'UK.OBIE.SortCodeAccountNumber', identification: `${sortCode}${accountNumber}` }];
}

function foreign(accountNumber: string): AccountIdentification[] {
  const identification = britishIban(bankLetters, sortCode, accountNumber);
  return [{ schemeName: 'UK.OBIE.IBAN', identification }];
}

function card(fifteenDigits: string): AccountIdentification[] {
  return [{ schemeName: 'UK.OBIE.PAN', identification: cardNumber(fifteenDigits) }];
}

const personal = { category: 'Personal', creditLineMinor: 0 } as const;
const business = {
  category: 'Business',
  typeCode: 'CACC',
  holderName: 'ACME TRADING LTD',
  creditLineMinor: 0,
} as const;

/** Somebody with many accounts: a letting agent keeps each client's money apart. */
export const clientAccounts: readonly BankAccount[] = Array.from({ length: 20 }, (_, index) => {
  const number = String(index + 1).padStart(2, '0');
  return {
    ...business,
    accountId: `800${number}`,
    currency: 'GBP',
    holderName: 'WREN LETTINGS LTD',
    nickname: `Client ${number}`,
    description: 'Client account',
    openedAt: '2019-06-03',
    identifications: sterling(`108000${number}`),
    openingMinor: 1_000_00 + index * 137_50,
    pattern: 'lettings',
    historyDays: 90,
  };
});

export const bankAccounts: readonly BankAccount[] = [
  {
    ...personal,
    accountId: '22289',
    typeCode: 'CACC',
    currency: 'GBP',
    nickname: 'Everyday',
    description: 'Current account',
    holderName: 'MS A HART',
    openedAt: '2017-03-06',
    identifications: sterling('10222890'),
    openingMinor: 1_942_17,
    creditLineMinor: 500_00,
    pattern: 'everyday',
    historyDays: 730,
  },
  {
    ...personal,
    accountId: '31820',
    typeCode: 'SVGS',
    currency: 'GBP',
    nickname: 'Rainy day',
    description: 'Savings account',
    holderName: 'MS A HART',
    openedAt: '2018-09-14',
    identifications: sterling('10318206'),
    openingMinor: 6_250_00,
    pattern: 'savings',
    historyDays: 730,
  },
  {
    ...personal,
    accountId: '41101',
    typeCode: 'CARD',
    currency: 'GBP',
    nickname: 'Card',
    description: 'Credit card',
    holderName: 'MS A HART',
    openedAt: '2020-01-20',
    identifications: card('499999000041101'),
    openingMinor: -214_60,
    creditLineMinor: 4_000_00,
    pattern: 'card',
    historyDays: 365,
  },
  {
    ...personal,
    accountId: '51977',
    typeCode: 'CACC',
    currency: 'EUR',
    nickname: 'Euros',
    description: 'Currency account',
    holderName: 'MS A HART',
    openedAt: '2021-05-31',
    identifications: foreign('10519773'),
    openingMinor: 1_480_00,
    pattern: 'travel',
    historyDays: 365,
  },
  {
    ...personal,
    accountId: '60412',
    typeCode: 'CACC',
    currency: 'GBP',
    nickname: 'House',
    description: 'Joint account',
    holderName: 'MS A HART AND MR B OKORO',
    openedAt: '2019-11-02',
    identifications: sterling('10604121'),
    openingMinor: 880_55,
    pattern: 'household',
    historyDays: 365,
  },
  {
    ...personal,
    accountId: '23345',
    typeCode: 'CACC',
    currency: 'GBP',
    nickname: 'Main',
    description: 'Current account',
    holderName: 'MR B OKORO',
    openedAt: '2015-07-27',
    identifications: sterling('10233455'),
    openingMinor: 640_09,
    creditLineMinor: 250_00,
    pattern: 'everyday',
    historyDays: 365,
  },
  {
    ...business,
    accountId: '70001',
    currency: 'GBP',
    nickname: 'Trading',
    description: 'Business account',
    openedAt: '2012-02-13',
    identifications: sterling('10700018'),
    openingMinor: 38_412_80,
    creditLineMinor: 10_000_00,
    pattern: 'trade',
    historyDays: 365,
  },
  {
    ...business,
    accountId: '70002',
    currency: 'EUR',
    nickname: 'Euro sales',
    description: 'Business currency account',
    openedAt: '2016-10-10',
    identifications: foreign('10700026'),
    openingMinor: 12_905_40,
    pattern: 'export',
    historyDays: 365,
  },
  {
    ...business,
    accountId: '70003',
    currency: 'USD',
    nickname: 'Dollar sales',
    description: 'Business currency account',
    openedAt: '2022-04-04',
    identifications: foreign('10700034'),
    openingMinor: 4_200_00,
    pattern: 'export',
    historyDays: 180,
  },
  ...clientAccounts,
];

/** The account that a scheme and an identification stand for, as third parties write them. */
export function accountKnownAs(named: {
  SchemeName: string;
  Identification: string;
}): BankAccount | undefined {
  return bankAccounts.find(({ identifications }) =>
    identifications.some(
      ({ schemeName, identification }) =>
        schemeName === named.SchemeName && identification === named.Identification,
    ),
  );
}

/** How a person recognises the account; a card number stays masked. */
export function readableIdentification(account: BankAccount): string {
  const first = account.identifications[0];
  if (!first) return account.accountId;
  const { schemeName, identification } = first;
  if (schemeName === 'UK.OBIE.PAN') return maskedCardNumber(identification);
  if (schemeName === 'UK.OBIE.IBAN') return identification.replace(/(.{4})(?=.)/g, '$1 ');
  return `${identification.slice(0, 6).replace(/(..)(?=.)/g, '$1-')} ${identification.slice(6)}`;
}
