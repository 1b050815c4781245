// Santander: an older bank on version 3 with a portal, and three on version 4 that clients register with.
import { apisBelow, correctedIndicator } from './habits.ts';
import type { PersonalityFacts } from './personality.ts';

const common = {
  organisationId: '0015800000SANTANDE',
  organisationIdentifier: 'PSDGB-FCA-710014',
  authorisation: { strongAuthentication: 'demanded' },
  refreshTokensFor: ['accounts', 'payments'],
  subject: 'customer',
} satisfies Partial<PersonalityFacts>;

const links = [{ paths: ['account-access-consents'], withoutNewId: true }];
const legacyIssuer =
  'https://openbanking.santander.co.uk/sanuk/external/open-banking/openid-connect-provider/v1/';

const legacy: PersonalityFacts = {
  ...common,
  name: 'Santander_Santander',
  displayName: 'Santander',
  clientAuthMethods: ['tls_client_auth'],
  addresses: {
    issuer: legacyIssuer,
    discovery: `${legacyIssuer}.well-known/openid-configuration`,
    ...apisBelow('https://openbanking-ma.santander.co.uk/sanuk/external', 'v3.1'),
  },
  registration: { offered: false, version: '3.2' },
  resources: { ...correctedIndicator, links },
};

function santander(brand: string, host: string): PersonalityFacts {
  return {
    ...common,
    name: `Santander_${brand}`,
    displayName: `Santander ${brand}`,
    clientAuthMethods: ['private_key_jwt'],
    addresses: {
      issuer: `https://${host}-ob.omni.slz.santander.co.uk`,
      ...apisBelow(`https://${host}-api-ob.omni.slz.santander.co.uk`, 'v4.0'),
    },
    registration: { version: '3.3', contentTypes: ['application/jose'], subjectName: 'welcome' },
    idTokens: [{ at: ['refresh'], of: ['accounts'], without: ['nonce', 'auth_time'] }],
    resources: { links },
  };
}

export const allSantander: PersonalityFacts[] = [
  legacy,
  santander('Personal', 'personal'),
  santander('Business', 'business'),
  santander('Corporate', 'corporate'),
];
