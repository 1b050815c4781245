// The translated operations and the published schemas of their bodies, written out: the translation is held against these.

export interface PublishedBody {
  operation: string;
  document: 'account-info' | 'payment-initiation' | 'confirmation-funds';
  schema: string;
}

export const requests: PublishedBody[] = [
  { operation: 'createAccountAccessConsent', document: 'account-info', schema: 'OBReadConsent1' },
  {
    operation: 'createDomesticPaymentConsent',
    document: 'payment-initiation',
    schema: 'OBWriteDomesticConsent4',
  },
  { operation: 'createDomesticPayment', document: 'payment-initiation', schema: 'OBWriteDomestic2' },
  {
    operation: 'createFundsConfirmationConsent',
    document: 'confirmation-funds',
    schema: 'OBFundsConfirmationConsent1',
  },
  { operation: 'createFundsConfirmation', document: 'confirmation-funds', schema: 'OBFundsConfirmation1' },
];

const accountInformation = { document: 'account-info' } as const;
const paymentInitiation = { document: 'payment-initiation' } as const;
const consent = { ...accountInformation, schema: 'OBReadConsentResponse1' };
const accounts = { ...accountInformation, schema: 'OBReadAccount6' };
const balances = { ...accountInformation, schema: 'OBReadBalance1' };
const transactions = { ...accountInformation, schema: 'OBReadTransaction6' };
const paymentConsent = { ...paymentInitiation, schema: 'OBWriteDomesticConsentResponse5' };
const fundsConsent = {
  document: 'confirmation-funds',
  schema: 'OBFundsConfirmationConsentResponse1',
} as const;
const payment = { ...paymentInitiation, schema: 'OBWriteDomesticResponse5' };

export const responses: PublishedBody[] = [
  { operation: 'createAccountAccessConsent', ...consent },
  { operation: 'getAccountAccessConsent', ...consent },
  { operation: 'getAccounts', ...accounts },
  { operation: 'getAccount', ...accounts },
  { operation: 'getAccountBalances', ...balances },
  { operation: 'getBalances', ...balances },
  { operation: 'getAccountTransactions', ...transactions },
  { operation: 'getTransactions', ...transactions },
  { operation: 'createDomesticPaymentConsent', ...paymentConsent },
  { operation: 'getDomesticPaymentConsent', ...paymentConsent },
  {
    operation: 'getDomesticPaymentFundsConfirmation',
    ...paymentInitiation,
    schema: 'OBWriteFundsConfirmationResponse1',
  },
  { operation: 'createDomesticPayment', ...payment },
  { operation: 'getDomesticPayment', ...payment },
  { operation: 'getDomesticPaymentDetails', ...paymentInitiation, schema: 'OBWritePaymentDetailsResponse1' },
  { operation: 'createFundsConfirmationConsent', ...fundsConsent },
  { operation: 'getFundsConfirmationConsent', ...fundsConsent },
  {
    operation: 'createFundsConfirmation',
    document: 'confirmation-funds',
    schema: 'OBFundsConfirmationResponse1',
  },
];
