// Bodies as a bank and its client exchange them, rich enough that a mutation meets every kind of schema.
import type { ApiVersion } from '../../standards/uk-open-banking/endpoint.ts';

const links = {
  Self: 'https://bank.example/open-banking/self',
  Next: 'https://bank.example/open-banking/next',
};
const meta = { TotalPages: 2, FirstAvailableDateTime: '2026-01-01T00:00:00Z' };
const money = { Amount: '165.88', Currency: 'GBP' };
const creditor = {
  SchemeName: 'UK.OBIE.SortCodeAccountNumber',
  Identification: '08080021325698',
  Name: 'ACME Inc',
  SecondaryIdentification: '0002',
};
const byVersion = <Old, New>(version: ApiVersion, old: Old, current: New) =>
  version === 'v3.1' ? old : current;

export function accountConsentRequest() {
  return {
    Data: {
      Permissions: ['ReadAccountsDetail', 'ReadBalances'],
      ExpirationDateTime: '2027-05-02T00:00:00+00:00',
      TransactionFromDateTime: '2026-05-03T00:00:00+00:00',
    },
    Risk: {},
  };
}

export function accountConsentResponse(version: ApiVersion) {
  return {
    Data: {
      ConsentId: 'aac-1',
      CreationDateTime: '2026-05-02T00:00:00+00:00',
      Status: byVersion(version, 'Authorised', 'AUTH'),
      StatusUpdateDateTime: '2026-05-02T00:00:00+00:00',
      Permissions: ['ReadAccountsBasic'],
    },
    Risk: {},
    Links: links,
    Meta: meta,
  };
}

export function accounts(version: ApiVersion) {
  const kind = byVersion(version, { AccountSubType: 'CurrentAccount' }, { AccountTypeCode: 'CACC' });
  const account = {
    AccountId: '22289',
    Status: 'Enabled',
    StatusUpdateDateTime: '2026-01-01T06:06:06+00:00',
    Currency: 'GBP',
    Nickname: 'Bills',
    Account: [creditor],
    Servicer: { SchemeName: 'UK.OBIE.BICFI', Identification: '80200112344562' },
    ...kind,
  };
  return { Data: { Account: [account] }, Links: links, Meta: meta };
}

export function balances(version: ApiVersion) {
  const balance = {
    AccountId: '22289',
    Amount: money,
    CreditDebitIndicator: 'Credit',
    Type: byVersion(version, 'InterimAvailable', 'ITAV'),
    DateTime: '2026-04-05T10:43:07+00:00',
    CreditLine: [{ Included: true, Amount: money, Type: 'Pre-Agreed' }],
  };
  return { Data: { Balance: [balance] }, Links: links, Meta: meta };
}

export function transactions(version: ApiVersion) {
  const transaction = {
    AccountId: '22289',
    TransactionId: '123',
    TransactionReference: 'Ref 1',
    Amount: money,
    CreditDebitIndicator: 'Debit',
    Status: byVersion(version, 'Booked', 'BOOK'),
    BookingDateTime: '2026-04-05T10:43:07+00:00',
    ValueDateTime: '2026-04-05T10:45:22+01:00',
    TransactionInformation: 'Cash from Aubrey',
    StatementReference: ['s-1'],
    BankTransactionCode: { Code: 'ReceivedCreditTransfer', SubCode: 'DomesticCreditTransfer' },
    MerchantDetails: { MerchantName: 'Shop', MerchantCategoryCode: '5411' },
    CurrencyExchange: { SourceCurrency: 'USD', ExchangeRate: 1.25 },
  };
  return { Data: { Transaction: [transaction] }, Links: links, Meta: meta };
}

function initiation(version: ApiVersion) {
  return {
    InstructionIdentification: 'ACME412',
    EndToEndIdentification: 'FRESCO.21302.GFX.20',
    InstructedAmount: money,
    CreditorAccount: creditor,
    CreditorPostalAddress: {
      AddressType: byVersion(version, 'Business', 'BIZZ'),
      AddressLine: ['1 High Street'],
      Country: 'GB',
    },
    RemittanceInformation: byVersion(
      version,
      { Reference: 'FRESCO-101', Unstructured: 'Internal ops code 5120101' },
      {
        Structured: [{ CreditorReferenceInformation: { Code: 'SCOR', Reference: 'FRESCO-101' } }],
        Unstructured: ['Internal ops code 5120101'],
      },
    ),
  };
}

function risk(version: ApiVersion) {
  const flag = byVersion(version, 'ContractPresentInidicator', 'ContractPresentIndicator');
  return { PaymentContextCode: 'TransferToThirdParty', [flag]: true };
}

export function paymentConsentRequest(version: ApiVersion) {
  const Data = {
    ReadRefundAccount: 'Yes',
    Initiation: initiation(version),
    Authorisation: { AuthorisationType: 'Any', CompletionDateTime: '2026-11-21T00:00:00Z' },
    SCASupportData: { RequestedSCAExemptionType: 'PartyToParty', AppliedAuthenticationApproach: 'SCA' },
  };
  return { Data, Risk: risk(version) };
}

export function paymentConsentResponse(version: ApiVersion) {
  const Data = {
    ConsentId: 'pdc-1',
    CreationDateTime: '2026-11-20T00:00:00Z',
    Status: byVersion(version, 'AwaitingAuthorisation', 'AWAU'),
    StatusUpdateDateTime: '2026-11-20T00:00:00Z',
    Initiation: initiation(version),
    Charges: [{ ChargeBearer: 'BorneByDebtor', Type: 'UK.OBIE.CHAPSOut', Amount: money }],
  };
  return { Data, Risk: risk(version), Links: links, Meta: {} };
}

export function paymentRequest(version: ApiVersion) {
  return { Data: { ConsentId: 'pdc-1', Initiation: initiation(version) }, Risk: risk(version) };
}

export function payment(version: ApiVersion) {
  const Data = {
    DomesticPaymentId: 'pmt-1',
    ConsentId: 'pdc-1',
    CreationDateTime: '2026-11-20T00:00:00Z',
    Status: byVersion(version, 'Pending', 'RCVD'),
    StatusUpdateDateTime: '2026-11-20T00:00:00Z',
    Initiation: initiation(version),
    MultiAuthorisation: { Status: byVersion(version, 'Authorised', 'AUTH'), NumberRequired: 2 },
  };
  return { Data, Links: links, Meta: {} };
}

export function fundsConfirmation() {
  const FundsAvailableResult = { FundsAvailableDateTime: '2026-11-20T00:00:00Z', FundsAvailable: true };
  return { Data: { FundsAvailableResult }, Links: links, Meta: {} };
}

export function fundsConsentRequest() {
  return { Data: { ExpirationDateTime: '2027-05-02T00:00:00+00:00', DebtorAccount: creditor } };
}

export function fundsConsentResponse(version: ApiVersion) {
  const Data = {
    ConsentId: 'fcc-1',
    CreationDateTime: '2026-11-20T00:00:00Z',
    Status: byVersion(version, 'Authorised', 'AUTH'),
    StatusUpdateDateTime: '2026-11-20T00:00:00Z',
    ...fundsConsentRequest().Data,
  };
  return { Data, Links: links, Meta: {} };
}

/** Whether funds are there for a card's payment. */
export function fundsQuestion() {
  return { Data: { ConsentId: 'fcc-1', Reference: 'PURCHASE-7', InstructedAmount: money } };
}

export function fundsAnswer() {
  const own = { FundsConfirmationId: 'fc-1', CreationDateTime: '2026-11-20T00:00:00Z', FundsAvailable: true };
  return { Data: { ...own, ...fundsQuestion().Data }, Links: links, Meta: {} };
}
