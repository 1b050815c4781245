// The Co-operative Bank: plain OAuth 2 with PKCE and a client secret, no OpenID Connect, and an authorisation request of
// its own making.
import { type BankProfileSource, defineGroup } from '../profile.ts';
import { finlabs } from '../sources.ts';

const scope = 'accounts offline';

function bank(
  apis: string,
  pages: string,
  loginHint: string,
): Pick<BankProfileSource, 'issuer' | 'accountInformation' | 'discovery' | 'grants'> {
  return {
    issuer: apis,
    accountInformation: { baseUrls: { 'v3.1': `${apis}/apis/retail/open-banking/v3.1/aisp` } },
    discovery: {
      document: {
        tokenEndpoint: `${apis}/apis/oauth/v1/oauth2/token`,
        authorizationEndpoint: `${pages}/openbanking/${loginHint}/oauthRedirect`,
      },
    },
    grants: {
      accountAccess: {
        authorisation: {
          pkce: true,
          // Nothing is encoded, so the space between the words has to be one already.
          scope: 'accounts+offline',
          extraParameters: {
            always: { login_hint: loginHint },
            onReauthorisation: { stepUp: 'require' },
          },
          reauthorisation: 'consent-status',
          consentIdParameter: 'display',
          parameterEncoding: 'none',
          singleParameter: 'data',
        },
        codeExchange: { tokenType: 'any-case', scope },
        refresh: { tokenType: 'any-case', scope },
      },
    },
  };
}

const production = 'https://openbanking-retail.apis.co-operativebank.co.uk';
const productionPages = 'https://bank.co-operativebank.co.uk';
const byHand = { dynamic: false, version: '3.2', tokenEndpointAuthMethod: 'client_secret_post' } as const;

export const cooperative = defineGroup(
  {
    group: 'Cooperative',
    source: finlabs,
    organisationId: { configured: 'FinancialId' },
    registration: { ...byHand, group: 'Production' },
    authorisation: { protocol: 'oauth2', responseType: 'code', responseMode: 'query' },
    clientCredentials: { tokenType: 'any-case', refreshToken: 'ignored' },
    permissionsNotOffered: [
      'ReadBeneficiariesBasic',
      'ReadBeneficiariesDetail',
      'ReadOffers',
      'ReadPAN',
      'ReadParty',
      'ReadPartyPSU',
      'ReadProducts',
      'ReadStatementsBasic',
      'ReadStatementsDetail',
    ],
  },
  {
    Cooperative_Cooperative: { brand: 'The Co-operative Bank', ...bank(production, productionPages, 'coop') },
    Cooperative_CooperativeSandbox: {
      brand: 'The Co-operative Bank sandbox',
      environment: 'sandbox',
      ...bank(
        'https://sandbox-openbanking-retail.apis.co-operativebanktest.co.uk',
        'https://sandbox-bank.co-operativebanktest.co.uk',
        'coop',
      ),
      registration: { ...byHand, group: 'Sandbox' },
      authorisation: {
        protocol: 'oauth2',
        responseType: 'code',
        responseMode: 'query',
        strongAuthentication: false,
      },
    },
    Cooperative_Smile: { brand: 'smile', ...bank(production, productionPages, 'smile') },
  },
);
