// Every list of codes, by hand, complete against the list that v3.1 publishes and valid in the one that v4.0 publishes.
import { describe, expect, it } from 'vitest';
import type { DocumentName } from '../../../standards/uk-open-banking/endpoint.ts';
import { errorToVersion4, responseToVersion4 } from '../../../standards/uk-open-banking/translation/index.ts';
import { paymentFamilies } from './operations.ts';
import { bodyWith, valueAt } from './places.ts';
import { type PublishedSchema, PublishedValues } from './published-values.ts';

interface CodeList {
  name: string;
  document: DocumentName;
  schema: string;
  operation: string;
  /** Where the code stands in v3.1. */
  path: string;
  /** Where it stands in v4.0, if elsewhere. */
  pathInVersion4?: string;
  codes: Record<string, string>;
  /** Codes of v3.1 that none of v4.0 says the same as. */
  withoutCode?: string[];
  /** Codes that v4.0 means but forgot to list there. */
  unlisted?: string[];
}

const consentStatus = { AwaitingAuthorisation: 'AWAU', Authorised: 'AUTH', Rejected: 'RJCT' };
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
const frequency = {
  'UK.OBIE.Annual': 'YEAR',
  'UK.OBIE.Daily': 'DAIL',
  'UK.OBIE.Fortnightly': 'FRTN',
  'UK.OBIE.HalfYearly': 'MIAN',
  'UK.OBIE.Monthly': 'MNTH',
  'UK.OBIE.NotKnown': 'NONE',
  'UK.OBIE.Quarterly': 'QURT',
  'UK.OBIE.Weekly': 'WEEK',
};
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

const immediate = {
  codes: {
    Pending: 'PDNG',
    AcceptedSettlementInProcess: 'ACSP',
    AcceptedSettlementCompleted: 'ACSC',
    AcceptedWithoutPosting: 'ACWP',
    AcceptedCreditSettlementCompleted: 'ACCC',
    Rejected: 'RJCT',
  },
  unlisted: [],
};
const initiation = {
  InitiationPending: 'PDNG',
  InitiationCompleted: 'INCO',
  InitiationFailed: 'INFA',
};
const scheduled = {
  codes: { ...initiation, InitiationFailed: 'RJCT', Cancelled: 'CANC' },
  unlisted: ['INCO', 'CANC'],
};
const standingOrder = { codes: { ...initiation, Cancelled: 'CANC' }, unlisted: [] };
/** Of the families that are not carried out at once. */
const orderStatuses: Record<string, { codes: Record<string, string>; unlisted: string[] }> = {
  DomesticScheduledPayment: scheduled,
  InternationalScheduledPayment: scheduled,
  DomesticStandingOrder: standingOrder,
  InternationalStandingOrder: standingOrder,
  FilePayment: { codes: initiation, unlisted: [] },
};
const abroad = ['Creditor.PostalAddress', 'CreditorAgent.PostalAddress'];
const addresses: Record<string, string[]> = {
  DomesticPayment: ['CreditorPostalAddress'],
  DomesticScheduledPayment: ['CreditorPostalAddress'],
  InternationalPayment: abroad,
  InternationalScheduledPayment: abroad,
  InternationalStandingOrder: abroad,
};

const accountInfo = { document: 'account-info' } as const;
const payments = { document: 'payment-initiation' } as const;
const funds = { document: 'confirmation-funds' } as const;
const accounts = { ...accountInfo, schema: 'OBReadAccount6', operation: 'getAccounts' };
const balances = { ...accountInfo, schema: 'OBReadBalance1', operation: 'getBalances' };
const transactions = { ...accountInfo, schema: 'OBReadTransaction6', operation: 'getTransactions' };
const directDebits = { ...accountInfo, schema: 'OBReadDirectDebit2', operation: 'getDirectDebits' };
const standingOrders = { ...accountInfo, schema: 'OBReadStandingOrder6', operation: 'getStandingOrders' };
const statements = { ...accountInfo, schema: 'OBReadStatement2', operation: 'getStatements' };

const lists: CodeList[] = [
  {
    ...accountInfo,
    name: 'the status of an account-access consent',
    schema: 'OBReadConsentResponse1',
    operation: 'getAccountAccessConsent',
    path: 'Data.Status',
    codes: { ...consentStatus, Revoked: 'CANC' },
  },
  {
    ...accounts,
    name: 'the type of an account',
    path: 'Data.Account[].AccountType',
    pathInVersion4: 'Data.Account[].AccountCategory',
    codes: { Business: 'Business', Personal: 'Personal' },
  },
  { ...balances, name: 'the type of a balance', path: 'Data.Balance[].Type', codes: balance },
  ...['Amount', 'LocalAmount'].map((name) => ({
    ...balances,
    name: `the sub-type of the ${name} of a balance`,
    path: `Data.Balance[].${name}.SubType`,
    codes: currency,
  })),
  ...['Amount', 'LocalAmount'].map((name) => ({
    ...statements,
    name: `the sub-type of the ${name} of a statement`,
    path: `Data.Statement[].StatementAmount[].${name}.SubType`,
    codes: currency,
  })),
  {
    ...transactions,
    name: 'the status of a transaction',
    path: 'Data.Transaction[].Status',
    codes: { Booked: 'BOOK', Pending: 'PDNG', Rejected: 'RJCT' },
  },
  {
    ...transactions,
    name: 'the type of a running balance',
    path: 'Data.Transaction[].Balance.Type',
    codes: balance,
  },
  ...['CreditorAgent', 'DebtorAgent'].map((agent) => ({
    ...transactions,
    name: `the type of the address of the ${agent} of a transaction`,
    path: `Data.Transaction[].${agent}.PostalAddress.AddressType`,
    codes: address,
  })),
  {
    ...accountInfo,
    name: "the type of the address of a beneficiary's bank",
    schema: 'OBReadBeneficiary5',
    operation: 'getBeneficiaries',
    path: 'Data.Beneficiary[].CreditorAgent.PostalAddress.AddressType',
    codes: address,
  },
  {
    ...accountInfo,
    name: 'the type of the address of a party',
    schema: 'OBReadParty2',
    operation: 'getParty',
    path: 'Data.Party.Address[].AddressType',
    codes: address,
  },
  {
    ...accountInfo,
    name: 'the type of the address of one of several parties',
    schema: 'OBReadParty3',
    operation: 'getAccountParties',
    path: 'Data.Party[].Address[].AddressType',
    codes: address,
  },
  {
    ...directDebits,
    name: 'the status of a direct debit',
    path: 'Data.DirectDebit[].DirectDebitStatusCode',
    codes: { Active: 'ACTV' },
    withoutCode: ['Inactive'],
  },
  {
    ...directDebits,
    name: 'the frequency of a direct debit',
    path: 'Data.DirectDebit[].Frequency',
    pathInVersion4: 'Data.DirectDebit[].MandateRelatedInformation.Frequency.Type',
    codes: frequency,
  },
  {
    ...standingOrders,
    name: 'the status of a standing order',
    path: 'Data.StandingOrder[].StandingOrderStatusCode',
    codes: { Active: 'ACTV' },
    withoutCode: ['Inactive'],
  },
  {
    ...funds,
    name: 'the status of a consent to confirmations of funds',
    schema: 'OBFundsConfirmationConsentResponse1',
    operation: 'getFundsConfirmationConsent',
    path: 'Data.Status',
    codes: { ...consentStatus, Revoked: 'CANC' },
  },
  ...paymentFamilies.flatMap(({ name, consentAnswer, orderAnswer }): CodeList[] => {
    const consent = { ...payments, schema: consentAnswer, operation: `create${name}Consent` };
    const order = { ...payments, schema: orderAnswer, operation: `get${name}` };
    const uploaded = name === 'FilePayment' ? { AwaitingUpload: 'AWUP' } : {};
    const { codes, unlisted } = orderStatuses[name] ?? immediate;
    return [
      {
        ...consent,
        name: `the status of the consent to a ${name}`,
        path: 'Data.Status',
        codes: { ...consentStatus, ...uploaded, Consumed: 'COND' },
      },
      { ...order, name: `the status of a ${name}`, path: 'Data.Status', codes, unlisted },
      {
        ...order,
        name: `the status of several authorisers of a ${name}`,
        path: 'Data.MultiAuthorisation.Status',
        codes: { Authorised: 'AUTH', AwaitingFurtherAuthorisation: 'AWAF', Rejected: 'RJCT' },
      },
      ...[consent, order].flatMap((answer) =>
        (addresses[name] ?? []).map((place) => ({
          ...answer,
          name: `the type of the address ${place} in ${answer.operation}`,
          path: `Data.Initiation.${place}.AddressType`,
          codes: address,
        })),
      ),
      ...(name.startsWith('International') ? ['Creditor', 'Agent'] : []).map((party) => ({
        ...order,
        name: `the type of the address of the ${party} of a refund of a ${name}`,
        path: `Data.Refund.${party}.PostalAddress.AddressType`,
        codes: address,
      })),
    ];
  }),
  {
    ...payments,
    name: "the status in a payment's details",
    schema: 'OBWritePaymentDetailsResponse1',
    operation: 'getDomesticPaymentDetails',
    path: 'Data.PaymentStatus[].Status',
    codes: details,
    unlisted: ['RCVD', 'CANC'],
  },
];

function translated({ operation, path, pathInVersion4 = path }: CodeList, code: string) {
  const { body, unknownCodes } = responseToVersion4(operation, bodyWith(path, code));
  return { code: valueAt(body, pathInVersion4), unknownCodes };
}

function publishedCodes(version: 'v3.1' | 'v4.0', list: CodeList): string[] {
  const place = version === 'v3.1' ? list.path : (list.pathInVersion4 ?? list.path);
  const values = new PublishedValues(version, list.document);
  const codes = (schema: PublishedSchema = {}): string[] => {
    const { enum: closed, 'x-namespaced-enum': open, oneOf = [] } = values.resolve(schema);
    return closed ?? open ?? oneOf.flatMap(codes);
  };
  return codes(values.at(list.schema, place));
}

describe.each(lists)('$name', (list) => {
  const { codes, withoutCode = [], unlisted = [] } = list;

  it('has a code for every value of v3.1', () => {
    const published = publishedCodes('v3.1', list);
    expect(published.length).toBeGreaterThan(1);
    expect([...Object.keys(codes), ...withoutCode].toSorted()).toEqual(published.toSorted());
    for (const [old, code] of Object.entries(codes))
      expect(translated(list, old), old).toEqual({ code, unknownCodes: [] });
  });

  it('has codes of v4.0 only', () => {
    const published = [...publishedCodes('v4.0', list), ...unlisted];
    expect(Object.values(codes).filter((code) => !published.includes(code))).toEqual([]);
  });

  it('keeps a code of v4.0 that a bank sends early', () => {
    const published = publishedCodes('v4.0', list);
    expect(published.length).toBeGreaterThan(1);
    for (const code of published) expect(translated(list, code)).toEqual({ code, unknownCodes: [] });
  });

  it.each(['Invented', 'constructor', 'UK.Bank.Invented'])('keeps %s, and tells of it', (code) => {
    const pointer = `/${list.path.replaceAll('[]', '.0').replaceAll('.', '/')}`;
    expect(translated(list, code)).toEqual({ code, unknownCodes: [{ pointer, code }] });
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
