// Nationwide, and Virgin Money's APIs that it took over: one organisation, two very different banks.
import { answersInQuery, answersWithoutNewId, apisBelow, withoutStrongAuthentication } from './habits.ts';
import type { PersonalityFacts } from './personality.ts';

const organisation = {
  organisationId: '0015800000jf8aKAAQ',
  organisationIdentifier: 'PSDGB-FCA-710008',
} satisfies Partial<PersonalityFacts>;

const nationwide: PersonalityFacts = {
  ...organisation,
  name: 'Nationwide_Nationwide',
  displayName: 'Nationwide',
  clientAuthMethods: ['tls_client_auth'],
  addresses: {
    issuer: 'https://obonline.nationwide.co.uk/open-banking/',
    discovery: 'https://obonline.nationwide.co.uk/open-banking/.well-known/openid-configuration',
    ...apisBelow('https://api.nationwide.co.uk', 'v3.1', 'v4.0'),
  },
  registration: {
    version: '3.3',
    contentTypes: ['application/jose'],
    organisationIdentifier: 'oid-text',
    milliseconds: ['client_id_issued_at'],
    methods: [],
  },
  authorisation: { strongAuthentication: 'demanded' },
  idTokens: [
    { acr: withoutStrongAuthentication },
    { at: ['refresh'], of: ['accounts'], without: ['auth_time'] },
  ],
  resources: { refusedPermissions: ['ReadPartyPSU'], ...answersWithoutNewId },
};

const virgin: PersonalityFacts = {
  ...organisation,
  name: 'Nationwide_VirginMerged',
  displayName: 'Virgin Money',
  clientAuthMethods: ['client_secret_basic'],
  addresses: {
    issuer: 'https://api.openbanking.virginmoney.com',
    discovery: 'https://api.openbanking.virginmoney.com/open-banking/v3.0/.well-known/openid-configuration',
    ...apisBelow('https://api.openbanking.virginmoney.com', 'v3.1'),
  },
  registration: {
    version: '3.2',
    contentTypes: ['application/jose'],
    subjectName: 'welcome',
    milliseconds: ['iat', 'exp'],
    managedWith: 'client-token-first-api',
  },
  authorisation: { ...answersInQuery, strongAuthentication: 'demanded' },
  tokenAnswers: [{ at: ['exchange', 'refresh'], demandsScope: true }],
  idTokens: [
    { at: ['exchange', 'refresh'], without: ['nonce', 'auth_time'] },
    { at: ['exchange'], of: ['payments'], acr: withoutStrongAuthentication },
    // Beside a code, where one is given.
    { at: ['authorisation'], subject: 'client', without: ['auth_time', 'acr'] },
    {
      at: ['authorisation'],
      of: ['payments'],
      without: ['auth_time'],
      acr: withoutStrongAuthentication,
    },
  ],
  resources: { refusedPermissions: ['ReadOffers', 'ReadProducts'], ...answersWithoutNewId },
  knobs: { signatureStyle: 'b64-false' },
};

export const allNationwide: PersonalityFacts[] = [nationwide, virgin];
