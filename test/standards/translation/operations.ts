// The translated operations and the published schemas of their bodies, written out: the translation is held against these.

export interface PublishedBody {
  document: 'account-info' | 'confirmation-funds' | 'payment-initiation';
  schema: string;
  operations: [string, ...string[]];
}

const accountInformation = { document: 'account-info' } as const;
const paymentInitiation = { document: 'payment-initiation' } as const;
const confirmationOfFunds = { document: 'confirmation-funds' } as const;

interface PaymentFamily {
  /** In the names of its operations. */
  name: string;
  consent: string;
  order: string;
  consentAnswer: string;
  orderAnswer: string;
}

export const paymentFamilies: PaymentFamily[] = [
  {
    name: 'DomesticPayment',
    consent: 'OBWriteDomesticConsent4',
    order: 'OBWriteDomestic2',
    consentAnswer: 'OBWriteDomesticConsentResponse5',
    orderAnswer: 'OBWriteDomesticResponse5',
  },
  {
    name: 'DomesticScheduledPayment',
    consent: 'OBWriteDomesticScheduledConsent4',
    order: 'OBWriteDomesticScheduled2',
    consentAnswer: 'OBWriteDomesticScheduledConsentResponse5',
    orderAnswer: 'OBWriteDomesticScheduledResponse5',
  },
  {
    name: 'DomesticStandingOrder',
    consent: 'OBWriteDomesticStandingOrderConsent5',
    order: 'OBWriteDomesticStandingOrder3',
    consentAnswer: 'OBWriteDomesticStandingOrderConsentResponse6',
    orderAnswer: 'OBWriteDomesticStandingOrderResponse6',
  },
  {
    name: 'InternationalPayment',
    consent: 'OBWriteInternationalConsent5',
    order: 'OBWriteInternational3',
    consentAnswer: 'OBWriteInternationalConsentResponse6',
    orderAnswer: 'OBWriteInternationalResponse5',
  },
  {
    name: 'InternationalScheduledPayment',
    consent: 'OBWriteInternationalScheduledConsent5',
    order: 'OBWriteInternationalScheduled3',
    consentAnswer: 'OBWriteInternationalScheduledConsentResponse6',
    orderAnswer: 'OBWriteInternationalScheduledResponse6',
  },
  {
    name: 'InternationalStandingOrder',
    consent: 'OBWriteInternationalStandingOrderConsent6',
    order: 'OBWriteInternationalStandingOrder4',
    consentAnswer: 'OBWriteInternationalStandingOrderConsentResponse7',
    orderAnswer: 'OBWriteInternationalStandingOrderResponse7',
  },
  {
    name: 'FilePayment',
    consent: 'OBWriteFileConsent3',
    order: 'OBWriteFile2',
    consentAnswer: 'OBWriteFileConsentResponse4',
    orderAnswer: 'OBWriteFileResponse3',
  },
];

export const requests: PublishedBody[] = [
  { ...accountInformation, schema: 'OBReadConsent1', operations: ['createAccountAccessConsent'] },
  ...paymentFamilies.flatMap(({ name, consent, order }): PublishedBody[] => [
    { ...paymentInitiation, schema: consent, operations: [`create${name}Consent`] },
    { ...paymentInitiation, schema: order, operations: [`create${name}`] },
  ]),
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
  ...paymentFamilies.flatMap(({ name, consentAnswer, orderAnswer }): PublishedBody[] => [
    {
      ...paymentInitiation,
      schema: consentAnswer,
      operations: [`create${name}Consent`, `get${name}Consent`],
    },
    { ...paymentInitiation, schema: orderAnswer, operations: [`create${name}`, `get${name}`] },
  ]),
  {
    ...paymentInitiation,
    schema: 'OBWriteFundsConfirmationResponse1',
    operations: [
      'getDomesticPaymentFundsConfirmation',
      'getInternationalPaymentFundsConfirmation',
      'getInternationalScheduledPaymentFundsConfirmation',
    ],
  },
  {
    ...paymentInitiation,
    schema: 'OBWritePaymentDetailsResponse1',
    operations: [
      'getDomesticPaymentDetails',
      ...paymentFamilies.slice(1).map(({ name }) => `get${name}Details`),
    ],
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
  'getFilePaymentReport',
  'getPaymentFile',
  'uploadPaymentFile',
];
