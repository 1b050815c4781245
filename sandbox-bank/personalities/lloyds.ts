// Lloyds Banking Group: clients register without the refresh grant and are given refresh tokens all the same; the document
// misstates how answers come; three of the houses link to the first one's resource server.
import { apisBelow } from './habits.ts';
import type { PersonalityFacts } from './personality.ts';

const lloydsBase = 'https://secure-api.lloydsbank.com/prod01/lbg/lyds';

const common = {
  organisationId: '0015800000LLOYDSXX',
  organisationIdentifier: 'PSDGB-FCA-710006',
  clientAuthMethods: ['tls_client_auth'],
  discovery: { responseModes: ['query', 'form_post'] },
  tokenAnswers: [{ at: ['refresh'], of: ['accounts'], idToken: 'left-out' }],
} satisfies Partial<PersonalityFacts>;

interface House {
  issuer: string;
  base: string;
}

/** One brand of a house; `segment` ends its issuer. */
function brand(house: House, name: string, displayName: string, segment: string): PersonalityFacts {
  return {
    ...common,
    name: `Lloyds_${name}`,
    displayName,
    addresses: { issuer: `${house.issuer}/${segment}`, ...apisBelow(house.base, 'v3.1', 'v4.0') },
    registrationGroup: 'lloyds-production',
    registration: {
      version: '3.2',
      contentTypes: ['application/jose'],
      grantTypes: ['client_credentials', 'authorization_code'],
      managedWith: 'client-token-openid',
    },
    authorisation: {
      strongAuthentication: 'demanded',
      besideRequestObject: [{ parameter: 'nonce', of: ['accounts'] }],
    },
    resources: {
      refusedPermissions: ['ReadPAN'],
      links: [{ paths: ['account-access-consents'], withoutNewId: true }, ...foreignLinks(house)],
    },
  };
}

function foreignLinks({ base }: House) {
  if (base === lloydsBase) return [];
  const apis = ['v4.0/aisp', 'v3.1/pisp', 'v4.0/pisp'];
  return apis.map((api) => ({
    base: { own: `${base}/open-banking/${api}`, written: `${lloydsBase}/open-banking/${api}` },
  }));
}

function house(site: string, resourceSite: string, code: string): House {
  return {
    issuer: `https://authorise-api.${site}/prod01/channel/mtls/${code}`,
    base: `https://secure-api.${resourceSite}/prod01/lbg/${code}`,
  };
}

const lloydsBank = house('lloydsbank.co.uk', 'lloydsbank.com', 'lyds');
const halifax = house('halifax-online.co.uk', 'halifax.co.uk', 'hfx');
const bankOfScotland = house('bankofscotland.co.uk', 'bankofscotland.co.uk', 'bos');
const mbna = house('mbna.co.uk', 'mbna.co.uk', 'mbn');

const sandbox: PersonalityFacts = {
  ...common,
  name: 'Lloyds_Sandbox',
  displayName: 'Lloyds Sandbox',
  addresses: {
    issuer: 'https://lloyds-sandbox.example',
    // One base for all APIs.
    aisp: {
      'v3.1': 'https://lloyds-sandbox.example/open-banking/v3.1',
      'v4.0': 'https://lloyds-sandbox.example/open-banking/v4.0',
    },
    pisp: {
      'v3.1': 'https://lloyds-sandbox.example/open-banking/v3.1',
      'v4.0': 'https://lloyds-sandbox.example/open-banking/v4.0',
    },
  },
  registration: {
    version: '3.2',
    grantTypes: ['client_credentials', 'authorization_code'],
    subjectType: 'pairwise',
    organisationIdentifier: 'oid-hex',
    managedWith: 'registration-access-token',
  },
  authorisation: { strongAuthentication: 'refused' },
  subject: 'customer',
  resources: { refusedPermissions: ['ReadPAN'] },
};

export const allLloyds: PersonalityFacts[] = [
  sandbox,
  brand(lloydsBank, 'LloydsPersonal', 'Lloyds Bank', 'personal'),
  brand(lloydsBank, 'LloydsBusiness', 'Lloyds Bank Business', 'business'),
  // The public names are spelt so.
  brand(lloydsBank, 'LloydsCommerical', 'Lloyds Bank Commercial', 'commercial'),
  brand(halifax, 'HalifaxPersonal', 'Halifax', 'personal'),
  brand(bankOfScotland, 'BankOfScotlandPersonal', 'Bank of Scotland', 'personal'),
  brand(bankOfScotland, 'BankOfScotlandBusiness', 'Bank of Scotland Business', 'business'),
  brand(bankOfScotland, 'BankOfScotlandCommerical', 'Bank of Scotland Commercial', 'commercial'),
  brand(mbna, 'MbnaPersonal', 'MBNA', 'personal'),
];
