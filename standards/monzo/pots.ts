// What Monzo lets read beside the standard: https://docs.monzo.com/#pots
import { defineEndpoints } from '../uk-open-banking/endpoint.ts';
import { accountsPermissions } from '../uk-open-banking/permissions.ts';

export const pots = defineEndpoints({
  getMonzoPots: {
    ...{ document: null, api: 'accountInformation', method: 'GET', path: '/pots' },
    ...{ grant: 'authorization-code', scope: 'accounts', permissions: [accountsPermissions] },
    ...{ signed: 'neither', idempotent: false, query: [], status: 200, request: null, response: 'json' },
  },
});
