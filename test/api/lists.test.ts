// Lists: pages and filters, members as single objects have them, and what is told of objects that have no members yet.
import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorOf } from '../../api/page-cursor.ts';
import type { RecordedFailure } from '../../store/failures.ts';
import { type FakeApi, fakeApi, profilesLike } from './fake-api.ts';
import { testStart } from './fake-records.ts';
import { addConsent, addRegistration, consentId, registrationId, statementId } from './stories.ts';

const managed = ['obwac-certificates', 'obseal-certificates', 'encryption-key-descriptions'].map(
  (name) => `/manage/${name}`,
);
const ofBanks = [
  '/manage/bank-registrations',
  '/aisp/account-access-consents',
  '/pisp/domestic-payment-consents',
  '/pisp/domestic-payments',
  '/payments',
  '/cbpii/funds-confirmation-consents',
];
const statements = '/manage/software-statements';
const keys = '/manage/encryption-key-descriptions';
const excluding = { headers: { 'x-obc-exclude-external-api-operation': 'true' } };

const failure: RecordedFailure = {
  type: 'ClientRefused',
  details: { code: 'client-refused', httpStatus: 401, errorCodes: ['invalid_client'] },
  bank: {
    endpointHttpMethod: 'POST',
    endpointUrl: 'https://bank.example/',
    endpointResponse: 'planted words',
  },
};

async function addKeys(api: FakeApi, count: number): Promise<string[]> {
  api.secrets.set('key', randomBytes(32).toString('base64'));
  const ids: string[] = [];
  for (let each = 0; each < count; each++) {
    const { json } = await api.send('POST', keys, {
      body: { Key: { Name: 'key' }, Reference: `r${each % 2}` },
    });
    ids.push(String(json.Id));
  }
  return ids;
}

function dataOf({ json }: { json: Record<string, unknown> }): Record<string, unknown>[] {
  if (!Array.isArray(json.Data)) throw new Error('there is no Data');
  return json.Data;
}

/** Follows `Next` to the end. */
async function readAll(api: FakeApi, path: string, query = ''): Promise<unknown[]> {
  const found: unknown[] = [];
  let next = '';
  do {
    const page = await api.send('GET', `${path}?${query}${next === '' ? '' : `&after=${next}`}`);
    expect(page.status).toBe(200);
    found.push(...dataOf(page));
    next = typeof page.json.Next === 'string' ? page.json.Next : '';
  } while (next !== '');
  return found;
}

describe('every list', () => {
  it.each([...managed, ...ofBanks, statements])('%s is empty at first', async (path) => {
    const { status, json } = await fakeApi().send('GET', path);
    expect([status, json]).toEqual([200, { Data: [] }]);
  });

  it.each([
    ...[...managed, ...ofBanks, statements].flatMap((path): [string, string, string][] => [
      [path, 'limit=0', 'limit'],
      [path, 'limit=201', 'limit'],
      [path, 'limit=', 'limit'],
      [path, 'limit=1e2', 'limit'],
      [path, 'limit=5&limit=5', 'limit'],
      [path, 'after=', 'after'],
      [path, 'after=bm90IG9uZSBvZiBvdXJz', 'after'],
      [path, 'reference=%00', 'reference'],
      [path, 'offset=5', 'offset'],
      [path, '__proto__=5', '__proto__'],
    ]),
    ...ofBanks.flatMap((path): [string, string, string][] => [
      [path, 'softwareStatementId=1', 'softwareStatementId'],
      [path, 'bank=Barclays', 'bank'],
      [path, 'bank=', 'bank'],
    ]),
    ...[...managed, statements].map((path): [string, string, string] => [
      path,
      'bank=Sandbox_Hybrid',
      'bank',
    ]),
  ])('%s?%s is refused, naming the parameter', async (path, query, parameter) => {
    const { status, json } = await fakeApi().send('GET', `${path}?${query}`);
    expect([status, json.code, Object.keys(json.errors ?? {})]).toEqual([
      400,
      'validation-failed',
      [parameter],
    ]);
  });

  it('refuses the places that no object can have', async () => {
    const id = randomUUID();
    for (const created of ['2026-02-30T12:00:00.000000Z', '2026-11-20T12:00:00Z', 'x']) {
      const { status } = await fakeApi().send('GET', `${keys}?after=${cursorOf({ created, id })}`);
      expect(status).toBe(400);
    }
  });
});

describe('a list of what a person sets up', () => {
  it('has its objects as they are read one by one, and forgets those that are deleted', async () => {
    const api = fakeApi();
    const ids = await addKeys(api, 3);
    const single = async (id: unknown) => (await api.send('GET', `${keys}/${id}`)).json;
    const expected = await Promise.all(ids.toSorted().map(single));
    expect((await api.send('GET', keys)).json).toEqual({ Data: expected });
    await api.send('DELETE', `${keys}/${ids.toSorted()[0]}`);
    expect((await api.send('GET', keys)).json).toEqual({ Data: expected.slice(1) });
  });

  it('is cut into pages that make up the whole, by reference too', async () => {
    const api = fakeApi();
    await addKeys(api, 7);
    const whole = dataOf(await api.send('GET', keys));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), async (limit) => {
        expect(await readAll(api, keys, `limit=${limit}`)).toEqual(whole);
      }),
    );
    const even = await readAll(api, keys, 'limit=3&reference=r0');
    expect(even).toEqual(whole.filter(({ Reference }) => Reference === 'r0'));
    expect(await readAll(api, keys, 'reference=r')).toEqual([]);
  });

  it('has fifty objects a page unless told otherwise, but software statements all at once', async () => {
    const api = fakeApi();
    const ids = Array.from({ length: 60 }, () => randomUUID());
    for (const id of ids) {
      const entity = { id, createdBy: null, reference: null };
      await api.records.encryptionKeyDescriptions.insert('default', {
        ...entity,
        key: { source: 'File', name: 'k' },
      });
      await api.records.softwareStatements.insert('default', {
        ...{ ...entity, organisationId: 'o', softwareId: 's', sandboxEnvironment: true },
        ...{ defaultObWacCertificateId: id, defaultObSealCertificateId: id },
        ...{
          defaultQueryRedirectUrl: 'https://tpp.example/',
          defaultFragmentRedirectUrl: 'https://tpp.example/',
        },
      });
    }
    const page = await api.send('GET', keys);
    expect([dataOf(page).length, typeof page.json.Next]).toEqual([50, 'string']);
    const all = await api.send('GET', statements);
    expect([dataOf(all).length, all.json.Next]).toEqual([60, undefined]);
    expect(await readAll(api, statements, 'limit=7')).toEqual(dataOf(all));
    const after = (await api.send('GET', `${statements}?limit=5`)).json.Next;
    expect(dataOf(await api.send('GET', `${statements}?after=${after}`))).toHaveLength(50);
  });
});

describe('a list of registrations', () => {
  const path = '/manage/bank-registrations';

  it('has members as the single read without the bank has them', async () => {
    const api = fakeApi();
    addRegistration(api);
    const { json } = await api.send('GET', `${path}/${registrationId}`, excluding);
    expect(dataOf(await api.send('GET', path))).toEqual([json]);
  });

  it('tells of one under way, and of one that failed, what is known and why there is no more', async () => {
    const api = fakeApi();
    const underWay = { client: null, revision: 0, requested: { externalApiId: 'asked-for' } } as const;
    addRegistration(api, { ...underWay, status: 'registering' });
    const [registering] = dataOf(await api.send('GET', path));
    expect(registering).toEqual({
      ...{ Id: registrationId, Created: testStart.toISOString(), SoftwareStatementId: statementId },
      ...{ BankProfile: 'Sandbox_Hybrid', BankGroup: 'Sandbox', UseSimulatedBank: false },
      ...{ AispUseV4: true, PispUseV4: true, VrpUseV4: true, CbpiiUseV4: true },
      Problem: {
        type: 'urn:durable-open-banking:problem:registration-in-progress',
        ...{ title: 'The registration goes on', status: 504, code: 'registration-in-progress' },
      },
    });
    addRegistration(api, { ...underWay, status: 'failed', failure });
    const list = await api.send('GET', path);
    const single = await api.send('GET', `${path}/${registrationId}`);
    expect(dataOf(list)[0]?.Problem).toMatchObject({ code: single.json.code, status: single.status });
  });

  it('is filtered by bank in either spelling, software statement and reference', async () => {
    const api = fakeApi({
      bankProfiles: {
        ...profilesLike({}),
        find: (name) => profilesLike({}).find(name.replace('Sandox', 'Sandbox')),
      },
    });
    addRegistration(api, { reference: 'mine' });
    const count = async (query: string) => dataOf(await api.send('GET', `${path}?${query}`)).length;
    expect(await count('bank=Sandbox_Hybrid')).toBe(1);
    expect(await count('bank=Sandox_Hybrid')).toBe(1);
    expect(await count('bank=Sandbox_Query')).toBe(0);
    expect(await count(`softwareStatementId=${statementId.toUpperCase()}&reference=mine`)).toBe(1);
    expect(await count(`softwareStatementId=${registrationId}`)).toBe(0);
    expect(await count('reference=Mine')).toBe(0);
  });
});

describe.each([
  ['account-access', '/aisp/account-access-consents'],
  ['domestic-payment', '/pisp/domestic-payment-consents'],
] as const)('a list of %s consents', (family, path) => {
  it('has members as the single read without the bank has them, of its family alone', async () => {
    const api = fakeApi();
    addConsent(api, family, 'authorised', { reference: 'mine', externalApiUserId: 'user-1' });
    const { json } = await api.send('GET', `${path}/${consentId}`, excluding);
    const expected = family === 'account-access' ? json : expect.objectContaining({ Id: consentId });
    expect(dataOf(await api.send('GET', path))).toEqual([expected]);
    expect(dataOf(await api.send('GET', `${path}?reference=mine&bank=Sandbox_Hybrid`))).toHaveLength(1);
    expect(dataOf(await api.send('GET', `${path}?bank=Sandbox_Query`))).toEqual([]);
    expect(dataOf(await api.send('GET', `${path}?softwareStatementId=${statementId}`))).toHaveLength(1);
    for (const other of ofBanks.slice(1).filter((one) => one !== path))
      expect(dataOf(await api.send('GET', other))).toEqual([]);
  });

  it('tells of one under way, and of one that failed, what is known and why there is no more', async () => {
    const api = fakeApi();
    addConsent(api, family, 'creating', { externalApiId: null });
    const [creating] = dataOf(await api.send('GET', path));
    expect(creating).toMatchObject({
      ...{ Id: consentId, BankRegistrationId: registrationId, CreatedWithV4: true },
      Problem: { code: 'consent-in-progress', status: 504 },
    });
    expect(creating).not.toHaveProperty('ExternalApiId');
    addConsent(api, family, 'failed', { externalApiId: null, failure });
    const [failed] = dataOf(await api.send('GET', path));
    expect(failed?.Problem).toMatchObject({ code: 'client-refused', bankErrorCodes: ['invalid_client'] });
  });
});

describe('a list of payments', () => {
  const path = '/pisp/domestic-payments';

  function withPayment(api: FakeApi, changes: object = {}) {
    addConsent(api, 'domestic-payment', 'authorised', { reference: 'mine' });
    api.tables.payments.set('p', {
      ...{ id: consentId, created: testStart, modifiedBy: 'me', consentId, family: 'domestic-payment' },
      ...{ consentExternalApiId: 'c', bankProfile: 'Sandbox_Hybrid', bankRegistrationId: registrationId },
      ...{ useV4: true, status: 'following', externalApiId: 'bank-1', bankStatus: 'PDNG', failure: null },
      ...{ firstSentAt: null, lastSentAt: null, body: 'planted body', bankIdempotencyKey: 'planted key' },
      ...changes,
    });
  }

  it('has what is recorded here, and nothing of the body or the key', async () => {
    const api = fakeApi();
    withPayment(api);
    const list = await api.send('GET', path);
    expect(dataOf(list)).toEqual([
      {
        ...{ Id: consentId, Created: testStart.toISOString(), ModifiedBy: 'me' },
        ...{ DomesticPaymentConsentId: consentId, BankRegistrationId: registrationId },
        ...{ ExternalApiId: 'bank-1', Status: 'following', ExternalApiStatus: 'PDNG' },
      },
    ]);
    expect(list.text).not.toContain('planted');
    const query = `reference=mine&bank=Sandbox_Hybrid&softwareStatementId=${statementId}`;
    expect(dataOf(await api.send('GET', `${path}?${query}`))).toHaveLength(1);
    expect(dataOf(await api.send('GET', `${path}?reference=other`))).toEqual([]);
  });

  it('says why one failed', async () => {
    const api = fakeApi();
    withPayment(api, { status: 'failed', externalApiId: null, bankStatus: null, failure });
    const [payment] = dataOf(await api.send('GET', path));
    expect(payment).toMatchObject({ Status: 'failed', Problem: { code: 'client-refused' } });
  });
});

describe('a list of access records', () => {
  const path = `/aisp/account-access-consents/${consentId}/access-records`;
  const record = {
    ...{
      id: randomUUID(),
      consentId,
      created: testStart,
      operation: 'GET /accounts/{AccountId}',
      status: 200,
    },
    ...{ outcome: 'answered', attended: true, interactionId: 'bank-1' },
  };

  it('has those of the consent, and when it was last used', async () => {
    const api = fakeApi();
    addConsent(api, 'account-access', 'authorised', { lastUsedAt: testStart });
    expect((await api.send('GET', path)).json).toEqual({ Data: [] });
    api.tables.accessRecords.set('1', record);
    api.tables.accessRecords.set('2', { ...record, id: randomUUID(), consentId: randomUUID() });
    expect(dataOf(await api.send('GET', path))).toEqual([
      {
        ...{ Id: record.id, Created: testStart.toISOString(), Operation: record.operation, Status: 200 },
        ...{ Outcome: 'answered', Attended: true, XFapiInteractionId: 'bank-1' },
      },
    ]);
    const single = await api.send('GET', `/aisp/account-access-consents/${consentId}`, excluding);
    expect(single.json.LastUsed).toBe(testStart.toISOString());
  });

  it('comes in pages', async () => {
    const api = fakeApi();
    addConsent(api, 'account-access', 'authorised');
    for (let each = 0; each < 5; each++)
      api.tables.accessRecords.set(String(each), { ...record, id: randomUUID() });
    expect(await readAll(api, path, 'limit=2')).toHaveLength(5);
    expect((await api.send('GET', `${path}?limit=0`)).status).toBe(400);
  });

  it('is not found under another family, or of no consent', async () => {
    const api = fakeApi();
    expect((await api.send('GET', path)).status).toBe(404);
    addConsent(api, 'domestic-payment', 'authorised');
    expect((await api.send('GET', path)).status).toBe(404);
  });
});
