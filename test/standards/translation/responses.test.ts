// What callers find in translated answers, by example: the members that move, and the originals that stay beside.
import { describe, expect, it } from 'vitest';
import { responseToVersion4 } from '../../../standards/uk-open-banking/translation/index.ts';
import * as sample from '../sample-bodies.ts';
import { deepFreeze } from './deep-freeze.ts';

/** `any`, as bodies are: the assertions say what they find. */
function data(operation: string, Data: object) {
  return Object(responseToVersion4(operation, { Data }).body).Data;
}

function unknownIn(operation: string, Data: object) {
  return responseToVersion4(operation, { Data }).unknownCodes;
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

  it.each([
    ['ReceivedCreditTransfer', 'DomesticCreditTransfer', 'RCDT', 'DMCT'],
    ['ReceivedCreditTransfers', 'DomesticCreditTransfer', 'RCDT', 'DMCT'],
    ['IssuedCreditTransfers', 'StandingOrder', 'ICDT', 'STDO'],
    ['CustomerCardTransactions', 'CashWithdrawal', 'CCRD', 'CWDL'],
    ['IssuedDirectDebits', 'PMDD', 'IDDT', 'PMDD'],
    ['RCDT', 'DMCT', 'RCDT', 'DMCT'],
  ])('of the kind %s, %s has the codes and the names beside', (Code, SubCode, family, subFamily) => {
    expect(translated({ BankTransactionCode: { Code, SubCode } })).toEqual({
      BankTransactionCode: { Code: family, SubCode: subFamily },
      SupplementaryData: { V3BankTransactionCodeCode: Code, V3BankTransactionCodeSubCode: SubCode },
    });
  });

  it.each([
    ['CustomerCardTransactions', 'Invented'],
    ['Invented', 'DomesticCreditTransfer'],
    ['CounterTransactions', 'constructor'],
    ['Rcdt', 'Dmct'],
  ])('of the kind %s, %s, which has no certain code, has the names alone', (Code, SubCode) => {
    const moved = { V3BankTransactionCodeCode: Code, V3BankTransactionCodeSubCode: SubCode };
    const BankTransactionCode = { Code, SubCode };
    expect(translated({ BankTransactionCode })).toEqual({ SupplementaryData: moved });
    expect(translated({ BankTransactionCode, SupplementaryData: { Own: 1 } })).toEqual({
      SupplementaryData: { Own: 1, ...moved },
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

describe('a direct debit', () => {
  const translated = (debit: object) => data('getDirectDebits', { DirectDebit: [debit] }).DirectDebit[0];

  it('has what was agreed in its mandate', () => {
    const debit = {
      AccountId: 'a',
      MandateIdentification: 'Caravanners',
      Frequency: 'UK.OBIE.Annual',
      Name: 'N',
    };
    expect(translated({ ...debit, PreviousPaymentDateTime: 't' })).toEqual({
      AccountId: 'a',
      MandateRelatedInformation: { MandateIdentification: 'Caravanners', Frequency: { Type: 'YEAR' } },
      Name: 'N',
      PreviousPaymentDateTime: 't',
    });
  });

  it.each([
    ['UK.Bank.BiMonthly', 'TWMH'],
    ['UK.Bank.FourMonthly', 'FOMH'],
    ['UK.Bank.Monthly', 'MNTH'],
  ])('in the own words of a bank, %s, is %s', (Frequency, Type) => {
    expect(translated({ Frequency })).toEqual({ MandateRelatedInformation: { Frequency: { Type } } });
  });

  it('of which the bank does not say how often has a frequency that is not known', () => {
    expect(translated({ MandateIdentification: 'M' })).toEqual({
      MandateRelatedInformation: { MandateIdentification: 'M', Frequency: { Type: 'NONE' } },
    });
  });

  it('keeps what the bank says under the names of v4.0', () => {
    const both = {
      MandateIdentification: 'M',
      Frequency: 'UK.OBIE.Annual',
      MandateRelatedInformation: { Frequency: { Type: 'MNTH' } },
    };
    expect(translated(both)).toEqual(both);
    expect(translated({ Name: 'N' })).toEqual({ Name: 'N' });
  });

  it('that is inactive is not said to be suspended, cancelled or expired', () => {
    expect(translated({ DirectDebitStatusCode: 'Inactive' })).toEqual({
      V3DirectDebitStatusCode: 'Inactive',
    });
  });
});

describe('a standing order', () => {
  const translated = (order: object) =>
    data('getStandingOrders', { StandingOrder: [order] }).StandingOrder[0];
  const frequency = (Frequency: string) => translated({ Frequency }).MandateRelatedInformation.Frequency;

  it('has its schedule in the mandate and its reference in the remittance', () => {
    const order = {
      AccountId: 'a',
      Frequency: 'IntrvlMnthDay:01:15',
      Reference: 'Towbar Club 2',
      FirstPaymentDateTime: '2017-08-12T00:00:00+00:00',
      NextPaymentDateTime: '2017-08-13T00:00:00+00:00',
      FinalPaymentDateTime: '2027-08-12T00:00:00+00:00',
      StandingOrderStatusCode: 'Active',
    };
    expect(translated(order)).toEqual({
      AccountId: 'a',
      RemittanceInformation: {
        Structured: [{ CreditorReferenceInformation: { Reference: 'Towbar Club 2' } }],
      },
      NextPaymentDateTime: '2017-08-13T00:00:00+00:00',
      StandingOrderStatusCode: 'ACTV',
      MandateRelatedInformation: {
        Frequency: { Type: 'MNTH', PointInTime: '15' },
        FirstPaymentDateTime: '2017-08-12T00:00:00+00:00',
        FinalPaymentDateTime: '2027-08-12T00:00:00+00:00',
      },
    });
  });

  it.each([
    ['EvryDay', { Type: 'DAIL' }],
    ['EvryWorkgDay', { Type: 'WODL' }],
    ['NotKnown', { Type: 'NONE' }],
    ['IntrvlWkDay:01:03', { Type: 'WEEK', PointInTime: '03' }],
    ['IntrvlWkDay:02:03', { Type: 'FRTN', PointInTime: '03' }],
    ['IntrvlWkDay:04:07', { Type: 'FOWK', PointInTime: '07' }],
    ['IntrvlMnthDay:01:31', { Type: 'MNTH', PointInTime: '31' }],
    ['IntrvlMnthDay:02:01', { Type: 'TWMH', PointInTime: '01' }],
    ['IntrvlMnthDay:03:01', { Type: 'QURT', PointInTime: '01' }],
    ['IntrvlMnthDay:04:01', { Type: 'FOMH', PointInTime: '01' }],
    ['IntrvlMnthDay:05:01', { Type: 'FIMH', PointInTime: '01' }],
    ['IntrvlMnthDay:06:30', { Type: 'MIAN', PointInTime: '30' }],
    ['IntrvlMnthDay:12:25', { Type: 'YEAR', PointInTime: '25' }],
  ])('%s has a code', (text, expected) => {
    expect(frequency(text)).toEqual(expected);
  });

  it.each([
    'IntrvlDay:15',
    'IntrvlWkDay:03:01',
    'WkInMnthDay:02:03',
    'IntrvlMnthDay:01:-01',
    'IntrvlMnthDay:24:01',
    'QtrDay:SCOTTISH',
  ])('%s stays, which v4.0 goes on taking', (text) => {
    expect(frequency(text)).toEqual({ Type: text });
    expect(unknownIn('getStandingOrders', { StandingOrder: [{ Frequency: text }] })).toEqual([]);
  });

  it.each(['IntrvlWkDay:01:08', 'IntrvlMnthDay:01:00', 'Sometimes'])(
    '%s, which is in no grammar, stays and is told',
    (code) => {
      expect(frequency(code)).toEqual({ Type: code });
      const pointer = '/Data/StandingOrder/0/Frequency';
      expect(unknownIn('getStandingOrders', { StandingOrder: [{ Frequency: code }] })).toEqual([
        { pointer, code },
      ]);
    },
  );

  it('that is inactive is not said to be suspended, cancelled or expired', () => {
    const order = { StandingOrderStatusCode: 'Inactive', SupplementaryData: { Own: 1 } };
    expect(translated(order)).toEqual({
      SupplementaryData: { Own: 1, V3StandingOrderStatusCode: 'Inactive' },
    });
    const odd = { StandingOrderStatusCode: 'Inactive', SupplementaryData: 'text' };
    expect(translated(odd)).toEqual(odd);
  });

  it('keeps what the bank says under the names of v4.0', () => {
    const both = { Reference: 'R', RemittanceInformation: { Unstructured: ['U'] } };
    expect(translated(both)).toEqual(both);
  });
});

describe('a scheduled payment', () => {
  it('has the address of a bank in the codes of v4.0, though v3.1 lists none there', () => {
    const payment = (AddressType: string) => ({ CreditorAgent: { PostalAddress: { AddressType } } });
    expect(data('getScheduledPayments', { ScheduledPayment: [payment('Business')] })).toEqual({
      ScheduledPayment: [payment('BIZZ')],
    });
  });
});

describe('the statement of an account', () => {
  it('keeps the types of its rates, whichever version they are from', () => {
    const StatementInterest = [{ RateType: 'UK.OBIE.Gross' }, { RateType: 'UK.OBIE.Cash' }];
    const Statement = [{ StatementInterest }];
    expect(data('getStatements', { Statement })).toEqual({ Statement });
    expect(unknownIn('getStatements', { Statement })).toEqual([]);
  });
});

describe('codes that nobody knows', () => {
  it('are told once for each kind of place, with the first such place', () => {
    const Transaction = ['Booked', 'Strange', 'Strange', 'Odd'].map((Status) => ({ Status }));
    expect(unknownIn('getTransactions', { Transaction })).toEqual([
      { pointer: '/Data/Transaction/1/Status', code: 'Strange' },
      { pointer: '/Data/Transaction/3/Status', code: 'Odd' },
    ]);
  });

  it('are told without what could be anything else', () => {
    const texts = ['Mrs Doe', '12345678', 'GB29NWBK60161331926819', 'jo@example.org', 'x'.repeat(41), ''];
    for (const Status of texts) {
      expect(unknownIn('getTransactions', { Transaction: [{ Status }] })).toEqual([
        { pointer: '/Data/Transaction/0/Status' },
      ]);
    }
  });

  it('are not told without end', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    const Transaction = letters.flatMap((a) => letters.map((b) => ({ Status: `Odd${a}${b}` })));
    expect(unknownIn('getTransactions', { Transaction })).toHaveLength(20);
    expect(data('getTransactions', { Transaction })).toEqual({ Transaction });
  });
});

describe('the risk of a payment consent', () => {
  const translated = (Risk: object) =>
    Object(responseToVersion4('getDomesticPaymentConsent', { Risk }).body).Risk;

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
  it('share what needs no translation, and are new where something does', () => {
    const amount = { Amount: '1.00', Currency: 'GBP' };
    const pending = { Status: 'PDNG', Amount: amount };
    const booked = { Status: 'Booked', Amount: amount };
    const answer = { Data: { Transaction: [pending, booked] }, Links: {}, Meta: {} };
    const body = Object(responseToVersion4('getTransactions', deepFreeze(answer)).body);
    expect(body.Links).toBe(answer.Links);
    expect(body.Data.Transaction[0]).toBe(pending);
    expect(body.Data.Transaction[1]).toEqual({ Status: 'BOOK', Amount: amount });
    expect(body.Data.Transaction[1].Amount).toBe(amount);
  });

  it('keep a member that is called like the prototype of all objects', () => {
    const text = '{"Data":{"Account":[{"__proto__":{"a":1},"AccountType":"Personal"}]}}';
    const { body } = responseToVersion4('getAccounts', JSON.parse(text));
    expect(JSON.stringify(body)).toBe(text.replace('AccountType', 'AccountCategory'));
  });

  it('of the samples are those of v4.0, but for the originals beside', () => {
    const consent = Object(
      responseToVersion4('getDomesticPaymentConsent', deepFreeze(sample.paymentConsentResponse('v3.1'))).body,
    );
    const expected = Object(sample.paymentConsentResponse('v4.0'));
    expected.Risk.V3PaymentContextCode = 'TransferToThirdParty';
    delete expected.Data.Initiation.RemittanceInformation.Structured[0].CreditorReferenceInformation.Code;
    expect(consent).toEqual(expected);
  });

  it('of a consent to ask about funds are those of v4.0', () => {
    const consent = deepFreeze(sample.fundsConsentResponse('v3.1'));
    const { body } = responseToVersion4('getFundsConfirmationConsent', consent);
    expect(body).toEqual(sample.fundsConsentResponse('v4.0'));
    const answer = responseToVersion4('createFundsConfirmation', sample.fundsAnswer());
    expect(answer).toEqual({ body: sample.fundsAnswer(), unknownCodes: [] });
  });

  it('that have nothing to translate come back as they are', () => {
    const answer = sample.fundsConfirmation();
    const { body } = responseToVersion4('getDomesticPaymentFundsConfirmation', answer);
    expect(body).toBe(answer);
    expect(answer).toEqual(sample.fundsConfirmation());
    expect(responseToVersion4('deleteAccountAccessConsent', null).body).toBeNull();
  });
});
