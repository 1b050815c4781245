// HSBC: registrations are addressed to the issuer, and answered with a time in milliseconds.
import { answersInQuery, apisBelow } from './habits.ts';
import type { PersonalityFacts } from './personality.ts';

type Authorisation = PersonalityFacts['authorisation'];

function hsbc(
  brand: string,
  displayName: string,
  issuer: string,
  more: { apis?: string; authorisation?: Authorisation } = {},
): PersonalityFacts {
  return {
    name: `Hsbc_${brand}`,
    displayName,
    organisationId: '0015800000HSBCXXXX',
    organisationIdentifier: 'PSDGB-FCA-710005',
    clientAuthMethods: ['tls_client_auth'],
    addresses: { issuer, ...apisBelow(more.apis ?? `${issuer}/obie`, 'v3.1', 'v4.0') },
    registration: {
      version: '3.2',
      contentTypes: ['application/jose'],
      audience: 'issuer',
      organisationIdentifier: 'oid-hex',
      milliseconds: ['client_id_issued_at'],
      methods: ['GET', 'PUT'],
      managedWith: 'client-token-first-api',
    },
    authorisation: { strongAuthentication: 'demanded', ...more.authorisation },
    tokenAnswers: [{ at: ['refresh'], of: ['accounts'], idToken: 'left-out' }],
    resources: {
      refusedPermissions: ['ReadOffers', 'ReadPartyPSU', 'ReadStatementsBasic', 'ReadStatementsDetail'],
    },
  };
}

export const allHsbc: PersonalityFacts[] = [
  hsbc('FirstDirect', 'first direct', 'https://api.ob.firstdirect.com'),
  hsbc('Sandbox', 'HSBC Sandbox', 'https://hsbc-sandbox.example', {
    apis: 'https://hsbc-sandbox.example',
    authorisation: { ...answersInQuery, strongAuthentication: 'refused' },
  }),
  hsbc('UkBusiness', 'HSBC UK Business', 'https://api.ob.business.hsbc.co.uk', {
    authorisation: answersInQuery,
  }),
  hsbc('UkKinetic', 'HSBC Kinetic', 'https://api.ob.hsbckinetic.co.uk'),
  hsbc('UkPersonal', 'HSBC UK', 'https://api.ob.hsbc.co.uk'),
  hsbc('HsbcNetUk', 'HSBCnet UK', 'https://api.ob.hsbcnet.com'),
];
