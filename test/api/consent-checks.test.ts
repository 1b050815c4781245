// What is refused before the bank is asked for a consent, each with the name of its member; templates; how it stands.
import { describe, expect, it } from 'vitest';
import { permissions } from '../../standards/uk-open-banking/permissions.ts';
import { type FakeApi, fakeApi, profilesLike } from './fake-api.ts';
import {
  addConsent,
  addRegistration,
  bankApi,
  consentId,
  recordConsentAtBank,
  registrationId,
} from './stories.ts';

const path = '/aisp/account-access-consents';
const asked = (Data: object) => ({ ExternalApiRequest: { Data, Risk: {} } });
const withPermissions = (...Permissions: string[]) => asked({ Permissions });
const withDates = (dates: object) => asked({ Permissions: ['ReadAccountsBasic'], ...dates });

function setUp(permissionsNotOffered: string[] = []): FakeApi {
  const api = fakeApi({ bankProfiles: profilesLike({ permissionsNotOffered }) });
  addRegistration(api);
  api.journeys.createConsent = async ({ consentId: id }) => recordConsentAtBank(api, id, {}, '/consents');
  return api;
}
const create = ({ send }: FakeApi, body: object) =>
  send('POST', path, { body: { BankRegistrationId: registrationId, ...body } });

describe('a consent is refused here', () => {
  const inData = 'ExternalApiRequest.Data';
  it.each<[string, object, number, string]>([
    ['no permission', withPermissions(), 400, `${inData}.Permissions`],
    ['an unknown one', withPermissions('ReadAccountsBasic', 'ReadMinds'), 400, `${inData}.Permissions[1]`],
    ['no accounts', withPermissions('ReadBalances'), 422, `${inData}.Permissions`],
    [
      'transactions of no direction',
      withPermissions('ReadAccountsBasic', 'ReadTransactionsDetail'),
      422,
      `${inData}.Permissions`,
    ],
    [
      'directions of no transactions',
      withPermissions('ReadAccountsBasic', 'ReadTransactionsDebits'),
      422,
      `${inData}.Permissions`,
    ],
    [
      'one that the bank does not offer',
      withPermissions('ReadAccountsBasic', 'ReadPAN'),
      422,
      `${inData}.Permissions`,
    ],
    [
      'an end that has passed',
      withDates({ ExpirationDateTime: '2026-11-20T12:00:00Z' }),
      400,
      `${inData}.ExpirationDateTime`,
    ],
    [
      'transactions that end before they begin',
      withDates({
        TransactionFromDateTime: '2026-01-02T00:00:00Z',
        TransactionToDateTime: '2026-01-02T00:59:59+01:00',
      }),
      400,
      `${inData}.TransactionToDateTime`,
    ],
    ['an unknown template', { TemplateRequest: { Type: 'Everything' } }, 400, 'TemplateRequest.Type'],
  ])('with %s', async (_, body, status, field) => {
    const api = setUp(['ReadPAN']);
    api.journeys.createConsent = () => Promise.reject(new Error('was asked for'));
    const { json } = await create(api, body);
    expect([json.status, Object.keys(json.errors ?? {})]).toEqual([status, [field]]);
    expect(api.tables.consents.size).toBe(0);
  });

  it('with a template of which the bank offers too little', async () => {
    const { json } = await create(setUp(['ReadAccountsBasic', 'ReadAccountsDetail']), {
      TemplateRequest: { Type: 'AccountsAndBalances' },
    });
    expect(json).toMatchObject({
      code: 'permissions-refused',
      errors: { 'TemplateRequest.Type': [expect.any(String)] },
    });
  });
});

describe('dates that make sense', () => {
  it.each([
    { ExpirationDateTime: '2026-11-20T12:00:00.001Z' },
    { TransactionFromDateTime: '2026-01-01T00:00:00Z', TransactionToDateTime: '2026-01-01T00:00:00Z' },
    { TransactionToDateTime: '2020-01-01T00:00:00Z' },
  ])('are passed on: %j', async (dates) => {
    expect((await create(setUp(), withDates(dates))).status).toBe(201);
  });
});

describe('a template asks for what the bank offers of it', () => {
  it.each<[string, readonly string[]]>([
    ['MaximumPermissions', permissions.filter((each) => each !== 'ReadBalances')],
    ['AccountsAndBalances', ['ReadAccountsBasic', 'ReadAccountsDetail']],
    [
      'AccountsBalancesAndTransactions',
      ['ReadAccountsBasic', 'ReadAccountsDetail', 'ReadTransactionsBasic', 'ReadTransactionsCredits'].concat(
        'ReadTransactionsDebits',
        'ReadTransactionsDetail',
      ),
    ],
  ])('%s', async (Type, expected) => {
    const api = setUp(['ReadBalances']);
    const { json } = await create(api, { TemplateRequest: { Type } });
    const sent = JSON.parse(api.tables.requestBodies.get(String(json.Id)) ?? '');
    expect(sent).toEqual({ Data: { Permissions: expected }, Risk: {} });
    expect(json.Permissions).toEqual(expected);
  });
});

describe('how a consent stands at its bank', () => {
  const read = async (Data: object) => {
    const api = setUp();
    addConsent(api, 'account-access', 'authorised', {
      permissions: ['ReadAccountsBasic'],
      bankStatus: 'AUTH',
    });
    api.bankReads.readAsClient = async () => ({
      ...{ body: { Data }, interactionId: 'i', url: `${bankApi}/x`, warnings: [] },
    });
    const answer = await api.send('GET', `${path}/${consentId}`);
    const kept = await api.send('GET', `${path}/${consentId}`, {
      headers: { 'x-obc-exclude-external-api-operation': 'true' },
    });
    return [answer.json, kept.json];
  };

  it('is kept as the bank says it, with permissions and end', async () => {
    const Permissions = ['ReadAccountsBasic', 'ReadBalances'];
    for (const json of await read({
      Status: 'CANC',
      Permissions,
      ExpirationDateTime: '2027-01-01T01:00:00+01:00',
    }))
      expect(json).toMatchObject({
        ...{ Status: 'authorised', ExternalApiStatus: 'CANC', Permissions },
        ...{
          ExternalApiStatusConfirmed: '2026-11-20T12:00:00.000Z',
          ExpirationDateTime: '2027-01-01T00:00:00.000Z',
        },
      });
  });

  it('stays as it was known where the bank says nothing that can be read', async () => {
    for (const json of await read({ Status: 'Limbo', Permissions: 'all', ExpirationDateTime: 'never' })) {
      expect(json).toMatchObject({ ExternalApiStatus: 'AUTH', Permissions: ['ReadAccountsBasic'] });
      expect(json).not.toHaveProperty('ExternalApiStatusConfirmed');
      expect(json).not.toHaveProperty('ExpirationDateTime');
    }
  });
});
