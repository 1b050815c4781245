// The 9 endpoints of variable recurring payments:
// https://openbankinguk.github.io/read-write-api-site3/v4.0/profiles/vrp-profile.html#endpoints
import { defineEndpoints } from './endpoint.ts';

const common = {
  document: 'vrp',
  api: 'paymentInitiation',
  scope: 'payments',
  permissions: [],
  query: [],
} as const;

const asClient = { ...common, grant: 'client-credentials' } as const;
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
  ...asClient,
  method: 'GET',
  signed: 'response',
  idempotent: false,
  status: 200,
  request: null,
  response: 'json',
} as const;
const oneConsent = '/domestic-vrp-consents/{ConsentId}';

/** Takes a consent of version 3.1 over into version 4.0. */
const migrate = {
  ...asClient,
  path: oneConsent,
  onlyIn: 'v4.0',
  signed: 'both',
  idempotent: true,
  status: 200,
  response: 'json',
} as const;

export const variableRecurringPayments = defineEndpoints({
  createVrpConsent: { ...create, grant: 'client-credentials', path: '/domestic-vrp-consents' },
  getVrpConsent: { ...read, path: oneConsent },
  deleteVrpConsent: {
    ...asClient,
    ...{ method: 'DELETE', path: oneConsent, signed: 'neither', idempotent: false },
    ...{ status: 204, request: null, response: null },
  },
  replaceVrpConsent: { ...migrate, method: 'PUT', request: 'json' },
  changeVrpConsent: { ...migrate, method: 'PATCH', request: 'json-patch' },
  confirmVrpFunds: {
    ...create,
    grant: 'authorization-code',
    idempotent: false,
    path: '/domestic-vrp-consents/{ConsentId}/funds-confirmation',
  },
  createVrp: { ...create, grant: 'authorization-code', path: '/domestic-vrps' },
  getVrp: { ...read, path: '/domestic-vrps/{DomesticVRPId}' },
  getVrpDetails: { ...read, path: '/domestic-vrps/{DomesticVRPId}/payment-details' },
});
