// Every list of codes, by hand, complete against the list that v3.1 publishes and valid in the one that v4.0 publishes.
import { describe, expect, it } from 'vitest';
import { errorToVersion4, responseToVersion4 } from '../../../standards/uk-open-banking/translation/index.ts';
import { type PublishedSchema, PublishedValues } from './published-values.ts';

interface CodeList {
  name: string;
  document: 'account-info' | 'payment-initiation' | 'confirmation-funds';
  schema: string;
  /** Where the code stands in v3.1. */
  path: string;
  codes: Record<string, string>;
  /** Codes that v4.0 means but forgot to list there. */
  unlisted?: string[];
  translate(code: string): unknown;
}

const balance = {
  ClosingAvailable: 'CLAV',
  ClosingBooked: 'CLBD',
  ClosingCleared: 'CLAV',
  Expected: 'XPCD',
  ForwardAvailable: 'FWAV',
  Information: 'INFO',
  InterimAvailable: 'ITAV',
  InterimBooked: 'ITBD',
  InterimCleared: 'ITAV',
  OpeningAvailable: 'OPAV',
  OpeningBooked: 'OPBD',
  OpeningCleared: 'OPAV',
  PreviouslyClosedBooked: 'PRCD',
};
const address = {
  Business: 'BIZZ',
  Correspondence: 'CORR',
  DeliveryTo: 'DLVY',
  MailTo: 'MLTO',
  POBox: 'PBOX',
  Postal: 'ADDR',
  Residential: 'HOME',
  Statement: 'STAT',
};
const currency = { BaseCurrency: 'BCUR', LocalCurrency: 'LCUR' };
const details = {
  Accepted: 'ACCP',
  AcceptedCancellationRequest: 'PDNG',
  AcceptedCreditSettlementCompleted: 'ACCC',
  AcceptedCustomerProfile: 'ACCP',
  AcceptedFundsChecked: 'ACFC',
  AcceptedSettlementCompleted: 'ACSC',
  AcceptedSettlementInProcess: 'ACSP',
  AcceptedTechnicalValidation: 'ACTC',
  AcceptedWithChange: 'ACWC',
  AcceptedWithoutPosting: 'ACWP',
  Cancelled: 'CANC',
  NoCancellationProcess: 'PDNG',
  PartiallyAcceptedCancellationRequest: 'PDNG',
  PartiallyAcceptedTechnicalCorrect: 'PATC',
  PaymentCancelled: 'CANC',
  Pending: 'PDNG',
  PendingCancellationRequest: 'PDNG',
  Received: 'RCVD',
  Rejected: 'RJCT',
  RejectedCancellationRequest: 'PDNG',
};

const accountInfo = { document: 'account-info' } as const;
const payments = { document: 'payment-initiation' } as const;

const lists: CodeList[] = [
  {
    ...accountInfo,
    name: 'the status of an account-access consent',
    schema: 'OBReadConsentResponse1',
    path: 'Data.Status',
    codes: { AwaitingAuthorisation: 'AWAU', Authorised: 'AUTH', Rejected: 'RJCT', Revoked: 'CANC' },
    translate: (Status) => data('getAccountAccessConsent', { Status }).Status,
  },
  {
    ...accountInfo,
    name: 'the type of a balance',
    schema: 'OBReadBalance1',
    path: 'Data.Balance[].Type',
    codes: balance,
    translate: (Type) => data('getBalances', { Balance: [{ Type }] }).Balance[0].Type,
  },
  ...['Amount', 'LocalAmount'].map((name) => ({
    ...accountInfo,
    name: `the sub-type of ${name}`,
    schema: 'OBReadBalance1',
    path: `Data.Balance[].${name}.SubType`,
    codes: currency,
    translate: (SubType: string) =>
      data('getAccountBalances', { Balance: [{ [name]: { SubType } }] }).Balance[0][name].SubType,
  })),
  {
    ...accountInfo,
    name: 'the status of a transaction',
    schema: 'OBReadTransaction6',
    path: 'Data.Transaction[].Status',
    codes: { Booked: 'BOOK', Pending: 'PDNG', Rejected: 'RJCT' },
    translate: (Status) => data('getTransactions', { Transaction: [{ Status }] }).Transaction[0].Status,
  },
  {
    ...accountInfo,
    name: 'the type of a running balance',
    schema: 'OBReadTransaction6',
    path: 'Data.Transaction[].Balance.Type',
    codes: balance,
    translate: (Type) =>
      data('getAccountTransactions', { Transaction: [{ Balance: { Type } }] }).Transaction[0].Balance.Type,
  },
  ...['CreditorAgent', 'DebtorAgent'].map((agent) => ({
    ...accountInfo,
    name: `the type of the address of ${agent}`,
    schema: 'OBReadTransaction6',
    path: `Data.Transaction[].${agent}.PostalAddress.AddressType`,
    codes: address,
    translate: (AddressType: string) =>
      data('getTransactions', { Transaction: [{ [agent]: { PostalAddress: { AddressType } } }] })
        .Transaction[0][agent].PostalAddress.AddressType,
  })),
  {
    ...payments,
    name: 'the status of a payment consent',
    schema: 'OBWriteDomesticConsentResponse5',
    path: 'Data.Status',
    codes: { AwaitingAuthorisation: 'AWAU', Authorised: 'AUTH', Consumed: 'COND', Rejected: 'RJCT' },
    translate: (Status) => data('createDomesticPaymentConsent', { Status }).Status,
  },
  {
    document: 'confirmation-funds',
    name: 'the status of a consent to ask about funds',
    schema: 'OBFundsConfirmationConsentResponse1',
    path: 'Data.Status',
    codes: { AwaitingAuthorisation: 'AWAU', Authorised: 'AUTH', Rejected: 'RJCT', Revoked: 'CANC' },
    translate: (Status) => data('createFundsConfirmationConsent', { Status }).Status,
  },
  ...['getDomesticPaymentConsent', 'getDomesticPayment'].map((operation) => ({
    ...payments,
    name: `the type of the creditor's address in ${operation}`,
    schema:
      operation === 'getDomesticPayment' ? 'OBWriteDomesticResponse5' : 'OBWriteDomesticConsentResponse5',
    path: 'Data.Initiation.CreditorPostalAddress.AddressType',
    codes: address,
    translate: (AddressType: string) =>
      data(operation, { Initiation: { CreditorPostalAddress: { AddressType } } }).Initiation
        .CreditorPostalAddress.AddressType,
  })),
  {
    ...payments,
    name: 'the status of a payment',
    schema: 'OBWriteDomesticResponse5',
    path: 'Data.Status',
    codes: {
      Pending: 'PDNG',
      AcceptedSettlementInProcess: 'ACSP',
      AcceptedSettlementCompleted: 'ACSC',
      AcceptedWithoutPosting: 'ACWP',
      AcceptedCreditSettlementCompleted: 'ACCC',
      Rejected: 'RJCT',
    },
    translate: (Status) => data('createDomesticPayment', { Status }).Status,
  },
  {
    ...payments,
    name: 'the status of several authorisers',
    schema: 'OBWriteDomesticResponse5',
    path: 'Data.MultiAuthorisation.Status',
    codes: { Authorised: 'AUTH', AwaitingFurtherAuthorisation: 'AWAF', Rejected: 'RJCT' },
    translate: (Status) =>
      data('getDomesticPayment', { MultiAuthorisation: { Status } }).MultiAuthorisation.Status,
  },
  {
    ...payments,
    name: "the status in a payment's details",
    schema: 'OBWritePaymentDetailsResponse1',
    path: 'Data.PaymentStatus[].Status',
    codes: details,
    unlisted: ['RCVD', 'CANC'],
    translate: (Status) =>
      data('getDomesticPaymentDetails', { PaymentStatus: [{ Status }] }).PaymentStatus[0].Status,
  },
];

/** `any`, as bodies are: the assertions say what they find. */
function data(operation: string, Data: object) {
  return Object(responseToVersion4(operation, { Data })).Data;
}

function publishedCodes(version: 'v3.1' | 'v4.0', list: CodeList): string[] {
  let found: PublishedSchema | undefined;
  const values = new PublishedValues(version, list.document, (path, schema) => {
    if (path === list.path) found = schema;
    return schema;
  });
  values.of(list.schema);
  return found?.enum ?? [];
}

describe.each(lists)('$name', (list) => {
  it('has a code for every value of v3.1', () => {
    const published = publishedCodes('v3.1', list);
    expect(published.length).toBeGreaterThan(1);
    expect(Object.keys(list.codes).toSorted()).toEqual(published.toSorted());
    for (const [old, code] of Object.entries(list.codes)) expect(list.translate(old), old).toBe(code);
  });

  it('has codes of v4.0 only', () => {
    const published = [...publishedCodes('v4.0', list), ...(list.unlisted ?? [])];
    expect(Object.values(list.codes).filter((code) => !published.includes(code))).toEqual([]);
  });

  it('keeps a value that neither version knows, and a code of v4.0 that a bank sends early', () => {
    for (const code of ['Invented', 'constructor', ...publishedCodes('v4.0', list)]) {
      expect(list.translate(code)).toBe(code);
    }
  });
});

describe('error codes', () => {
  const codeOf = (ErrorCode: string) =>
    Object(errorToVersion4({ Errors: [{ ErrorCode }] })).Errors[0].ErrorCode;

  it.each([
    ['UK.OBIE.UnexpectedError', 'U000'],
    ['UK.OBIE.Field.Expected', 'U001'],
    ['UK.OBIE.Field.Invalid', 'U002'],
    ['UK.OBIE.Field.InvalidDate', 'U003'],
    ['UK.OBIE.Field.Missing', 'U004'],
    ['UK.OBIE.Field.Unexpected', 'U005'],
    ['UK.OBIE.Header.Invalid', 'U006'],
    ['UK.OBIE.Header.Missing', 'U007'],
    ['UK.OBIE.Resource.ConsentMismatch', 'U008'],
    ['UK.OBIE.Resource.InvalidConsentStatus', 'U009'],
    ['UK.OBIE.Resource.InvalidFormat', 'U010'],
    ['UK.OBIE.Resource.NotFound', 'U011'],
    ['UK.OBIE.Rules.AfterCutOffDateTime', 'U012'],
    ['UK.OBIE.Rules.DuplicateReference', 'U013'],
    ['UK.OBIE.Rules.FailsControlParameters', 'U014'],
    ['UK.OBIE.Signature.Invalid', 'U015'],
    ['UK.OBIE.Signature.InvalidClaim', 'U016'],
    ['UK.OBIE.Signature.MissingClaim', 'U017'],
    ['UK.OBIE.Signature.Malformed', 'U018'],
    ['UK.OBIE.Signature.Missing', 'U019'],
    ['UK.OBIE.Signature.Unexpected', 'U020'],
    ['UK.OBIE.Unsupported.AccountIdentifier', 'U021'],
    ['UK.OBIE.Unsupported.AccountSecondaryIdentifier', 'U022'],
    ['UK.OBIE.Unsupported.Currency', 'U023'],
    ['UK.OBIE.Unsupported.EventType', 'U024'],
    ['UK.OBIE.Unsupported.Frequency', 'U025'],
    ['UK.OBIE.Unsupported.LocalInstrument', 'U026'],
    ['UK.OBIE.Unsupported.Scheme', 'U027'],
    ['UK.OBIE.Reauthenticate', 'U028'],
    ['UK.OBIE.Rules.ResourceAlreadyExists', 'U029'],
  ])('%s is %s', (name, code) => {
    expect(codeOf(name)).toBe(code);
  });

  it.each(['UK.Bank.Own', 'AM04', 'U009'])('%s stays', (code) => {
    expect(codeOf(code)).toBe(code);
  });

  it('leave the rest of the body as it was', () => {
    const body = { Code: '400 BadRequest', Id: 'i-1', Message: 'No', Extra: 1 };
    const error = { Message: 'Field missing', Path: 'Data.Initiation', Url: 'https://bank.example', More: 2 };
    expect(errorToVersion4({ ...body, Errors: [{ ErrorCode: 'UK.OBIE.Field.Missing', ...error }] })).toEqual({
      ...body,
      Errors: [{ ErrorCode: 'U004', ...error }],
    });
  });
});
