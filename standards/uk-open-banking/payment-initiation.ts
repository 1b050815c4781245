// The endpoints of the payment initiation API that are offered so far:
// https://openbankinguk.github.io/read-write-api-site3/v4.0/profiles/payment-initiation-api-profile.html#endpoints
import { defineEndpoints } from './endpoint.ts';
import * as requestsV3 from './v3.1/generated/payment-initiation.requests.ts';
import * as responsesV3 from './v3.1/generated/payment-initiation.responses.ts';
import * as requestsV4 from './v4.0/generated/payment-initiation.requests.ts';
import * as responsesV4 from './v4.0/generated/payment-initiation.responses.ts';

const consent = {
  'v3.1': responsesV3.OBWriteDomesticConsentResponse5,
  'v4.0': responsesV4.OBWriteDomesticConsentResponse5,
};
const payment = {
  'v3.1': responsesV3.OBWriteDomesticResponse5,
  'v4.0': responsesV4.OBWriteDomesticResponse5,
};

const common = {
  api: 'paymentInitiation',
  scope: 'payments',
  permissions: [],
  query: [],
  errors: { 'v3.1': responsesV3.OBErrorResponse1, 'v4.0': responsesV4.OBErrorResponse1 },
} as const;

const create = { ...common, method: 'POST', signed: 'both', idempotent: true, status: 201 } as const;
const read = {
  ...common,
  method: 'GET',
  signed: 'response',
  idempotent: false,
  status: 200,
  request: null,
} as const;

export const paymentInitiation = defineEndpoints({
  createDomesticPaymentConsent: {
    ...create,
    path: '/domestic-payment-consents',
    grant: 'client-credentials',
    request: { 'v3.1': requestsV3.OBWriteDomesticConsent4, 'v4.0': requestsV4.OBWriteDomesticConsent4 },
    response: consent,
  },
  getDomesticPaymentConsent: {
    ...read,
    path: '/domestic-payment-consents/{ConsentId}',
    grant: 'client-credentials',
    response: consent,
  },
  getDomesticPaymentFundsConfirmation: {
    ...read,
    path: '/domestic-payment-consents/{ConsentId}/funds-confirmation',
    grant: 'authorization-code',
    response: {
      'v3.1': responsesV3.OBWriteFundsConfirmationResponse1,
      'v4.0': responsesV4.OBWriteFundsConfirmationResponse1,
    },
  },
  createDomesticPayment: {
    ...create,
    path: '/domestic-payments',
    grant: 'authorization-code',
    request: { 'v3.1': requestsV3.OBWriteDomestic2, 'v4.0': requestsV4.OBWriteDomestic2 },
    response: payment,
  },
  getDomesticPayment: {
    ...read,
    path: '/domestic-payments/{DomesticPaymentId}',
    grant: 'client-credentials',
    response: payment,
  },
  getDomesticPaymentDetails: {
    ...read,
    path: '/domestic-payments/{DomesticPaymentId}/payment-details',
    grant: 'client-credentials',
    response: {
      'v3.1': responsesV3.OBWritePaymentDetailsResponse1,
      'v4.0': responsesV4.OBWritePaymentDetailsResponse1,
    },
  },
});
