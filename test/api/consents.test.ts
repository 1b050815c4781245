// Consents of every family: created by a journey, with the published rules; read at the bank; deleted.
import { describe, expect, it } from 'vitest';
import { JourneyClosed, JourneyFailure, JourneyInProgress } from '../../temporal/journeys.ts';
import {
  accountConsentRequest,
  fundsConsentRequest,
  paymentConsentRequest,
} from '../standards/sample-bodies.ts';
import { type FakeApi, fakeApi, profilesLike } from './fake-api.ts';
import {
  addConsent,
  addRegistration,
  bankApi,
  consentId,
  recordConsentAtBank,
  registrationId,
  unknownId,
} from './stories.ts';

const accountPath = '/aisp/account-access-consents';
const paymentPath = '/pisp/domestic-payment-consents';
const fundsPath = '/cbpii/funds-confirmation-consents';
const accountBody = { BankRegistrationId: registrationId, ExternalApiRequest: accountConsentRequest() };
const paymentBody = { BankRegistrationId: registrationId, ExternalApiRequest: paymentConsentRequest('v4.0') };
const fundsBody = { BankRegistrationId: registrationId, ExternalApiRequest: fundsConsentRequest() };
const stored = { Data: { ConsentId: 'bank-consent-1', Status: 'AWAU' }, Risk: {} };

function withRegistration(changes = {}): FakeApi {
  const api = fakeApi();
  addRegistration(api, changes);
  return api;
}

describe.each([
  {
    path: accountPath,
    body: accountBody,
    bankPath: '/account-access-consents',
    family: 'account-access' as const,
  },
  {
    path: paymentPath,
    body: paymentBody,
    bankPath: '/domestic-payment-consents',
    family: 'domestic-payment' as const,
  },
  {
    path: fundsPath,
    body: fundsBody,
    bankPath: '/funds-confirmation-consents',
    family: 'funds-confirmation' as const,
  },
])('$path', ({ path, body, bankPath, family }) => {
  it('creates a consent and answers with what the bank stored, links turned into our own', async () => {
    const api = withRegistration();
    api.journeys.createConsent = async (reference) => {
      expect(reference).toMatchObject({ tenant: 'default', family, bank: 'Sandbox_Hybrid' });
      const Self = `${bankApi}${bankPath}/bank-consent-1`;
      recordConsentAtBank(api, reference.consentId, { ...stored, Links: { Self } }, bankPath);
    };
    const { status, json, headers } = await api.send('POST', path, { body: { ...body, Reference: 'mine' } });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`${path}/${json.Id}`);
    expect(json).toMatchObject({
      ...{ BankRegistrationId: registrationId, ExternalApiId: 'bank-consent-1', Reference: 'mine' },
      ...{ CreatedWithV4: true, AuthContextModified: '2026-11-20T12:00:00.000Z' },
      ExternalApiResponse: { ...stored, Links: { Self: `http://localhost${path}/${json.Id}` } },
      ExternalApiResponseInfo: { XFapiInteractionId: 'interaction-1' },
    });
    expect(JSON.parse(api.tables.requestBodies.get(String(json.Id)) ?? '')).toEqual(body.ExternalApiRequest);
  });

  it('made twice with one key is one consent, also when the first caller had to leave', async () => {
    const api = withRegistration();
    const ids: string[] = [];
    api.journeys.createConsent = async ({ consentId: id }) => {
      ids.push(id);
      if (ids.length === 1) throw new JourneyInProgress('x');
      recordConsentAtBank(api, id, stored, bankPath);
    };
    const request = { body, headers: { 'x-idempotency-key': 'k' } };
    expect((await api.send('POST', path, request)).json.code).toBe('consent-in-progress');
    const joined = await api.send('POST', path, request);
    expect((await api.send('POST', path, request)).json).toEqual(joined.json);
    expect(ids).toEqual([joined.json.Id, joined.json.Id]);
  });

  it('answers with the recorded failure when the journey is over already', async () => {
    const api = withRegistration();
    api.journeys.createConsent = async ({ consentId: id }) => {
      const consent = api.tables.consents.get(id);
      const failure = { type: 'BankRejectedRequest', details: { code: 'x', httpStatus: 400 } } as const;
      if (consent !== undefined) api.tables.consents.set(id, { ...consent, status: 'failed', failure });
      throw new JourneyClosed('x');
    };
    expect((await api.send('POST', path, { body })).json.code).toBe('bank-rejected-request');
  });

  it('names the field that does not fit', async () => {
    const { status, json } = await withRegistration().send('POST', path, {
      body: { ...body, ExternalApiRequest: { ...body.ExternalApiRequest, Data: {} } },
    });
    expect(status).toBe(400);
    expect(Object.keys(json.errors ?? {})[0]).toMatch(
      /^ExternalApiRequest\.Data\.(Permissions|Initiation|DebtorAccount)$/,
    );
  });

  it('names a registration that is not there, and refuses one that cannot be used', async () => {
    const unknown = await fakeApi().send('POST', path, { body });
    expect([unknown.status, unknown.json.errors]).toEqual([404, { BankRegistrationId: ['is not known'] }]);
    const failed = await withRegistration({ status: 'failed' }).send('POST', path, { body });
    expect([failed.status, failed.json.code]).toEqual([409, 'registration-not-usable']);
  });

  it('reads a consent at the bank, or only here when that is excluded', async () => {
    const api = fakeApi();
    addConsent(api, family, 'awaiting-authorisation');
    api.bankReads.readAsClient = async (_, read) => {
      expect(read).toMatchObject({ params: { ConsentId: 'bank-consent-1' }, customerIpAddress: '10.0.0.1' });
      const url = `${bankApi}${bankPath}/bank-consent-1`;
      return { body: { ...stored, Links: { Self: url } }, interactionId: null, url };
    };
    const headers = { 'x-fapi-customer-ip-address': '10.0.0.1' };
    const { status, json } = await api.send('GET', `${path}/${consentId}`, { headers });
    expect(status).toBe(200);
    expect(json.ExternalApiResponse).toMatchObject({
      Links: { Self: `http://localhost${path}/${consentId}` },
    });
    expect(json.ExternalApiResponseInfo).toEqual({ XFapiInteractionId: null });
    const local = await api.send('GET', `${path}/${consentId}`, {
      headers: { 'x-obc-exclude-external-api-operation': 'true' },
    });
    expect(local.json).not.toHaveProperty('ExternalApiResponse');
  });

  it('does not find what is unknown or of another family', async () => {
    const api = fakeApi();
    addConsent(api, family === 'account-access' ? 'domestic-payment' : 'account-access', 'authorised');
    expect((await api.send('GET', `${path}/${consentId}`)).status).toBe(404);
    expect((await api.send('GET', `${path}/${unknownId}`)).status).toBe(404);
    expect((await api.send('DELETE', `${path}/${consentId}`)).status).toBe(404);
  });

  it('tells of a consent that the bank has not recorded yet', async () => {
    const api = fakeApi();
    addConsent(api, family, 'creating', { externalApiId: null });
    expect((await api.send('GET', `${path}/${consentId}`)).json.code).toBe('consent-in-progress');
  });

  it('forgets a consent whose journey is over', async () => {
    const api = fakeApi();
    addConsent(api, family, 'expired');
    api.journeys.deleteConsent = () => Promise.reject(new JourneyClosed('x'));
    expect((await api.send('DELETE', `${path}/${consentId}`)).json).toEqual({});
    expect(api.tables.consents.size).toBe(0);
  });

  it('keeps a consent that the bank did not delete', async () => {
    const api = fakeApi();
    addConsent(api, family, 'authorised');
    api.journeys.deleteConsent = () =>
      Promise.reject(new JourneyFailure('BankUnavailable', 'x', { code: 'x' }));
    expect((await api.send('DELETE', `${path}/${consentId}`)).status).toBe(502);
    expect(api.tables.consents.size).toBe(1);
  });
});

describe('deleting', () => {
  it.each([
    ['an account-access consent', accountPath, 'account-access', undefined, true],
    ['an account-access consent, the bank excluded', accountPath, 'account-access', 'true', false],
    ['a payment consent, which is local', paymentPath, 'domestic-payment', undefined, false],
    ['a consent to ask about funds', fundsPath, 'funds-confirmation', undefined, true],
  ] as const)('%s', async (_, path, family, excluded, atBank) => {
    const api = fakeApi();
    addConsent(api, family, 'authorised');
    const asked: unknown[] = [];
    api.journeys.deleteConsent = async (_reference, request) => void asked.push(request);
    const headers = excluded === undefined ? {} : { 'x-obc-exclude-external-api-operation': excluded };
    expect((await api.send('DELETE', `${path}/${consentId}`, { headers })).status).toBe(200);
    expect(asked).toEqual([{ atBank }]);
  });

  it('does not ask the bank about a consent that the bank never recorded', async () => {
    const api = fakeApi();
    addConsent(api, 'account-access', 'creating', { externalApiId: null });
    const asked: unknown[] = [];
    api.journeys.deleteConsent = async (_reference, request) => void asked.push(request);
    await api.send('DELETE', `${accountPath}/${consentId}`);
    expect(asked).toEqual([{ atBank: false }]);
  });
});

describe('a consent to ask about funds', () => {
  it.each([
    [true, true],
    [false, undefined],
  ])(
    'that was made in version 4 (%s) is read in version 4, or as its registration says',
    async (v4, useV4) => {
      const api = fakeApi();
      addConsent(api, 'funds-confirmation', 'authorised', { createdWithV4: v4 });
      api.bankReads.readAsClient = async (_, read) => {
        expect(read.useV4).toBe(useV4);
        return { body: stored, interactionId: null, url: bankApi };
      };
      expect((await api.send('GET', `${fundsPath}/${consentId}`)).status).toBe(200);
    },
  );

  it('is made in the version of its registration', async () => {
    const api = withRegistration({ cbpiiUseV4: false });
    api.journeys.createConsent = async ({ consentId: id }) => recordConsentAtBank(api, id, stored, '/x');
    expect((await api.send('POST', fundsPath, { body: fundsBody })).json.CreatedWithV4).toBe(false);
  });
});

describe('permissions', () => {
  it('that do not fit together are refused with the rules that they break', async () => {
    const ExternalApiRequest = { Data: { Permissions: ['ReadTransactionsDetail'] }, Risk: {} };
    const { status, json } = await withRegistration().send('POST', accountPath, {
      body: { ...accountBody, ExternalApiRequest },
    });
    expect([status, json.code]).toEqual([422, 'permissions-refused']);
    expect(json.errors).toEqual({
      'ExternalApiRequest.Data.Permissions': [expect.any(String), expect.any(String)],
    });
  });

  it('of the template are all that the bank offers', async () => {
    const api = fakeApi({
      bankProfiles: profilesLike({ permissionsNotOffered: ['ReadPAN'] }),
    });
    addRegistration(api);
    api.journeys.createConsent = async ({ consentId: id }) => recordConsentAtBank(api, id, stored, '/x');
    const body = { BankRegistrationId: registrationId, TemplateRequest: { Type: 'MaximumPermissions' } };
    const { json } = await api.send('POST', accountPath, { body });
    const sent = JSON.parse(api.tables.requestBodies.get(String(json.Id)) ?? '');
    expect(sent.Data.Permissions).toHaveLength(20);
    expect(sent.Data.Permissions).not.toContain('ReadPAN');
  });

  it('must be asked for in one way or the other', async () => {
    const { json } = await withRegistration().send('POST', accountPath, {
      body: { BankRegistrationId: registrationId },
    });
    expect(Object.keys(json.errors ?? {})).toEqual(['ExternalApiRequest']);
  });
});
