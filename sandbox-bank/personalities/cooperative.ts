// The Co-operative Bank and Smile: plain OAuth 2 with PKCE, no OpenID Connect, no discovery; two entrances to one server.
import type { PersonalityFacts } from './personality.ts';

interface Entrance {
  brand: string;
  displayName: string;
  /** Host of the authorisation and resource servers. */
  server: string;
  authorisation: string;
  loginHint: string;
  entranceTo?: string;
}

function cooperative(entrance: Entrance): PersonalityFacts {
  const { brand, displayName, server, authorisation, loginHint, entranceTo } = entrance;
  return {
    name: `Cooperative_${brand}`,
    displayName,
    organisationId: '0015800000COOPERAT',
    organisationIdentifier: 'PSDGB-FCA-710003',
    clientAuthMethods: ['client_secret_post'],
    addresses: {
      issuer: server,
      authorisation,
      token: `${server}/apis/oauth/v1/oauth2/token`,
      aisp: { 'v3.1': `${server}/apis/retail/open-banking/v3.1/aisp` },
    },
    ...(entranceTo === undefined ? {} : { entranceTo }),
    discovery: { served: false },
    registration: { offered: false, version: '3.2' },
    authorisation: {
      responseTypes: ['code'],
      responseMode: 'query',
      fapi: 'none',
      pkce: 'required',
      plainOAuth: {
        scope: 'accounts offline',
        consentParameter: 'display',
        loginHint,
        repeated: { parameter: 'stepUp', value: 'require' },
        wholeQueryIn: 'data',
      },
    },
    tokenAnswers: [{ tokenType: 'bearer' }, { at: ['client-credentials'], refreshToken: 'unasked' }],
    resources: {
      contractPresentIndicator: 'corrected',
      refusedPermissions: [
        ...['ReadBeneficiariesBasic', 'ReadBeneficiariesDetail', 'ReadOffers', 'ReadPAN', 'ReadParty'],
        ...['ReadPartyPSU', 'ReadProducts', 'ReadStatementsBasic', 'ReadStatementsDetail'],
      ],
    },
  };
}

const server = 'https://openbanking-retail.apis.co-operativebank.co.uk';
const pages = 'https://bank.co-operativebank.co.uk/openbanking';

export const allCooperative: PersonalityFacts[] = [
  cooperative({
    brand: 'Cooperative',
    displayName: 'The Co-operative Bank',
    server,
    authorisation: `${pages}/coop/oauthRedirect`,
    loginHint: 'coop',
  }),
  cooperative({
    brand: 'CooperativeSandbox',
    displayName: 'The Co-operative Bank Sandbox',
    server: 'https://sandbox-openbanking-retail.apis.co-operativebanktest.co.uk',
    authorisation: 'https://sandbox-bank.co-operativebanktest.co.uk/openbanking/coop/oauthRedirect',
    loginHint: 'coop',
  }),
  cooperative({
    brand: 'Smile',
    displayName: 'Smile',
    server,
    authorisation: `${pages}/smile/oauthRedirect`,
    loginHint: 'smile',
    entranceTo: 'Cooperative_Cooperative',
  }),
];
