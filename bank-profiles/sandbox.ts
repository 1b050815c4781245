// The banks of the sandbox that comes with the connector. Where it runs is a matter of configuration.
import { type Address, type BankProfileSource, defineGroup } from './profile.ts';

const browser = (path: string): Address => ({ configured: 'SANDBOX_BANK_BROWSER_URL', path });
const resources = (path: string): Address => ({ configured: 'SANDBOX_BANK_API_URL', path });

function apisOf(bank: string): Pick<BankProfileSource, 'accountInformation' | 'paymentInitiation'> {
  const baseUrls = (api: string) => ({
    'v3.1': resources(`/${bank}/open-banking/v3.1/${api}`),
    'v4.0': resources(`/${bank}/open-banking/v4.0/${api}`),
  });
  return {
    accountInformation: { version: 'v4.0', baseUrls: baseUrls('aisp') },
    paymentInitiation: { version: 'v4.0', baseUrls: baseUrls('pisp') },
  };
}

export const sandbox = defineGroup('Sandbox', {
  /** As most banks are: signed client assertions, code and ID token in the fragment. */
  Sandbox_Hybrid: {
    organisationId: '0015800001HALYARDB',
    issuer: browser('/hybrid'),
    ...apisOf('hybrid'),
    registration: { read: true, delete: true },
  },
  /** Known by certificate; a signed answer in the query, pushed authorisation requests, PKCE. */
  Sandbox_Jarm: {
    organisationId: '0015800001KESTRELB',
    issuer: browser('/jarm'),
    ...apisOf('jarm'),
    registration: { tokenEndpointAuthMethod: 'tls_client_auth', read: true, delete: true },
    authorisation: {
      responseType: 'code',
      responseMode: 'jwt',
      pushedAuthorisationRequest: true,
      pkce: true,
    },
  },
});
