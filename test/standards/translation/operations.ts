// The translated operations and the published schemas of their bodies, written out: the translation is held against these.

export interface PublishedBody {
  document: 'account-info' | 'confirmation-funds' | 'payment-initiation';
  schema: string;
  operations: [string, ...string[]];
}

const accountInformation = { document: 'account-info' } as const;
const paymentInitiation = { document: 'payment-initiation' } as const;
const confirmationOfFunds = { document: 'confirmation-funds' } as const;

export const requests: PublishedBody[] = [
  { ...accountInformation, schema: 'OBReadConsent1', operations: ['createAccountAccessConsent'] },
  {
    ...paymentInitiation,
    schema: 'OBWriteDomesticConsent4',
    operations: ['createDomesticPaymentConsent'],
  },
  { ...paymentInitiation, schema: 'OBWriteDomestic2', operations: ['createDomesticPayment'] },
  {
    ...confirmationOfFunds,
    schema: 'OBFundsConfirmationConsent1',
    operations: ['createFundsConfirmationConsent'],
  },
  { ...confirmationOfFunds, schema: 'OBFundsConfirmation1', operations: ['createFundsConfirmation'] },
];

export const responses: PublishedBody[] = [
  {
    ...accountInformation,
    schema: 'OBReadConsentResponse1',
    operations: ['createAccountAccessConsent', 'getAccountAccessConsent'],
  },
  { ...accountInformation, schema: 'OBReadAccount6', operations: ['getAccounts', 'getAccount'] },
  { ...accountInformation, schema: 'OBReadBalance1', operations: ['getAccountBalances', 'getBalances'] },
  {
    ...accountInformation,
    schema: 'OBReadBeneficiary5',
    operations: ['getAccountBeneficiaries', 'getBeneficiaries'],
  },
  {
    ...accountInformation,
    schema: 'OBReadDirectDebit2',
    operations: ['getAccountDirectDebits', 'getDirectDebits'],
  },
  { ...accountInformation, schema: 'OBReadOffer1', operations: ['getAccountOffers', 'getOffers'] },
  { ...accountInformation, schema: 'OBReadParty3', operations: ['getAccountParties'] },
  { ...accountInformation, schema: 'OBReadParty2', operations: ['getAccountParty', 'getParty'] },
  { ...accountInformation, schema: 'OBReadProduct2', operations: ['getAccountProduct', 'getProducts'] },
  {
    ...accountInformation,
    schema: 'OBReadScheduledPayment3',
    operations: ['getAccountScheduledPayments', 'getScheduledPayments'],
  },
  {
    ...accountInformation,
    schema: 'OBReadStandingOrder6',
    operations: ['getAccountStandingOrders', 'getStandingOrders'],
  },
  {
    ...accountInformation,
    schema: 'OBReadStatement2',
    operations: ['getAccountStatements', 'getStatements', 'getAccountStatement'],
  },
  {
    ...accountInformation,
    schema: 'OBReadTransaction6',
    operations: ['getAccountTransactions', 'getTransactions', 'getAccountStatementTransactions'],
  },
  {
    ...paymentInitiation,
    schema: 'OBWriteDomesticConsentResponse5',
    operations: ['createDomesticPaymentConsent', 'getDomesticPaymentConsent'],
  },
  {
    ...paymentInitiation,
    schema: 'OBWriteFundsConfirmationResponse1',
    operations: ['getDomesticPaymentFundsConfirmation'],
  },
  {
    ...paymentInitiation,
    schema: 'OBWriteDomesticResponse5',
    operations: ['createDomesticPayment', 'getDomesticPayment'],
  },
  {
    ...paymentInitiation,
    schema: 'OBWritePaymentDetailsResponse1',
    operations: ['getDomesticPaymentDetails'],
  },
  {
    ...confirmationOfFunds,
    schema: 'OBFundsConfirmationConsentResponse1',
    operations: ['createFundsConfirmationConsent', 'getFundsConfirmationConsent'],
  },
  {
    ...confirmationOfFunds,
    schema: 'OBFundsConfirmationResponse1',
    operations: ['createFundsConfirmation'],
  },
];

/** Nothing of theirs is JSON. */
export const withoutBody = [
  'deleteAccountAccessConsent',
  'deleteFundsConfirmationConsent',
  'getAccountStatementFile',
];
