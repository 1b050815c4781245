// One statement on the wire: what Basic shows, and the amounts that only Detail does (OBStatement2).
import type { BankAccount } from '../data/accounts.ts';
import { amountOf, indicatorOf } from './money.ts';
import type { MonthlyStatement } from './monthly-statements.ts';
import { type Call, dateTime } from './operation.ts';
import type { AccountAccessConsent } from './records.ts';
import { namesOf } from './version-3-names.ts';

const dayMs = 86_400_000;
const cardBenefitRate = 0.0025;

export function statementBody(
  call: Call,
  consent: AccountAccessConsent,
  account: BankAccount,
  statement: MonthlyStatement,
): object {
  return {
    AccountId: account.accountId,
    StatementId: statement.statementId,
    StatementReference: statement.month.replace('-', ''),
    Type: 'RegularPeriodic',
    StartDateTime: dateTime(statement.startMs),
    EndDateTime: dateTime(statement.endMs),
    CreationDateTime: dateTime(statement.createdMs),
    StatementDescription: [`${account.description} ${statement.month}`],
    StatementFee: feesOf(account),
    StatementInterest: interestOf(call, account, statement),
    StatementDateTime: datesOf(account, statement),
    StatementValue: valuesOf(statement),
    ...(account.typeCode === 'CARD' ? cardMembersOf(account, statement) : {}),
    ...(consent.permissions.includes('ReadStatementsDetail')
      ? { StatementAmount: amountsOf(call, account, statement) }
      : {}),
  };
}

/** Business accounts cost something every month. */
function feesOf({ category, currency }: BankAccount): object[] | undefined {
  if (category === 'Personal') return undefined;
  return [
    {
      ...{ Description: 'Monthly account fee', CreditDebitIndicator: 'Debit', Type: 'UK.OBIE.Monthly' },
      ...{ Frequency: 'UK.OBIE.StatementMonthly', Amount: amountOf(6_50, currency) },
    },
  ];
}

function interestOf(
  call: Call,
  { currency }: BankAccount,
  { transactions }: MonthlyStatement,
): object[] | undefined {
  const paidMinor = transactions
    .filter(({ kind }) => kind === 'interest')
    .reduce((sum, { signedMinor }) => sum + signedMinor, 0);
  if (paidMinor === 0) return undefined;
  return [
    {
      ...{ Description: 'Interest', CreditDebitIndicator: indicatorOf(paidMinor), Type: 'UK.OBIE.Total' },
      Rate: 3.1,
      // The version 4 document repeats the list of types here, which has no word for a rate.
      ...(call.version === 'v3.1' ? { RateType: 'UK.OBIE.Gross' } : {}),
      ...{ Frequency: 'UK.OBIE.Monthly', Amount: amountOf(paidMinor, currency) },
    },
  ];
}

function datesOf({ typeCode }: BankAccount, { startMs, createdMs }: MonthlyStatement): object[] {
  const date = (Type: string, ms: number) => ({ DateTime: dateTime(ms), Type: `UK.OBIE.${Type}` });
  return [
    date('LastStatement', startMs),
    date('StatementAvailable', createdMs),
    ...(typeCode === 'CARD' ? [date('DirectDebitDue', createdMs + 19 * dayMs)] : []),
  ];
}

function valuesOf({ transactions }: MonthlyStatement): object[] {
  const debits = transactions.filter(({ signedMinor }) => signedMinor < 0).length;
  return [
    { Value: String(transactions.length - debits), Type: 'UK.OBIE.Credits' },
    { Value: String(debits), Type: 'UK.OBIE.Debits' },
  ];
}

function cardMembersOf({ currency }: BankAccount, { transactions }: MonthlyStatement): object {
  const spentMinor = transactions.reduce((sum, { signedMinor }) => sum - Math.min(0, signedMinor), 0);
  return {
    StatementBenefit: [
      { Type: 'UK.OBIE.Cashback', Amount: amountOf(Math.round(spentMinor * cardBenefitRate), currency) },
    ],
    StatementRate: [
      { Rate: '21.9', Type: 'UK.OBIE.AnnualPurchase' },
      { Rate: '1.664', Type: 'UK.OBIE.MonthlyPurchase' },
    ],
  };
}

function amountsOf(call: Call, account: BankAccount, statement: MonthlyStatement): object[] {
  const { currency, creditLineMinor, typeCode } = account;
  const amount = (Type: string, minor: number) => ({
    CreditDebitIndicator: indicatorOf(minor),
    Type: `UK.OBIE.${Type}`,
    Amount: { ...amountOf(minor, currency), SubType: namesOf(call.version).currencyRole('BCUR') },
  });
  return [
    amount('PreviousClosingBalance', statement.openingMinor),
    amount('ClosingBalance', statement.closingMinor),
    ...(creditLineMinor > 0 ? [amount('CreditLimit', creditLineMinor)] : []),
    ...(typeCode === 'CARD'
      ? [amount('MinimumPaymentDue', Math.round(Math.min(0, statement.closingMinor) / 40))]
      : []),
  ];
}
