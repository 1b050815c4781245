// Barclays: clients are made in its portal; customers are named in ID tokens; one resource server for all brands.
import { answersWithoutNewId, apisBelow } from './habits.ts';
import type { PersonalityFacts } from './personality.ts';

const statements = ['ReadStatementsBasic', 'ReadStatementsDetail'];
const standingOrders = ['ReadStandingOrdersBasic', 'ReadStandingOrdersDetail'];
const scheduledPayments = ['ReadScheduledPaymentsBasic', 'ReadScheduledPaymentsDetail'];
const beneficiaries = ['ReadBeneficiariesBasic', 'ReadBeneficiariesDetail'];
const refusedByAll = ['ReadPAN', 'ReadPartyPSU'];
const refusedToPersons = [...refusedByAll, 'ReadOffers', ...statements];

function barclays(
  brand: string,
  displayName: string,
  issuer: string,
  refusedPermissions: string[],
  more: Partial<PersonalityFacts> = {},
): PersonalityFacts {
  return {
    name: `Barclays_${brand}`,
    displayName,
    organisationId: '0015800000BARCLAYS',
    organisationIdentifier: 'PSDGB-FCA-710001',
    clientAuthMethods: ['private_key_jwt'],
    addresses: { issuer, ...apisBelow('https://telesto.api.barclays:443', 'v3.1', 'v4.0') },
    registrationGroup: 'barclays-production',
    registration: { offered: false, version: '3.2' },
    authorisation: { strongAuthentication: 'demanded' },
    refreshTokensFor: ['accounts', 'payments'],
    tokenAnswers: [{ at: ['refresh'], of: ['accounts'], idToken: 'left-out' }],
    subject: 'customer',
    resources: { refusedPermissions, ...answersWithoutNewId },
    ...more,
  };
}

const production = (path: string) => `https://oauth.tiaa.barclays.com/${path}`;

export const allBarclays: PersonalityFacts[] = [
  barclays(
    'Sandbox',
    'Barclays Sandbox',
    'https://token.sandbox.barclays.com',
    [...refusedToPersons, 'ReadParty', 'ReadDirectDebits', ...standingOrders],
    {
      registrationGroup: 'barclays-sandbox',
      authorisation: { strongAuthentication: 'refused' },
      idTokens: [{ at: ['authorisation', 'exchange'], of: ['accounts'], worthless: true }],
    },
  ),
  barclays('Personal', 'Barclays Personal', production('BarclaysPersonal'), refusedToPersons),
  barclays('Wealth', 'Barclays Wealth', production('BarclaysWealth'), refusedToPersons),
  barclays('Barclaycard', 'Barclaycard', production('BarclaycardUK'), [
    ...refusedByAll,
    ...['ReadParty', 'ReadDirectDebits'],
    ...beneficiaries,
    ...standingOrders,
    ...scheduledPayments,
  ]),
  barclays('Business', 'Barclays Business', production('BarclaysBusiness'), refusedToPersons),
  barclays('Corporate', 'Barclays Corporate', production('BarclaysCorporate'), [
    ...refusedToPersons,
    'ReadParty',
    ...beneficiaries,
  ]),
  barclays('BarclaycardCommercialPayments', 'Barclaycard Commercial Payments', production('BCP'), [
    ...refusedToPersons,
    ...['ReadParty', 'ReadDirectDebits'],
    ...beneficiaries,
    ...standingOrders,
    ...scheduledPayments,
  ]),
];
