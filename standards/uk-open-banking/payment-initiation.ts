// The 41 endpoints of the payment initiation API:
// https://openbankinguk.github.io/read-write-api-site3/v4.0/profiles/payment-initiation-api-profile.html#endpoints
import { defineEndpoints } from './endpoint.ts';

const common = {
  document: 'payment-initiation',
  api: 'paymentInitiation',
  scope: 'payments',
  permissions: [],
  query: [],
} as const;

const create = {
  ...common,
  method: 'POST',
  signed: 'both',
  idempotent: true,
  status: 201,
  request: 'json',
  response: 'json',
} as const;
const read = {
  ...common,
  method: 'GET',
  grant: 'client-credentials',
  signed: 'response',
  idempotent: false,
  status: 200,
  request: null,
  response: 'json',
} as const;

const createConsent = { ...create, grant: 'client-credentials' } as const;
const createOrder = { ...create, grant: 'authorization-code' } as const;
const readFile = { ...read, response: 'file' } as const;
const confirmFunds = { ...read, grant: 'authorization-code' } as const;

export const paymentInitiation = defineEndpoints({
  createDomesticPaymentConsent: { ...createConsent, path: '/domestic-payment-consents' },
  getDomesticPaymentConsent: { ...read, path: '/domestic-payment-consents/{ConsentId}' },
  getDomesticPaymentFundsConfirmation: {
    ...confirmFunds,
    path: '/domestic-payment-consents/{ConsentId}/funds-confirmation',
  },
  createDomesticPayment: { ...createOrder, path: '/domestic-payments' },
  getDomesticPayment: { ...read, path: '/domestic-payments/{DomesticPaymentId}' },
  getDomesticPaymentDetails: { ...read, path: '/domestic-payments/{DomesticPaymentId}/payment-details' },

  createDomesticScheduledPaymentConsent: { ...createConsent, path: '/domestic-scheduled-payment-consents' },
  getDomesticScheduledPaymentConsent: { ...read, path: '/domestic-scheduled-payment-consents/{ConsentId}' },
  createDomesticScheduledPayment: { ...createOrder, path: '/domestic-scheduled-payments' },
  getDomesticScheduledPayment: { ...read, path: '/domestic-scheduled-payments/{DomesticScheduledPaymentId}' },
  getDomesticScheduledPaymentDetails: {
    ...read,
    path: '/domestic-scheduled-payments/{DomesticScheduledPaymentId}/payment-details',
  },

  createDomesticStandingOrderConsent: { ...createConsent, path: '/domestic-standing-order-consents' },
  getDomesticStandingOrderConsent: { ...read, path: '/domestic-standing-order-consents/{ConsentId}' },
  createDomesticStandingOrder: { ...createOrder, path: '/domestic-standing-orders' },
  getDomesticStandingOrder: { ...read, path: '/domestic-standing-orders/{DomesticStandingOrderId}' },
  getDomesticStandingOrderDetails: {
    ...read,
    path: '/domestic-standing-orders/{DomesticStandingOrderId}/payment-details',
  },

  createInternationalPaymentConsent: { ...createConsent, path: '/international-payment-consents' },
  getInternationalPaymentConsent: { ...read, path: '/international-payment-consents/{ConsentId}' },
  getInternationalPaymentFundsConfirmation: {
    ...confirmFunds,
    path: '/international-payment-consents/{ConsentId}/funds-confirmation',
  },
  createInternationalPayment: { ...createOrder, path: '/international-payments' },
  getInternationalPayment: { ...read, path: '/international-payments/{InternationalPaymentId}' },
  getInternationalPaymentDetails: {
    ...read,
    path: '/international-payments/{InternationalPaymentId}/payment-details',
  },

  createInternationalScheduledPaymentConsent: {
    ...createConsent,
    path: '/international-scheduled-payment-consents',
  },
  getInternationalScheduledPaymentConsent: {
    ...read,
    path: '/international-scheduled-payment-consents/{ConsentId}',
  },
  getInternationalScheduledPaymentFundsConfirmation: {
    ...confirmFunds,
    path: '/international-scheduled-payment-consents/{ConsentId}/funds-confirmation',
  },
  createInternationalScheduledPayment: { ...createOrder, path: '/international-scheduled-payments' },
  getInternationalScheduledPayment: {
    ...read,
    path: '/international-scheduled-payments/{InternationalScheduledPaymentId}',
  },
  getInternationalScheduledPaymentDetails: {
    ...read,
    path: '/international-scheduled-payments/{InternationalScheduledPaymentId}/payment-details',
  },

  createInternationalStandingOrderConsent: {
    ...createConsent,
    path: '/international-standing-order-consents',
  },
  getInternationalStandingOrderConsent: {
    ...read,
    path: '/international-standing-order-consents/{ConsentId}',
  },
  createInternationalStandingOrder: { ...createOrder, path: '/international-standing-orders' },
  getInternationalStandingOrder: {
    ...read,
    path: '/international-standing-orders/{InternationalStandingOrderPaymentId}',
  },
  getInternationalStandingOrderDetails: {
    ...read,
    path: '/international-standing-orders/{InternationalStandingOrderPaymentId}/payment-details',
  },

  createFilePaymentConsent: { ...createConsent, path: '/file-payment-consents' },
  getFilePaymentConsent: { ...read, path: '/file-payment-consents/{ConsentId}' },
  uploadPaymentFile: {
    ...createConsent,
    ...{ signed: 'request', status: 200, request: 'file', response: null },
    path: '/file-payment-consents/{ConsentId}/file',
  },
  getPaymentFile: { ...readFile, path: '/file-payment-consents/{ConsentId}/file' },
  createFilePayment: { ...createOrder, path: '/file-payments' },
  getFilePayment: { ...read, path: '/file-payments/{FilePaymentId}' },
  getFilePaymentDetails: { ...read, path: '/file-payments/{FilePaymentId}/payment-details' },
  getFilePaymentReport: { ...readFile, path: '/file-payments/{FilePaymentId}/report-file' },
});
