// What callers find in translated answers, by example: the members that move, and the originals that stay beside.
import { describe, expect, it } from 'vitest';
import { responseToVersion4 } from '../../../standards/uk-open-banking/translation/index.ts';
import * as sample from '../sample-bodies.ts';
import { deepFreeze } from './deep-freeze.ts';

/** `any`, as bodies are: the assertions say what they find. */
function data(operation: string, Data: object) {
  return Object(responseToVersion4(operation, { Data })).Data;
}

describe('an account', () => {
  const translated = (account: object) => data('getAccounts', { Account: [account] }).Account[0];

  it.each([
    ['CurrentAccount', 'CACC'],
    ['Savings', 'SVGS'],
    ['Loan', 'LOAN'],
    ['Mortgage', 'MORT'],
    ['Wallet', 'WALT'],
    ['ChargeCard', 'CARD'],
    ['CreditCard', 'CARD'],
    ['PrePaidCard', 'CARD'],
    ['EMoney', 'OTHR'],
  ])('of sub-type %s has the code %s and its sub-type beside', (subType, code) => {
    expect(translated({ AccountSubType: subType })).toEqual({
      AccountTypeCode: code,
      V3AccountSubType: subType,
    });
  });

  it('of a sub-type that nobody knows has no code', () => {
    expect(translated({ AccountSubType: 'Vault' })).toEqual({ V3AccountSubType: 'Vault' });
  });

  it.each(['Business', 'Personal', 'Invented'])('of type %s has that category', (type) => {
    expect(translated({ AccountType: type })).toEqual({ AccountCategory: type });
  });

  it('keeps what the bank says under the names of v4.0', () => {
    const both = {
      AccountType: 'Personal',
      AccountCategory: 'Business',
      AccountTypeCode: 'TRAN',
      AccountSubType: 'Loan',
    };
    expect(translated(both)).toEqual(both);
  });

  it('is otherwise the same, in the same order', () => {
    const [account] = sample.accounts('v3.1').Data.Account;
    const { AccountSubType: _, ...others } = Object(account);
    const expected = { ...others, AccountTypeCode: 'CACC', V3AccountSubType: 'CurrentAccount' };
    expect(JSON.stringify(translated(Object(account)))).toBe(JSON.stringify(expected));
  });
});

describe('a balance', () => {
  it('keeps its type of v3.1, cleared or not', () => {
    const Balance = [{ Type: 'InterimCleared' }, { Type: 'InterimAvailable' }, { Type: 'Invented' }];
    expect(data('getBalances', { Balance, TotalValue: { Amount: '1.00', Currency: 'GBP' } })).toEqual({
      Balance: [
        { Type: 'ITAV', V3Type: 'InterimCleared' },
        { Type: 'ITAV', V3Type: 'InterimAvailable' },
        { Type: 'Invented', V3Type: 'Invented' },
      ],
      TotalValue: { Amount: '1.00', Currency: 'GBP' },
    });
  });
});

describe('a transaction', () => {
  const translated = (transaction: object) =>
    data('getTransactions', { Transaction: [transaction] }).Transaction[0];

  it.each([
    ['ClosingCleared', true],
    ['InterimCleared', true],
    ['OpeningCleared', true],
    ['InterimBooked', false],
    ['Invented', false],
  ])('tells of its running balance whether %s is cleared', (Type, cleared) => {
    expect(translated({ Balance: { Type } }).Balance.V3IsClearedBalanceType).toBe(cleared);
  });

  it('has the names of its bank transaction code in the supplementary data', () => {
    const BankTransactionCode = { Code: 'ReceivedCreditTransfer', SubCode: 'DomesticCreditTransfer' };
    const moved = {
      V3BankTransactionCodeCode: 'ReceivedCreditTransfer',
      V3BankTransactionCodeSubCode: 'DomesticCreditTransfer',
    };
    expect(translated({ BankTransactionCode })).toEqual({ SupplementaryData: moved });
    expect(translated({ BankTransactionCode, SupplementaryData: { Own: 1 } })).toEqual({
      SupplementaryData: { Own: 1, ...moved },
    });
  });

  it('has codes of ISO 20022 in both places', () => {
    const BankTransactionCode = { Code: 'RCDT', SubCode: 'DMCT' };
    expect(translated({ BankTransactionCode })).toEqual({
      BankTransactionCode,
      SupplementaryData: { V3BankTransactionCodeCode: 'RCDT', V3BankTransactionCodeSubCode: 'DMCT' },
    });
  });

  it('without a bank transaction code gets no supplementary data', () => {
    expect(translated({ Status: 'Booked' })).toEqual({ Status: 'BOOK' });
  });

  it('loses nothing to a bank whose supplementary data are no object', () => {
    const odd = { BankTransactionCode: { Code: 'A', SubCode: 'B' }, SupplementaryData: 'text' };
    expect(translated(odd)).toEqual(odd);
  });
});

describe('the risk of a payment consent', () => {
  const translated = (Risk: object) => Object(responseToVersion4('getDomesticPaymentConsent', { Risk })).Risk;

  it.each([
    ['BillPayment', 'BillingGoodsAndServicesInArrears'],
    ['EcommerceGoods', 'EcommerceMerchantInitiatedPayment'],
    ['EcommerceServices', 'EcommerceMerchantInitiatedPayment'],
    ['PartyToParty', 'TransferToThirdParty'],
    ['BillingGoodsAndServicesInAdvance', 'BillingGoodsAndServicesInAdvance'],
    ['BillingGoodsAndServicesInArrears', 'BillingGoodsAndServicesInArrears'],
    ['EcommerceMerchantInitiatedPayment', 'EcommerceMerchantInitiatedPayment'],
    ['FaceToFacePointOfSale', 'FaceToFacePointOfSale'],
    ['TransferToSelf', 'TransferToSelf'],
    ['TransferToThirdParty', 'TransferToThirdParty'],
    ['Invented', 'Invented'],
  ])('in the context %s is in the context %s, the original beside', (context, code) => {
    expect(translated({ PaymentContextCode: context })).toEqual({
      PaymentContextCode: code,
      V3PaymentContextCode: context,
    });
  });

  it.each(['Other', 'PispPayee'])('in the context %s has that beside alone', (context) => {
    expect(translated({ PaymentContextCode: context })).toEqual({ V3PaymentContextCode: context });
  });

  it.each([true, false])('has the contract flag %s spelt right, however the bank spells it', (flag) => {
    const right = { ContractPresentIndicator: flag };
    expect(translated({ ContractPresentInidicator: flag })).toEqual(right);
    expect(translated(right)).toEqual(right);
    expect(translated({ ...right, ContractPresentInidicator: flag })).toEqual(right);
  });

  it('keeps two flags that contradict each other', () => {
    const both = { ContractPresentIndicator: true, ContractPresentInidicator: false };
    expect(translated(both)).toEqual(both);
  });
});

describe('the instruction of a payment', () => {
  const remittance = (RemittanceInformation: object) =>
    data('getDomesticPayment', { Initiation: { RemittanceInformation } }).Initiation.RemittanceInformation;

  it('has its reference and its text in the lists of v4.0', () => {
    expect(remittance({ Reference: 'FRESCO-101', Unstructured: 'Ops 5120101' })).toEqual({
      Structured: [{ CreditorReferenceInformation: { Reference: 'FRESCO-101' } }],
      Unstructured: ['Ops 5120101'],
    });
    expect(remittance({})).toEqual({});
  });

  it('keeps lists that the bank sent early', () => {
    const current = { Structured: [{ Invoicer: 'ACME' }], Unstructured: ['a', 'b'] };
    expect(remittance(current)).toEqual(current);
    expect(remittance({ ...current, Reference: 'R' })).toEqual({ ...current, Reference: 'R' });
  });
});

describe("a payment's details", () => {
  const translated = (status: object) =>
    data('getDomesticPaymentDetails', { PaymentStatus: [status] }).PaymentStatus[0];

  it('keep their statuses of v3.1', () => {
    const detail = {
      Status: 'AcceptedFundsChecked',
      StatusReason: 'PendingSettlement',
      LocalInstrument: 'UK.OBIE.FPS',
    };
    expect(translated({ Status: 'AcceptedSettlementInProcess', StatusDetail: detail })).toEqual({
      Status: 'ACSP',
      V3Status: 'AcceptedSettlementInProcess',
      StatusDetail: {
        Status: 'ACFC',
        V3Status: 'AcceptedFundsChecked',
        V3StatusReason: 'PendingSettlement',
        LocalInstrument: 'UK.OBIE.FPS',
      },
    });
  });

  it('give a text that is no status the code of the whole', () => {
    const { StatusDetail } = translated({
      Status: 'Rejected',
      StatusDetail: { Status: 'turned away at the gate' },
    });
    expect(StatusDetail).toEqual({ Status: 'RJCT', V3Status: 'turned away at the gate' });
  });

  it('take a reason of four characters for a code', () => {
    const { StatusDetail } = translated({ StatusDetail: { StatusReason: 'AM04' } });
    expect(StatusDetail).toEqual({ StatusReason: 'AM04', V3StatusReason: 'AM04' });
  });
});

describe('whole bodies', () => {
  it('of the samples are those of v4.0, but for the originals beside', () => {
    const consent = Object(
      responseToVersion4('getDomesticPaymentConsent', deepFreeze(sample.paymentConsentResponse('v3.1'))),
    );
    const expected = Object(sample.paymentConsentResponse('v4.0'));
    expected.Risk.V3PaymentContextCode = 'TransferToThirdParty';
    delete expected.Data.Initiation.RemittanceInformation.Structured[0].CreditorReferenceInformation.Code;
    expect(consent).toEqual(expected);
  });

  it('of a consent to ask about funds are those of v4.0', () => {
    const consent = deepFreeze(sample.fundsConsentResponse('v3.1'));
    expect(responseToVersion4('getFundsConfirmationConsent', consent)).toEqual(
      sample.fundsConsentResponse('v4.0'),
    );
    expect(responseToVersion4('createFundsConfirmation', sample.fundsAnswer())).toEqual(sample.fundsAnswer());
  });

  it('that have nothing to translate come back as they are', () => {
    const answer = sample.fundsConfirmation();
    expect(responseToVersion4('getDomesticPaymentFundsConfirmation', answer)).toEqual(
      sample.fundsConfirmation(),
    );
    expect(responseToVersion4('deleteAccountAccessConsent', null)).toBeNull();
  });
});
