// The 4 endpoints of the confirmation of funds API (CBPII):
// https://openbankinguk.github.io/read-write-api-site3/v4.0/profiles/confirmation-of-funds-api-profile.html#endpoints
import { defineEndpoints } from './endpoint.ts';

const common = {
  document: 'confirmation-funds',
  api: 'fundsConfirmation',
  scope: 'fundsconfirmations',
  signed: 'neither',
  idempotent: false,
  permissions: [],
  query: [],
} as const;

const asClient = { ...common, grant: 'client-credentials' } as const;
const create = { ...common, method: 'POST', status: 201, request: 'json', response: 'json' } as const;
const oneConsent = {
  ...asClient,
  path: '/funds-confirmation-consents/{ConsentId}',
  request: null,
} as const;

export const confirmationOfFunds = defineEndpoints({
  createFundsConfirmationConsent: {
    ...create,
    grant: 'client-credentials',
    path: '/funds-confirmation-consents',
  },
  getFundsConfirmationConsent: { ...oneConsent, method: 'GET', status: 200, response: 'json' },
  deleteFundsConfirmationConsent: { ...oneConsent, method: 'DELETE', status: 204, response: null },
  createFundsConfirmation: { ...create, grant: 'authorization-code', path: '/funds-confirmations' },
});
