// What the sandbox bank remembers: consents, payments and the keys requests came under.

export type ApiVersion = 'v3.1' | 'v4.0';
export type ConsentFamily = 'account-access' | 'domestic-payment' | 'funds-confirmation';

/** By version 4 code: awaiting, authorised, used up, rejected, cancelled by the customer, expired. */
export type ConsentStatus = 'AWAU' | 'AUTH' | 'COND' | 'RJCT' | 'CANC' | 'EXPD';

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
  creditorName: string;
  creditorIdentification: string;
  reference?: string;
  /** Set when the third party named the account that is to pay: no other may be chosen. */
  debtorIdentification?: string;
}

export interface AccountAccessConsent extends Consent {
  family: 'account-access';
  /** `Data` as it was sent. */
  data: AccountAccessRequest['Data'];
}

export interface PaymentConsent extends Consent {
  family: 'domestic-payment';
  payment: PaymentSummary;
  /** `Data` and `Risk` as they were sent. */
  data: PaymentConsentRequest['Data'];
  risk: object;
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
  consentId: string;
  clientId: string;
  version: ApiVersion;
  createdAtMs: number;
  debtorAccountId: string;
  amountMinor: number;
  /** Set when it is going to be rejected: the ISO 20022 reason. */
  rejection?: 'AM04' | 'AC04';
  /** When it was read, as far as reading moved it on. */
  readAtMs: number[];
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

/** The members the bank looks at; the rest is kept and compared as it came. */
export interface PaymentInitiation {
  InstructionIdentification: string;
  EndToEndIdentification: string;
  LocalInstrument?: string;
  InstructedAmount: { Amount: string; Currency: string };
  DebtorAccount?: CashAccount;
  CreditorAccount: CashAccount & { Name: string };
  RemittanceInformation?: {
    Reference?: string;
    Unstructured?: string | string[];
    Structured?: { CreditorReferenceInformation?: { Reference?: string } }[];
  };
}

export interface PaymentConsentRequest {
  Data: {
    Initiation: PaymentInitiation;
    ReadRefundAccount?: 'Yes' | 'No';
    Authorisation?: object;
    SCASupportData?: object;
  };
  Risk: object;
}

export interface PaymentRequest {
  Data: { ConsentId: string; Initiation: PaymentInitiation };
  Risk: object;
}

export interface FundsConsentRequest {
  Data: { DebtorAccount: CashAccount; ExpirationDateTime?: string };
}

export interface FundsRequest {
  Data: {
    ConsentId: string;
    Reference: string;
    InstructedAmount: { Amount: string; Currency: string };
  };
}
