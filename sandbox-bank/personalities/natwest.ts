// NatWest Group: each brand has an issuer of its own, but most speak in ID tokens, and want to be addressed in request
// objects, by the name of their house.
import { apisBelow, withoutStrongAuthentication } from './habits.ts';
import type { PersonalityFacts } from './personality.ts';

const natwestGroup = {
  registration: {
    version: '3.2',
    organisationIdentifier: 'oid-hex',
    subjectName: 'always',
    methods: [],
  },
  clientAuthMethods: ['private_key_jwt'],
  authorisation: { strongAuthentication: 'demanded' },
  refreshTokensFor: ['accounts', 'payments'],
  tokenAnswers: [{ at: ['refresh'], idToken: 'left-out' }],
  idTokens: [{ acr: withoutStrongAuthentication }],
  resources: { refusedPermissions: ['ReadParty', 'ReadPartyPSU', 'ReadPAN'] },
} satisfies Partial<PersonalityFacts>;

const organisations = {
  natwest: { organisationId: '0015800000jfwxXAAQ', organisationIdentifier: 'PSDGB-FCA-710009' },
  rbs: { organisationId: '0015800000jfwB4AAI', organisationIdentifier: 'PSDGB-FCA-710011' },
  coutts: { organisationId: '0015800000ti1PbAAI', organisationIdentifier: 'PSDGB-FCA-710012' },
};

/** A house: a domain, its organisation, and the brands that share clients and the house's name. */
function house(domain: string, registrationGroup: string, organisation: keyof typeof organisations) {
  const name = `https://secure1.${domain}`;
  return (brand: string, displayName: string, prefix: string): PersonalityFacts => ({
    ...natwestGroup,
    ...organisations[organisation],
    name: `NatWest_${brand}`,
    displayName,
    addresses: {
      issuer: `https://${prefix}.secure1.${domain}`,
      ...apisBelow(`https://api.${domain}`, 'v3.1', 'v4.0'),
    },
    registrationGroup,
    authorisation: { ...natwestGroup.authorisation, audience: name },
    idTokens: [...natwestGroup.idTokens, { issuer: name }],
  });
}

const natwest = house('natwest.com', 'natwest-production', 'natwest');
const rbs = house('rbs.co.uk', 'natwest-rbs-production', 'rbs');
const ulster = house('ulsterbank.co.uk', 'natwest-ulster-production', 'natwest');

function sandbox(
  brand: string,
  displayName: string,
  organisation: keyof typeof organisations,
): PersonalityFacts {
  const base = `https://natwest-${brand.toLowerCase()}.example`;
  return {
    ...natwestGroup,
    ...organisations[organisation],
    name: `NatWest_${brand}`,
    displayName,
    addresses: { issuer: base, ...apisBelow(base, 'v3.1', 'v4.0') },
    registration: { ...natwestGroup.registration, scopeInAnswer: 'list' },
    authorisation: { strongAuthentication: 'refused' },
    idTokens: [],
  };
}

const mettle: PersonalityFacts = {
  ...natwestGroup,
  ...organisations.natwest,
  name: 'NatWest_Mettle',
  displayName: 'Mettle',
  clientAuthMethods: ['tls_client_auth'],
  addresses: {
    issuer: 'https://auth.openbanking.prd-mettle.co.uk',
    ...apisBelow('https://api.openbanking.prd-mettle.co.uk/apis', 'v3.1', 'v4.0'),
  },
  registration: { version: '3.2', methods: [] },
};

const coutts: PersonalityFacts = {
  ...natwestGroup,
  ...organisations.coutts,
  name: 'NatWest_Coutts',
  displayName: 'Coutts',
  addresses: {
    issuer: 'https://secure1.coutts.com',
    ...apisBelow('https://api.coutts.com', 'v3.1', 'v4.0'),
  },
  registration: { version: '3.2', subjectName: 'welcome', methods: [] },
  subject: 'customer',
  resources: {
    refusedPermissions: [
      ...natwestGroup.resources.refusedPermissions,
      ...['ReadOffers', 'ReadStatementsBasic', 'ReadStatementsDetail'],
    ],
    links: [{ trailingSlash: true }],
  },
};

export const allNatwest: PersonalityFacts[] = [
  sandbox('NatWestSandbox', 'NatWest Sandbox', 'natwest'),
  natwest('NatWest', 'NatWest', 'personal'),
  natwest('NatWestBankline', 'NatWest Bankline', 'corporate'),
  natwest('NatWestClearSpend', 'NatWest ClearSpend', 'clearspend'),
  sandbox('RoyalBankOfScotlandSandbox', 'Royal Bank of Scotland Sandbox', 'rbs'),
  rbs('RoyalBankOfScotland', 'Royal Bank of Scotland', 'personal'),
  rbs('RoyalBankOfScotlandBankline', 'Royal Bank of Scotland Bankline', 'corporate'),
  rbs('RoyalBankOfScotlandClearSpend', 'Royal Bank of Scotland ClearSpend', 'clearspend'),
  rbs('TheOne', 'The One Account', 'toa'),
  rbs('NatWestOne', 'NatWest One', 'noa'),
  rbs('VirginOne', 'Virgin One', 'voa'),
  ulster('UlsterBankNI', 'Ulster Bank NI', 'personal'),
  ulster('UlsterBankNiBankline', 'Ulster Bank NI Bankline', 'corporate'),
  ulster('UlsterBankNiClearSpend', 'Ulster Bank NI ClearSpend', 'clearspend'),
  mettle,
  coutts,
];
