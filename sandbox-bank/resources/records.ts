// What the sandbox bank remembers: consents, payments and the keys requests came under.
import type { Authorisers } from './multi-authorisation.ts';
import type { PaymentFamily } from './payment-families.ts';

export type ApiVersion = 'v3.1' | 'v4.0';
export type ConsentFamily = 'account-access' | PaymentFamily | 'funds-confirmation';

/** By version 4 code: awaiting its file or its customer, authorised, used up, rejected, cancelled by the customer, expired. */
export type ConsentStatus = 'AWUP' | 'AWAU' | 'AUTH' | 'COND' | 'RJCT' | 'CANC' | 'EXPD';

export interface Consent {
  consentId: string;
  family: ConsentFamily;
  version: ApiVersion;
  clientId: string;
  status: ConsentStatus;
  createdAtMs: number;
  statusChangedAtMs: number;
  /** Account access: what was asked for. Others: empty. */
  permissions: string[];
  /** When the access ends; absent for access without end. */
  expiresAtMs?: number;
  /** The customer who decided and the accounts chosen (for a payment the one that pays, for funds the one asked about). */
  psu?: string;
  accountIds: string[];
  /** Payments: what the customer is shown. */
  payment?: PaymentSummary;
  /** Funds: the account asked about, as the third party named it. */
  debtorAccount?: CashAccount;
}

export interface PaymentSummary {
  amount: string;
  currency: string;
  /** Nobody in particular for a file of payments. */
  creditor?: { name: string; identification: string };
  reference?: string;
  /** What else there is to know: when, how often, in which currency. */
  details: PaymentDetail[];
  /** What leaves the account, in minor units of its currency, where that is not the amount. */
  debitMinor?: number;
  /** Set when the third party named the account that is to pay: no other may be chosen. */
  debtorIdentification?: string;
}

export interface PaymentDetail {
  term: string;
  detail: string;
}

export interface AccountAccessConsent extends Consent {
  family: 'account-access';
  /** `Data` as it was sent. */
  data: AccountAccessRequest['Data'];
}

export interface PaymentConsent extends Consent {
  family: PaymentFamily;
  payment: PaymentSummary;
  /** `Data` and `Risk` as they were sent; files have no `Risk`. */
  data: PaymentConsentRequest['Data'];
  risk?: object;
  quote?: Quote;
  /** Where the bank has a cut-off time. */
  cutOffMs?: number;
  /** When the money is expected to leave, where that is known. */
  expectedAtMs?: number;
}

export interface FundsConsent extends Consent {
  family: 'funds-confirmation';
  debtorAccount: CashAccount;
  /** `Data` as it was sent. */
  data: FundsConsentRequest['Data'];
}

export type StoredConsent = AccountAccessConsent | PaymentConsent | FundsConsent;

export interface Payment {
  paymentId: string;
  family: PaymentFamily;
  consentId: string;
  clientId: string;
  version: ApiVersion;
  createdAtMs: number;
  debtorAccountId: string;
  amountMinor: number;
  /** Set when it is going to be rejected: the ISO 20022 reason. */
  rejection?: 'AM04' | 'AC04';
  /** When its money is to leave, where that is later than at once. */
  executeAtMs?: number;
  /** When its customer cancelled it. */
  cancelledAtMs?: number;
  /** Present where more than one person has to agree. */
  authorisers?: Authorisers;
  /** When it was read, as far as reading moved it on. */
  readAtMs: number[];
}

/** A file as it came. */
export interface UploadedFile {
  contentType: string;
  bytes: Uint8Array;
}

export interface FileTransaction {
  /** As the file writes it. */
  endToEndIdentification: string;
  amountMinor: number;
}

/** Kept as text, as the journal has it. */
export interface StoredFile {
  contentType: string;
  base64: string;
  transactions: FileTransaction[];
}

/** Under which key a request came first, what it said and what it made. */
export interface IdempotencyRecord {
  bodyHash: string;
  resourceId: string;
  firstUsedAtMs: number;
}

export interface AccountAccessRequest {
  Data: {
    Permissions: string[];
    ExpirationDateTime?: string;
    TransactionFromDateTime?: string;
    TransactionToDateTime?: string;
  };
  Risk: object;
}

export interface CashAccount {
  SchemeName: string;
  Identification: string;
  Name?: string;
}

export interface Money {
  Amount: string;
  Currency: string;
}

/** The members the bank looks at, of all families; which of them there are, the published schema says. */
export interface PaymentInitiation {
  EndToEndIdentification?: string;
  LocalInstrument?: string;
  InstructedAmount?: Money;
  CurrencyOfTransfer?: string;
  ExchangeRateInformation?: ExchangeRateWish;
  ChargeBearer?: string;
  RequestedExecutionDateTime?: string;
  FirstPaymentAmount?: Money;
  RecurringPaymentAmount?: Money;
  FinalPaymentAmount?: Money;
  /** Standing orders of version 3. */
  Frequency?: string;
  Reference?: string;
  FirstPaymentDateTime?: string;
  RecurringPaymentDateTime?: string;
  FinalPaymentDateTime?: string;
  /** Standing orders of version 4. */
  MandateRelatedInformation?: Mandate;
  NumberOfPayments?: string;
  FileType?: string;
  FileHash?: string;
  FileReference?: string;
  NumberOfTransactions?: string;
  ControlSum?: number;
  DebtorAccount?: CashAccount;
  CreditorAccount?: CashAccount & { Name: string };
  RemittanceInformation?: {
    Reference?: string;
    Unstructured?: string | string[];
    Structured?: { CreditorReferenceInformation?: { Reference?: string } }[];
  };
}

export interface ExchangeRateWish {
  UnitCurrency: string;
  RateType: 'Actual' | 'Agreed' | 'Indicative';
  ExchangeRate?: number;
  ContractIdentification?: string;
}

/** The rate of a payment abroad, as the bank tells it. */
export interface Quote extends ExchangeRateWish {
  ExchangeRate: number;
  /** Of a rate that the bank holds itself to. */
  expiresAtMs?: number;
}

export interface Mandate {
  Frequency: { Type: string; CountPerPeriod?: number; PointInTime?: string };
  FirstPaymentDateTime?: string;
  RecurringPaymentDateTime?: string;
  FinalPaymentDateTime?: string;
}

export interface PaymentConsentRequest {
  Data: {
    Initiation: PaymentInitiation;
    Permission?: 'Create';
    ReadRefundAccount?: 'Yes' | 'No';
    Authorisation?: { AuthorisationType: 'Any' | 'Single'; CompletionDateTime?: string };
    SCASupportData?: object;
  };
  Risk?: object;
}

export interface PaymentRequest {
  Data: { ConsentId: string; Initiation: PaymentInitiation };
  Risk?: object;
}

export interface FundsConsentRequest {
  Data: { DebtorAccount: CashAccount; ExpirationDateTime?: string };
}

export interface FundsRequest {
  Data: {
    ConsentId: string;
    Reference: string;
    InstructedAmount: Money;
  };
}
