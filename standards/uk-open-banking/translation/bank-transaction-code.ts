// Bank transaction codes: in v3.1 the names that ISO 20022 gives to families and sub-families, in v4.0 their codes. Banks on
// v3.1 write the names loosely and make some up, so that only what is certain is translated, and both halves or none.
import { codeList } from './codes.ts';
import { isObject, type JsonObject, type Translate } from './translate.ts';

const families = codeList({
  CounterTransaction: 'CNTR',
  CustomerCardTransaction: 'CCRD',
  Draft: 'DRFT',
  IssuedCashConcentrationTransaction: 'ICCN',
  IssuedCheque: 'ICHQ',
  IssuedCreditTransfer: 'ICDT',
  IssuedDirectDebit: 'IDDT',
  LockboxTransaction: 'LBOX',
  MerchantCardTransaction: 'MCRD',
  MiscellaneousCreditOperation: 'MCOP',
  MiscellaneousDebitOperation: 'MDOP',
  NotAvailable: 'NTAV',
  Other: 'OTHR',
  ReceivedCashConcentrationTransaction: 'RCCN',
  ReceivedCheque: 'RCHQ',
  ReceivedCreditTransfer: 'RCDT',
  ReceivedDirectDebit: 'RDDT',
});

const subFamilies = codeList({
  AutomaticTransfer: 'AUTT',
  CashDeposit: 'CDPT',
  CashWithdrawal: 'CWDL',
  CrossBorderCreditTransfer: 'XBCT',
  DomesticCreditTransfer: 'DMCT',
  NotAvailable: 'NTAV',
  Other: 'OTHR',
  StandingOrder: 'STDO',
});

/** The names stay in the supplementary data; where they have no codes, nothing is left in their place. */
export const withBankTransactionCode: Translate = (transaction) => {
  if (!isObject(transaction)) return transaction;
  const { BankTransactionCode: original, SupplementaryData: supplement = {}, ...others } = transaction;
  if (!isObject(original) || !isObject(supplement)) return transaction;
  const { Code, SubCode, ...unpublished } = original;
  const SupplementaryData = {
    ...supplement,
    ...(Code === undefined ? {} : { V3BankTransactionCodeCode: Code }),
    ...(SubCode === undefined ? {} : { V3BankTransactionCodeSubCode: SubCode }),
  };
  const left = { ...codesOf(Code, SubCode), ...unpublished };
  return {
    ...others,
    ...(Object.keys(left).length === 0 ? {} : { BankTransactionCode: left }),
    SupplementaryData,
  };
};

function codesOf(family: unknown, subFamily: unknown): JsonObject {
  const Code = codeOf(family, families);
  const SubCode = codeOf(subFamily, subFamilies);
  return Code === undefined || SubCode === undefined ? {} : { Code, SubCode };
}

function codeOf(text: unknown, codes: typeof families): string | undefined {
  if (typeof text !== 'string') return undefined;
  // Some banks on v3.1 send the codes already.
  return /^[A-Z]{4}$/.test(text) ? text : codes(text.replace(/s$/, ''));
}
