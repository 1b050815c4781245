// The banks of the sandbox that comes with the connector. Where it runs is a matter of configuration.
import { type BankProfileSource, defineGroup, everyGrant } from '../profile.ts';
import type { Address } from '../schema/address.ts';

const browser = (path: string): Address => ({ variable: 'SANDBOX_BANK_BROWSER_URL', path });
const resources = (path: string): Address => ({ variable: 'SANDBOX_BANK_API_URL', path });

type Apis = Pick<BankProfileSource, 'accountInformation' | 'paymentInitiation' | 'fundsConfirmation'>;

function apisOf(bank: string): Apis {
  const baseUrls = (api: string) => ({
    'v3.1': resources(`/${bank}/open-banking/v3.1/${api}`),
    'v4.0': resources(`/${bank}/open-banking/v4.0/${api}`),
  });
  return {
    accountInformation: { baseUrls: baseUrls('aisp') },
    paymentInitiation: { baseUrls: baseUrls('pisp') },
    fundsConfirmation: { baseUrls: baseUrls('cbpii') },
  };
}

/** Its payments are authorised once, and their tokens end soon. */
const noRefreshOfPayments = { codeExchange: { refreshToken: 'optional' } } as const;

export const sandbox = defineGroup(
  { group: 'Sandbox', environment: 'sandbox', source: 'sandbox-bank/personalities' },
  {
    /** As most banks are: signed client assertions, code and ID token in the fragment. */
    Sandbox_Hybrid: {
      brand: 'Halyard Bank',
      organisationId: '0015800001HALYARDB',
      issuer: browser('/hybrid'),
      ...apisOf('hybrid'),
      registration: { read: true, update: true, delete: true },
      grants: { domesticPayment: noRefreshOfPayments },
    },
    /** Known by certificate; a signed answer in the query, pushed authorisation requests, PKCE. */
    Sandbox_Jarm: {
      brand: 'Kestrel Bank',
      organisationId: '0015800001KESTRELB',
      issuer: browser('/jarm'),
      ...apisOf('jarm'),
      registration: { tokenEndpointAuthMethod: 'tls_client_auth', read: true, update: true, delete: true },
      authorisation: { responseType: 'code', responseMode: 'jwt', pushedAuthorisationRequest: true },
      idToken: { subject: 'customer' },
      grants: {
        ...everyGrant({ authorisation: { pkce: true } }),
        domesticPayment: { authorisation: { pkce: true }, ...noRefreshOfPayments },
      },
    },
  },
);
