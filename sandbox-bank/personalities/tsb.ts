// TSB: message signatures in the style of versions up to 3.1.3.
import { correctedIndicator } from './habits.ts';
import type { PersonalityFacts } from './personality.ts';

const base = 'https://apis.tsb.co.uk/apis/open-banking/v3.1';

export const tsb: PersonalityFacts[] = [
  {
    name: 'Tsb_Tsb',
    displayName: 'TSB',
    organisationId: '0015800000TSBXXXXX',
    organisationIdentifier: 'PSDGB-FCA-710017',
    clientAuthMethods: ['private_key_jwt'],
    addresses: { issuer: `${base}/`, aisp: { 'v3.1': `${base}/aisp` }, pisp: { 'v3.1': `${base}/pisp` } },
    registration: { version: '3.2', subjectName: 'welcome' },
    authorisation: { strongAuthentication: 'demanded' },
    refreshTokensFor: ['accounts', 'payments'],
    tokenAnswers: [{ at: ['refresh'], of: ['accounts'], idToken: 'left-out' }],
    subject: 'customer',
    resources: { ...correctedIndicator, refusedPermissions: ['ReadOffers', 'ReadParty', 'ReadPartyPSU'] },
    knobs: { signatureStyle: 'b64-false' },
  },
];
