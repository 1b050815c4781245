// Bank registrations: made by a journey once, read at the bank, deleted at the bank and here.
import { describe, expect, it } from 'vitest';
import {
  JourneyClosed,
  JourneyFailure,
  JourneyInProgress,
  JourneysUnavailable,
} from '../../temporal/journeys.ts';
import { type FakeApi, fakeApi, profilesLike } from './fake-api.ts';
import { addRegistration, registeredClient, registrationId, statementId, unknownId } from './stories.ts';

const path = '/manage/bank-registrations';
const body = { BankProfile: 'Sandbox_Hybrid', SoftwareStatementId: statementId };

async function withStatement(api = fakeApi()): Promise<FakeApi> {
  await api.records.softwareStatements.insert('default', {
    ...{ id: statementId, createdBy: null, reference: null, organisationId: 'o', softwareId: 's' },
    ...{
      sandboxEnvironment: true,
      defaultObWacCertificateId: unknownId,
      defaultObSealCertificateId: unknownId,
    },
    ...{ defaultQueryRedirectUrl: 'https://a/', defaultFragmentRedirectUrl: 'https://a/' },
  });
  return api;
}

function record(api: FakeApi, id: string, changes: object): void {
  const registration = api.tables.registrations.get(id);
  if (registration !== undefined) api.tables.registrations.set(id, { ...registration, ...changes });
}

describe('creating a registration', () => {
  it('answers with what the bank made of it', async () => {
    const api = await withStatement();
    api.journeys.registerClient = async ({ registrationId: id, bank }) => {
      expect(bank).toBe('Sandbox_Hybrid');
      record(api, id, { status: 'registered', client: registeredClient });
    };
    const { status, json, headers } = await api.send('POST', path, { body: { ...body, PispUseV4: false } });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`${path}/${json.Id}`);
    expect(json).toMatchObject({
      ...{
        ...body,
        BankGroup: 'Sandbox',
        ExternalApiId: 'client-1',
        TokenEndpointAuthMethod: 'PrivateKeyJwt',
      },
      ...{ RegistrationScope: 'All', AispUseV4: true, PispUseV4: false, UseSimulatedBank: false },
    });
    expect(json).not.toHaveProperty('RegistrationEndpoint');
  });

  it('made twice with one key is one journey, and later none at all', async () => {
    const api = await withStatement();
    const ids: string[] = [];
    api.journeys.registerClient = async ({ registrationId: id }) => {
      ids.push(id);
      if (ids.length === 1) throw new JourneyInProgress('x');
      record(api, id, { status: 'registered', client: registeredClient });
    };
    const request = { body, headers: { 'x-idempotency-key': 'k' } };
    const slow = await api.send('POST', path, request);
    expect([slow.status, slow.json.code]).toEqual([504, 'registration-in-progress']);
    const joined = await api.send('POST', path, request);
    const repeated = await api.send('POST', path, request);
    expect([joined.status, repeated.json]).toEqual([201, joined.json]);
    expect(ids).toEqual([joined.json.Id, joined.json.Id]);
  });

  it('tells a repeated request of the failure that the first met, without asking the journey again', async () => {
    const api = await withStatement();
    let calls = 0;
    api.journeys.registerClient = async ({ registrationId: id }) => {
      calls += 1;
      const details = { code: 'bank-rejected-request', httpStatus: 422 };
      const bank = {
        endpointHttpMethod: 'POST',
        endpointUrl: 'https://bank/reg',
        endpointResponse: { error: 'x' },
      };
      record(api, id, { status: 'failed', failure: { type: 'BankRejectedRequest', details, bank } });
      throw new JourneyFailure('BankRejectedRequest', 'x', details);
    };
    const request = { body, headers: { 'x-idempotency-key': 'k' } };
    const first = await api.send('POST', path, request);
    expect([first.status, first.json.endpointResponse]).toEqual([422, { error: 'x' }]);
    const second = await api.send('POST', path, request);
    expect({ ...second.json, correlationId: '' }).toEqual({ ...first.json, correlationId: '' });
    expect(calls).toBe(1);
  });

  it('answers 503 when Temporal cannot be reached', async () => {
    const api = await withStatement();
    api.journeys.registerClient = () => Promise.reject(new JourneysUnavailable('x'));
    const { status, json, headers } = await api.send('POST', path, { body });
    expect([status, json.code, headers.get('retry-after')]).toEqual([503, 'journeys-unavailable', '5']);
  });

  it('answers with a failure that no record holds', async () => {
    const api = await withStatement();
    api.journeys.registerClient = () =>
      Promise.reject(new JourneyFailure('ClientRefused', 'x', { code: 'x' }));
    expect((await api.send('POST', path, { body })).json.code).toBe('client-refused');
  });

  it.each([
    ['an unknown bank profile', { BankProfile: 'Nobody' }, 'BankProfile'],
    ['no API at all', { RegistrationScope: 'None' }, 'RegistrationScope'],
    ['a word that is no scope', { RegistrationScope: 'Some' }, 'RegistrationScope'],
    ['no redirect address', { RedirectUris: [] }, 'RedirectUris'],
    [
      'a default address that is not among the others',
      { RedirectUris: ['https://a/'], DefaultQueryRedirectUri: 'https://b/' },
      'DefaultQueryRedirectUri',
    ],
    ['a secret without a client', { ExternalApiSecret: 's' }, 'ExternalApiSecret'],
    [
      'two secrets',
      { ExternalApiId: 'c', ExternalApiSecret: 's', ExternalApiSecretFromSecrets: { Name: 'n' } },
      'ExternalApiSecret',
    ],
  ])('refuses %s, naming the field', async (_, change, field) => {
    const { status, json } = await (await withStatement()).send('POST', path, {
      body: { ...body, ...change },
    });
    expect([status, Object.keys(json.errors ?? {})]).toEqual([400, [field]]);
  });

  it('suggests the name of a bank that was nearly right', async () => {
    const { json } = await (await withStatement()).send('POST', path, {
      body: { ...body, BankProfile: 'x' },
    });
    expect(json.errors).toEqual({ BankProfile: ['is not known; did you mean Sandbox_Hybrid?'] });
  });

  it('names the variables that the profile needs, and asks nobody anything', async () => {
    const bankProfiles = profilesLike({
      missingConfiguration: (simulated) => (simulated ? [] : ['BANK_X_ID']),
    });
    const api = await withStatement(fakeApi({ bankProfiles }));
    const { status, json } = await api.send('POST', path, { body });
    expect([status, json.code, json.detail]).toEqual([
      422,
      'configuration-missing',
      'The bank profile Sandbox_Hybrid needs configuration: BANK_X_ID.',
    ]);
  });

  it('registers with the simulated bank, and says so', async () => {
    const api = await withStatement();
    api.journeys.registerClient = async ({ registrationId: id }) =>
      record(api, id, { status: 'registered', client: registeredClient });
    const { status, json } = await api.send('POST', path, { body: { ...body, UseSimulatedBank: true } });
    expect([status, json.UseSimulatedBank]).toEqual([201, true]);
  });

  it('names a software statement that is not there', async () => {
    const { status, json } = await fakeApi().send('POST', path, { body });
    expect([status, json.errors]).toEqual([404, { SoftwareStatementId: ['is not known'] }]);
  });
});

describe('reading a registration', () => {
  it('asks the bank and keeps the secrets of the answer', async () => {
    const api = fakeApi();
    addRegistration(api);
    api.bankReads.readRegistration = async () => ({
      ...{ body: { client_id: 'c', client_secret: 's', registration_access_token: 't' } },
      ...{ interactionId: null, url: 'https://bank/reg' },
    });
    const { json } = await api.send('GET', `${path}/${registrationId}`);
    expect(json.ExternalApiResponse).toEqual({ client_id: 'c' });
  });

  it('does not ask the bank when that is excluded, or when the bank does not offer it', async () => {
    const api = fakeApi();
    addRegistration(api);
    const headers = { 'x-obc-exclude-external-api-operation': 'True' };
    expect((await api.send('GET', `${path}/${registrationId}`, { headers })).json).not.toHaveProperty(
      'ExternalApiResponse',
    );
    const other = fakeApi({ bankProfiles: profilesLike({ registrationRead: false }) });
    addRegistration(other);
    expect((await other.send('GET', `${path}/${registrationId}`)).status).toBe(200);
  });

  it('tells of one that goes on, that failed, and that is not there', async () => {
    const api = fakeApi();
    addRegistration(api, { status: 'registering', client: null });
    expect((await api.send('GET', `${path}/${registrationId}`)).json.code).toBe('registration-in-progress');
    addRegistration(api, { client: null, failure: { type: 'ClientRefused', details: { code: 'x' } } });
    expect((await api.send('GET', `${path}/${registrationId}`)).json.code).toBe('client-refused');
    expect((await api.send('GET', `${path}/${unknownId}`)).status).toBe(404);
  });
});

describe('deleting a registration', () => {
  const exclude = (value: string) => ({ headers: { 'x-obc-exclude-external-api-operation': value } });

  it('needs the word whether the bank is to be left out', async () => {
    const api = fakeApi();
    addRegistration(api);
    const missing = await api.send('DELETE', `${path}/${registrationId}`);
    expect([missing.status, Object.keys(missing.json.errors ?? {})]).toEqual([
      400,
      ['x-obc-exclude-external-api-operation'],
    ]);
    expect((await api.send('DELETE', `${path}/${registrationId}`, exclude('perhaps'))).status).toBe(400);
  });

  it.each([
    ['false', true, true],
    ['true', true, false],
    ['false', false, false],
  ])('excluded %s, offered %s: at the bank %s', async (excluded, registrationDelete, atBank) => {
    const api = fakeApi({ bankProfiles: profilesLike({ registrationDelete }) });
    addRegistration(api);
    const asked: unknown[] = [];
    api.journeys.deleteRegistration = async (_, request) => {
      asked.push(request);
      return { leftAtBank: false };
    };
    const { status, json } = await api.send('DELETE', `${path}/${registrationId}`, exclude(excluded));
    expect([status, json, asked]).toEqual([200, {}, [{ atBank }]]);
  });

  it('forgets one whose journey is over, and nothing when that is in use', async () => {
    const api = fakeApi();
    addRegistration(api, { status: 'failed' });
    api.journeys.deleteRegistration = () => Promise.reject(new JourneyClosed('x'));
    api.tables.inUse.add(registrationId);
    expect((await api.send('DELETE', `${path}/${registrationId}`, exclude('true'))).json.code).toBe('in-use');
    api.tables.inUse.clear();
    expect((await api.send('DELETE', `${path}/${registrationId}`, exclude('true'))).status).toBe(200);
    expect(api.tables.registrations.size).toBe(0);
  });

  it('says when it takes longer, and passes other failures on', async () => {
    const api = fakeApi();
    addRegistration(api);
    api.journeys.deleteRegistration = () => Promise.reject(new JourneyInProgress('x'));
    expect((await api.send('DELETE', `${path}/${registrationId}`, exclude('false'))).json.code).toBe(
      'deletion-in-progress',
    );
    api.journeys.deleteRegistration = () =>
      Promise.reject(new JourneyFailure('BankUnavailable', 'x', { code: 'x' }));
    expect((await api.send('DELETE', `${path}/${registrationId}`, exclude('false'))).status).toBe(502);
  });
});
