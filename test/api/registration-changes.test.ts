// What a registration needs at banks of different kinds, and how it is changed.
import { describe, expect, it } from 'vitest';
import { type FakeApi, fakeApi, profilesLike } from './fake-api.ts';
import { addRegistration, registeredClient, registrationId, statementId, unknownId } from './stories.ts';

const path = '/manage/bank-registrations';
const body = { BankProfile: 'Sandbox_Hybrid', SoftwareStatementId: statementId };

describe('creating a registration', () => {
  it.each([
    ['a bank without dynamic registration, no client', { registersDynamically: false }, {}, 'ExternalApiId'],
    ['a client without its secret', { usesClientSecret: true }, { ExternalApiId: 'c' }, 'ExternalApiSecret'],
    [
      'a secret that the bank has no use for',
      {},
      { ExternalApiId: 'c', ExternalApiSecret: 's' },
      'ExternalApiSecret',
    ],
  ])('is refused for %s, before anything is asked', async (_, facts, more, field) => {
    const api = fakeApi({ bankProfiles: profilesLike(facts) });
    const { status, json } = await api.send('POST', path, { body: { ...body, ...more } });
    expect([status, Object.keys(json.errors ?? {})]).toEqual([400, [field]]);
  });
});

describe('changing a registration', () => {
  function changing(facts = {}): { api: FakeApi; asked: unknown[] } {
    const api = fakeApi({ bankProfiles: profilesLike(facts) });
    addRegistration(api);
    const asked: unknown[] = [];
    api.journeys.updateRegistration = async (_, request) => void asked.push(request);
    return { api, asked };
  }
  const put = (api: FakeApi, change: object, headers = {}) =>
    api.send('PUT', `${path}/${registrationId}`, { body: change, headers });

  it('tells the bank of other redirect addresses, and of nothing but ourselves when nothing is given', async () => {
    const { api, asked } = changing();
    const [uri] = registeredClient.redirectUris;
    expect((await put(api, { RedirectUris: [uri] })).status).toBe(200);
    expect((await put(api, {})).status).toBe(200);
    expect(asked).toEqual([
      { change: { redirectUris: [uri] }, atBank: true },
      { change: {}, atBank: true },
    ]);
  });

  it('keeps to ourselves which version we use, and what the header excludes', async () => {
    const { api, asked } = changing();
    await put(api, { AispUseV4: false });
    await put(api, {}, { 'x-obc-exclude-external-api-operation': 'true' });
    expect(asked).toEqual([
      { change: { aispUseV4: false }, atBank: false },
      { change: {}, atBank: false },
    ]);
  });

  it('is refused where the bank takes no changes, for addresses that it does not know, and for what is no change', async () => {
    const { api } = changing({ registrationUpdate: false });
    expect((await put(api, {})).json.code).toBe('not-offered');
    const unknown = await put(api, { DefaultQueryRedirectUri: 'https://elsewhere.example/' });
    expect(unknown.json.errors).toEqual({ DefaultQueryRedirectUri: ['must be in RedirectUris'] });
    expect((await put(api, { RegistrationScope: 'All' })).status).toBe(400);
    expect((await api.send('PUT', `${path}/${unknownId}`, { body: {} })).status).toBe(404);
  });

  it('waits for a registration that is under way', async () => {
    const { api } = changing();
    addRegistration(api, { status: 'registering', client: null });
    expect((await put(api, {})).json.code).toBe('registration-not-usable');
  });
});

it('tells that the client of a deleted registration stays at the bank when another one uses it', async () => {
  const api = fakeApi();
  addRegistration(api);
  api.journeys.deleteRegistration = async () => ({ leftAtBank: true });
  const headers = { 'x-obc-exclude-external-api-operation': 'false' };
  const { json } = await api.send('DELETE', `${path}/${registrationId}`, { headers });
  expect(json).toEqual({ Warnings: ['The client stays at the bank: another registration uses it.'] });
});
