// One transaction on the wire: what Basic shows, and what only Detail does (OBTransaction6).
import { bankIdentifierCode } from '../data/accounts.ts';
import type { BankTransaction } from '../data/transactions.ts';
import { shownCardNumber } from './accounts.ts';
import { amountOf, indicatorOf } from './money.ts';
import { type Call, dateTime } from './operation.ts';
import type { AccountAccessConsent } from './records.ts';
import { namesOf, type TransactionCode } from './version-3-names.ts';

export function transactionBody(
  call: Call,
  consent: AccountAccessConsent,
  transaction: BankTransaction,
): object {
  const { currency, signedMinor, status } = transaction;
  const names = namesOf(call.version);
  const [code, subCode] = codeOf(transaction);
  return {
    AccountId: transaction.accountId,
    TransactionId: transaction.transactionId,
    TransactionReference: transaction.reference,
    CreditDebitIndicator: indicatorOf(signedMinor),
    Status: names.transactionStatus(status),
    TransactionMutability: status === 'BOOK' ? 'Immutable' : 'Mutable',
    BookingDateTime: dateTime(transaction.bookedAtMs),
    ValueDateTime: dateTime(transaction.bookedAtMs),
    Amount: amountOf(signedMinor, currency),
    CurrencyExchange: exchangeOf(transaction),
    BankTransactionCode: { Code: names.transactionCode(code), SubCode: subCode },
    ProprietaryBankTransactionCode: { Code: transaction.kind, Issuer: 'SBX' },
    CardInstrument: cardOf(call, consent, transaction),
    ...(call.version === 'v4.0' ? { CategoryPurposeCode: transaction.categoryPurposeCode } : {}),
    ...(consent.permissions.includes('ReadTransactionsDetail') ? detailOf(call, transaction) : {}),
  };
}

function detailOf(call: Call, transaction: BankTransaction): object {
  const { balanceMinor, counterparty, currency, information, merchant, signedMinor } = transaction;
  const party = counterparty && {
    SchemeName: 'UK.OBIE.SortCodeAccountNumber',
    Identification: counterparty.identification,
    Name: counterparty.name,
  };
  const agent = party && { SchemeName: 'UK.OBIE.BICFI', Identification: bankIdentifierCode };
  return {
    TransactionInformation: information,
    Balance:
      balanceMinor === undefined
        ? undefined
        : {
            CreditDebitIndicator: indicatorOf(balanceMinor),
            Type: namesOf(call.version).balanceType('ITBD'),
            Amount: amountOf(balanceMinor, currency),
          },
    MerchantDetails: merchant && { MerchantName: merchant.name, MerchantCategoryCode: merchant.categoryCode },
    // The other side of it: money in comes from a debtor, money out goes to a creditor.
    ...(signedMinor < 0
      ? { CreditorAgent: agent, CreditorAccount: party }
      : { DebtorAgent: agent, DebtorAccount: party }),
  };
}

/** Bank transaction codes of ISO 20022: family and sub-family. */
function codeOf({ kind, signedMinor }: BankTransaction): [TransactionCode, string] {
  switch (kind) {
    case 'card':
      return ['CCRD', 'POSD'];
    case 'credit-transfer':
      return [signedMinor < 0 ? 'ICDT' : 'RCDT', 'DMCT'];
    case 'direct-debit':
      return [signedMinor < 0 ? 'RDDT' : 'IDDT', 'PMDD'];
    case 'interest':
      return ['MCOP', 'INTR'];
  }
}

function exchangeOf({ exchange, currency }: BankTransaction): object | undefined {
  return (
    exchange && {
      SourceCurrency: exchange.currency,
      TargetCurrency: currency,
      UnitCurrency: exchange.currency,
      ExchangeRate: exchange.rate,
      InstructedAmount: amountOf(exchange.amountMinor, exchange.currency),
    }
  );
}

function cardOf(call: Call, consent: AccountAccessConsent, transaction: BankTransaction): object | undefined {
  if (transaction.kind !== 'card') return undefined;
  const account = call.deps.state.account(transaction.accountId);
  const pan = account?.identifications.find(({ schemeName }) => schemeName === 'UK.OBIE.PAN')?.identification;
  return {
    CardSchemeName: 'VISA',
    AuthorisationType: 'Contactless',
    ...(pan === undefined ? {} : { Identification: shownCardNumber(consent, pan) }),
  };
}
