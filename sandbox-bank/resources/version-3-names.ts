// Version 3 names of the codes the bank works with: the sandbox bank thinks in version 4 and translates on the way out.
import type { MultiAuthorisationStatus } from './multi-authorisation.ts';
import type { PaymentStatus } from './payment-status.ts';
import type { ApiVersion, ConsentStatus } from './records.ts';

/** A customer's withdrawal and the end of time leave a version 3 consent `Authorised`: only its use is refused. */
const consentStatuses: Record<ConsentStatus, string> = {
  AWUP: 'AwaitingUpload',
  AWAU: 'AwaitingAuthorisation',
  AUTH: 'Authorised',
  COND: 'Consumed',
  RJCT: 'Rejected',
  CANC: 'Authorised',
  EXPD: 'Authorised',
};

/** A withdrawal that is final has a name of its own. */
const fundsConsentStatuses: Record<ConsentStatus, string> = { ...consentStatuses, CANC: 'Revoked' };

/** What was set up fails or is cancelled as a whole; of one payment alone neither is said here. */
const paymentStatuses: Record<PaymentStatus, string> = {
  RCVD: 'Pending',
  PDNG: 'Pending',
  PATC: 'Pending',
  ACTC: 'Pending',
  ACCP: 'Pending',
  ACFC: 'Pending',
  ACSP: 'AcceptedSettlementInProcess',
  ACWC: 'AcceptedSettlementInProcess',
  ACSC: 'AcceptedSettlementCompleted',
  ACWP: 'AcceptedWithoutPosting',
  // Version 3 has no word for what the receiver holds back.
  BLCK: 'AcceptedWithoutPosting',
  ACCC: 'AcceptedCreditSettlementCompleted',
  RJCT: 'Rejected',
  CANC: 'Rejected',
  INCO: 'AcceptedCreditSettlementCompleted',
  INFA: 'Rejected',
};

/** Scheduled payments, standing orders and files: whether they are set up, not whether money moved. */
const initiationStatuses: Record<PaymentStatus, string> = {
  RCVD: 'InitiationPending',
  PDNG: 'InitiationPending',
  PATC: 'InitiationPending',
  ACTC: 'InitiationPending',
  ACCP: 'InitiationPending',
  ACFC: 'InitiationPending',
  ACSP: 'InitiationCompleted',
  ACWC: 'InitiationCompleted',
  ACSC: 'InitiationCompleted',
  ACWP: 'InitiationCompleted',
  BLCK: 'InitiationCompleted',
  ACCC: 'InitiationCompleted',
  INCO: 'InitiationCompleted',
  RJCT: 'InitiationFailed',
  INFA: 'InitiationFailed',
  CANC: 'Cancelled',
};

/** payment-details knows more states than the payment itself. */
const paymentDetailStatuses: Record<PaymentStatus, string> = {
  ...paymentStatuses,
  RCVD: 'Received',
  PATC: 'PartiallyAcceptedTechnicalCorrect',
  ACTC: 'AcceptedTechnicalValidation',
  ACCP: 'AcceptedCustomerProfile',
  ACFC: 'AcceptedFundsChecked',
  ACWC: 'AcceptedWithChange',
  CANC: 'Cancelled',
};

const multiAuthorisationStatuses: Record<MultiAuthorisationStatus, string> = {
  AWAF: 'AwaitingFurtherAuthorisation',
  AUTH: 'Authorised',
  RJCT: 'Rejected',
};

const accountSubTypes = { CACC: 'CurrentAccount', SVGS: 'Savings', CARD: 'CreditCard' } as const;
const balanceTypes = { ITBD: 'InterimBooked', ITAV: 'InterimAvailable' } as const;
const transactionStatuses = { BOOK: 'Booked', PDNG: 'Pending' } as const;
const transactionCodes = {
  CCRD: 'CustomerCardTransactions',
  ICDT: 'IssuedCreditTransfers',
  RCDT: 'ReceivedCreditTransfers',
  IDDT: 'IssuedDirectDebits',
  RDDT: 'ReceivedDirectDebits',
  MCOP: 'MiscellaneousCreditOperations',
} as const;

/** Version 3 knows no more than whether a mandate is in force. */
const mandateStatuses = { ACTV: 'Active', CANC: 'Inactive', EXPI: 'Inactive', SUSP: 'Inactive' } as const;
const currencyRoles = { BCUR: 'BaseCurrency', LCUR: 'LocalCurrency' } as const;
const addressTypes = { BIZZ: 'Business', HOME: 'Residential', CORR: 'Correspondence' } as const;

export type BalanceType = keyof typeof balanceTypes;
export type TransactionCode = keyof typeof transactionCodes;

/** Every name as the given version spells it. */
export function namesOf(version: ApiVersion) {
  const old = version === 'v3.1';
  return {
    consentStatus: (code: ConsentStatus) => (old ? consentStatuses[code] : code),
    fundsConsentStatus: (code: ConsentStatus) => (old ? fundsConsentStatuses[code] : code),
    paymentStatus: (code: PaymentStatus) => (old ? paymentStatuses[code] : code),
    initiationStatus: (code: PaymentStatus) => (old ? initiationStatuses[code] : code),
    paymentDetailStatus: (code: PaymentStatus) => (old ? paymentDetailStatuses[code] : code),
    multiAuthorisationStatus: (code: MultiAuthorisationStatus) =>
      old ? multiAuthorisationStatuses[code] : code,
    accountSubType: (code: keyof typeof accountSubTypes) => (old ? accountSubTypes[code] : code),
    balanceType: (code: BalanceType) => (old ? balanceTypes[code] : code),
    transactionStatus: (code: keyof typeof transactionStatuses) => (old ? transactionStatuses[code] : code),
    mandateStatus: (code: keyof typeof mandateStatuses) => (old ? mandateStatuses[code] : code),
    currencyRole: (code: keyof typeof currencyRoles) => (old ? currencyRoles[code] : code),
    addressType: (code: keyof typeof addressTypes) => (old ? addressTypes[code] : code),
    transactionCode: (code: TransactionCode) => (old ? transactionCodes[code] : code),
  };
}
