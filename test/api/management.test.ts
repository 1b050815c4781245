// Certificates, encryption keys and software statements: created once, checked, read, listed, changed, deleted.
import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { logSoftwareStatementWarnings } from '../../api/software-statement-checks.ts';
import { BankError } from '../../bank-client/bank-error.ts';
import { issueCertificate, type TestCertificate } from './certificates.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';

const obWacPath = '/manage/obwac-certificates';
const obSealPath = '/manage/obseal-certificates';
const statementPath = '/manage/software-statements';
const keyPath = '/manage/encryption-key-descriptions';
const unknownId = '6f2d3c5e-63a4-4f0f-9a35-0c9b5f8c1a11';

let first: TestCertificate;
let second: TestCertificate;
let ended: TestCertificate;

beforeAll(async () => {
  [first, second, ended] = await Promise.all([issueCertificate(), issueCertificate(), issueCertificate(1)]);
});

function withKeys(): FakeApi {
  const api = fakeApi();
  api.secrets.set('first', first.key);
  api.secrets.set('second', second.key.replaceAll('\n', '\\n'));
  api.secrets.set('ended', ended.key);
  return api;
}

const obWac = () => ({ AssociatedKey: { Name: 'first' }, Certificate: first.certificate, Reference: 'r' });

describe.each([
  { path: obWacPath, members: {} },
  { path: obSealPath, members: { AssociatedKeyId: 'kid-1' } },
])('$path', ({ path, members }) => {
  it('adds, reads and deletes a certificate, and never answers with its key', async () => {
    const { send } = withKeys();
    const created = await send('POST', path, { body: { ...obWac(), ...members } });
    expect(created.status).toBe(201);
    expect(created.json).toEqual({
      Id: expect.any(String),
      Created: '2026-11-20T12:00:00.000Z',
      Reference: 'r',
      AssociatedKey: { Source: 'Configuration', Name: 'first' },
      Certificate: first.certificate,
      ...members,
    });
    const location = `${path}/${created.json.Id}`;
    expect(created.headers.get('location')).toBe(location);
    expect((await send('GET', location)).json).toEqual(created.json);
    expect((await send('DELETE', location)).json).toEqual({});
    expect((await send('GET', location)).status).toBe(404);
    expect((await send('DELETE', location)).status).toBe(404);
  });

  it('accepts line ends of the key written as \\n', async () => {
    const body = { AssociatedKey: { Name: 'second' }, Certificate: second.certificate, ...members };
    expect((await withKeys().send('POST', path, { body })).status).toBe(201);
  });

  it('refuses to delete what is in use', async () => {
    const { send, tables } = withKeys();
    const { json } = await send('POST', path, { body: { ...obWac(), ...members } });
    tables.inUse.add(String(json.Id));
    const { status, json: problem } = await send('DELETE', `${path}/${json.Id}`);
    expect([status, problem.code]).toEqual([409, 'in-use']);
  });

  it.each([
    ['another key', { AssociatedKey: { Name: 'second' } }, 'certificate-refused', 'Certificate'],
    ['text that is no certificate', { Certificate: 'x' }, 'certificate-refused', 'Certificate'],
    [
      'a secret that is not there',
      { AssociatedKey: { Name: 'none' } },
      'secret-source-unavailable',
      'AssociatedKey',
    ],
  ])('refuses %s, naming the field, and keeps nothing', async (_, change, code, field) => {
    const { send, deps } = withKeys();
    let inserted = false;
    deps.records.obWacCertificates.insert = async () => {
      inserted = true;
      throw new Error('not to be called');
    };
    const { status, json } = await send('POST', path, { body: { ...obWac(), ...members, ...change } });
    expect([status, json.code]).toEqual([422, code]);
    expect(Object.keys(json.errors ?? {})).toEqual([field]);
    expect(inserted).toBe(false);
  });

  it('refuses a key that is none', async () => {
    const { send, secrets } = withKeys();
    secrets.set('first', 'no key');
    const { status, json, text } = await send('POST', path, { body: { ...obWac(), ...members } });
    expect([status, json.errors]).toEqual([422, { AssociatedKey: [expect.any(String)] }]);
    expect(text).not.toContain('no key');
  });

  const kind = path === obWacPath ? 'OBWAC' : 'OBSeal';

  it.each([
    [1, 'ended on 2026-11-20T12:00:00.000Z'],
    [0, 'ended on 2026-11-20T12:00:00.000Z'],
    [-25, 'is not valid before 2026-11-19T12:00:00.000Z'],
  ])('refuses one that must not be used on this day, by its name (%i hours)', async (hours, wrong) => {
    const api = withKeys();
    api.time.nowMs = Date.parse('2026-11-20T12:00:00Z') + hours * 3_600_000;
    const body = { AssociatedKey: { Name: 'ended' }, Certificate: ended.certificate, ...members };
    const { status, json } = await api.send('POST', path, { body });
    expect([status, json.code]).toEqual([422, 'certificate-refused']);
    expect(json.errors).toEqual({ Certificate: [`is the ${kind} certificate of test, which ${wrong}`] });
    // The holder is for the caller alone.
    expect(api.logLines.join()).not.toMatch(/of test|ended on|valid before/);
  });

  it('warns, when it is added and whenever it is read, of less than 30 days left and of its end', async () => {
    const api = withKeys();
    const endMs = Date.parse('2027-11-19T12:00:00Z');
    const at = (daysLeft: number) => {
      api.time.nowMs = endMs - daysLeft * 24 * 3_600_000;
    };
    at(29.9);
    const created = await api.send('POST', path, { body: { ...obWac(), ...members } });
    const soon = ['The certificate ends on 2027-11-19T12:00:00.000Z.'];
    expect([created.status, created.json.Warnings]).toEqual([201, soon]);
    const warnings = async () => (await api.send('GET', `${path}/${created.json.Id}`)).json.Warnings;
    expect(await warnings()).toEqual(soon);
    at(30);
    expect(await warnings()).toBeUndefined();
    at(0);
    expect(await warnings()).toEqual(['The certificate ended on 2027-11-19T12:00:00.000Z.']);
  });
});

describe('the same request made twice', () => {
  it('with the same key leads to the same object', async () => {
    const { send } = withKeys();
    const request = { body: obWac(), headers: { 'x-idempotency-key': 'one' } };
    const created = await send('POST', obWacPath, request);
    const repeated = await send('POST', obWacPath, request);
    expect([repeated.status, repeated.json]).toEqual([201, created.json]);
  });

  it('with the same key and another body is refused', async () => {
    const { send } = withKeys();
    const headers = { 'x-idempotency-key': 'one' };
    await send('POST', obWacPath, { body: obWac(), headers });
    const { status, json } = await send('POST', obWacPath, { body: { ...obWac(), Reference: 's' }, headers });
    expect([status, json.code]).toEqual([409, 'idempotency-key-reused']);
  });

  it('without a key makes two objects', async () => {
    const { send } = withKeys();
    const [one, two] = [
      await send('POST', obWacPath, { body: obWac() }),
      await send('POST', obWacPath, { body: obWac() }),
    ];
    expect(one.json.Id).not.toBe(two.json.Id);
  });
});

describe('encryption key descriptions', () => {
  it('are added when their key is 256 bits long, and one becomes the current one', async () => {
    const { send, secrets, tables } = withKeys();
    secrets.set('key', randomBytes(32).toString('base64'));
    const plain = await send('POST', keyPath, { body: { Key: { Name: 'key' } } });
    expect([plain.status, tables.currentKeys]).toEqual([201, []]);
    const current = await send('POST', keyPath, {
      body: { Key: { Name: 'key' }, SetAsCurrentEncryptionKey: true },
    });
    expect(tables.currentKeys).toEqual([current.json.Id]);
    expect((await send('GET', `${keyPath}/${current.json.Id}`)).json).toEqual(current.json);
    expect((await send('DELETE', `${keyPath}/${current.json.Id}`)).status).toBe(200);
  });

  it.each(['c2hvcnQ=', 'not base64 at all'])('are refused when their key is %s', async (secret) => {
    const { send, secrets } = withKeys();
    secrets.set('key', secret);
    const { status, json, text } = await send('POST', keyPath, { body: { Key: { Name: 'key' } } });
    expect([status, json.errors]).toEqual([400, { Key: [expect.any(String)] }]);
    expect(text).not.toContain(secret);
  });
});

describe('software statements', () => {
  async function statementBody(api: FakeApi) {
    const wac = await api.send('POST', obWacPath, { body: obWac() });
    const seal = await api.send('POST', obSealPath, { body: { ...obWac(), AssociatedKeyId: 'kid-1' } });
    return {
      OrganisationId: 'org',
      SoftwareId: 'software',
      DefaultObWacCertificateId: wac.json.Id,
      DefaultObSealCertificateId: seal.json.Id,
      DefaultQueryRedirectUrl: 'https://tpp.example/auth/query-redirect',
      DefaultFragmentRedirectUrl: 'https://tpp.example/auth/fragment-redirect',
    };
  }

  it('are added, read, listed and deleted', async () => {
    const api = withKeys();
    const body = await statementBody(api);
    const created = await api.send('POST', statementPath, { body: { ...body, CreatedBy: 'me' } });
    expect(created.status).toBe(201);
    expect(created.json).toMatchObject({ ...body, SandboxEnvironment: false, CreatedBy: 'me' });
    expect(created.json).not.toHaveProperty('Reference');
    const location = String(created.headers.get('location'));
    expect((await api.send('GET', location)).json).toEqual(created.json);
    expect((await api.send('GET', statementPath)).json).toEqual({ Data: [created.json] });
    expect((await api.send('DELETE', location)).status).toBe(200);
    expect((await api.send('GET', statementPath)).json).toEqual({ Data: [] });
  });

  it('name the certificates that are not there', async () => {
    const api = withKeys();
    const body = { ...(await statementBody(api)), DefaultObSealCertificateId: unknownId };
    const { status, json } = await api.send('POST', statementPath, { body });
    expect([status, json.errors]).toEqual([404, { DefaultObSealCertificateId: ['is not known'] }]);
  });

  it('change the members that an update names, and leave the rest', async () => {
    const api = withKeys();
    const { json } = await api.send('POST', statementPath, { body: await statementBody(api) });
    const path = `${statementPath}/${json.Id}`;
    api.directory.redirectUris.push('https://other.example/');
    const change = { DefaultQueryRedirectUrl: 'https://other.example/', DefaultObWacCertificateId: null };
    const updated = await api.send('PUT', path, { body: change });
    expect(updated.json).toEqual({ ...json, DefaultQueryRedirectUrl: 'https://other.example/' });
    const refused = await api.send('PUT', path, { body: { DefaultObWacCertificateId: unknownId } });
    expect(refused.status).toBe(404);
    expect((await api.send('PUT', `${statementPath}/${unknownId}`, { body: {} })).status).toBe(404);
  });

  it('warn of what the directory says otherwise, and when it cannot be asked', async () => {
    const api = withKeys();
    api.directory.redirectUris.pop();
    const { json } = await api.send('POST', statementPath, { body: await statementBody(api) });
    expect(json.Warnings).toEqual([
      'Directory: the redirect address https://tpp.example/auth/fragment-redirect is not in its software statement.',
    ]);
    const down = { kind: 'unavailable', sent: 'not-sent', method: 'POST', url: '' } as const;
    api.deps.askDirectory = () => Promise.reject(new BankError('The connection to the bank failed.', down));
    const path = `${statementPath}/${json.Id}`;
    const changed = await api.send('PUT', path, { body: {} });
    expect(changed.json.Warnings).toEqual(['Directory: The connection to the bank failed.']);
  });

  it('warn, in answer and log, of a key that no longer fits; and do so at start', async () => {
    const api = withKeys();
    const body = await statementBody(api);
    api.secrets.set('first', second.key);
    const created = await api.send('POST', statementPath, { body });
    const warnings = [
      'OBWAC: Certificate does not belong to the associated key.',
      'OBSeal: Certificate does not belong to the associated key.',
    ];
    expect([created.status, created.json.Warnings]).toEqual([201, warnings]);
    expect(api.logLines.join()).toContain(warnings[0]);
    api.logLines.length = 0;
    await logSoftwareStatementWarnings('default', api.deps);
    expect(api.logLines).toHaveLength(2);
    expect(api.logLines.join()).toContain(warnings[1]);
  });

  describe('and certificates that end', () => {
    const endMs = Date.parse('2027-11-19T12:00:00Z');
    const hourMs = 3_600_000;

    /** A statement whose certificates have so many hours left. */
    async function statementWithHoursLeft(hours: number) {
      const api = withKeys();
      const { json } = await api.send('POST', statementPath, { body: await statementBody(api) });
      api.time.nowMs = endMs - hours * hourMs;
      return { api, json, path: `${statementPath}/${json.Id}` };
    }

    it('warn of less than 30 days left, when read, when listed and when changed, and still ask the directory', async () => {
      const { api, path } = await statementWithHoursLeft(30 * 24 - 1);
      const soon = ['OBWAC', 'OBSeal'].map(
        (kind) => `${kind}: The certificate ends on 2027-11-19T12:00:00.000Z.`,
      );
      expect((await api.send('GET', path)).json.Warnings).toEqual(soon);
      expect((await api.send('GET', statementPath)).json).toMatchObject({ Data: [{ Warnings: soon }] });
      api.directory.redirectUris.pop();
      const changed = await api.send('PUT', path, { body: {} });
      expect(changed.json.Warnings).toEqual([...soon, expect.stringContaining('Directory: ')]);
      api.time.nowMs = endMs - 30 * 24 * hourMs;
      expect((await api.send('GET', path)).json).not.toHaveProperty('Warnings');
    });

    it('refuse those that a request names, by kind, id and holder, and ask nobody', async () => {
      const { api, json, path } = await statementWithHoursLeft(0);
      api.deps.askDirectory = () => Promise.reject(new Error('not to be asked'));
      const { Id, Created, ...body } = json;
      const errors = {
        DefaultObWacCertificateId: [
          `names the OBWAC certificate ${json.DefaultObWacCertificateId} of test, which ended on 2027-11-19T12:00:00.000Z`,
        ],
        DefaultObSealCertificateId: [
          `names the OBSeal certificate ${json.DefaultObSealCertificateId} of test, which ended on 2027-11-19T12:00:00.000Z`,
        ],
      };
      const created = await api.send('POST', statementPath, { body });
      expect([created.status, created.json.code]).toEqual([422, 'certificate-refused']);
      expect(created.json.errors).toEqual(errors);
      const { DefaultObSealCertificateId } = json;
      const changed = await api.send('PUT', path, { body: { DefaultObSealCertificateId } });
      expect([changed.status, changed.json.errors]).toEqual([
        422,
        { DefaultObSealCertificateId: errors.DefaultObSealCertificateId },
      ]);
      expect(api.logLines.join()).not.toMatch(/of test/);
    });

    it('can be renewed one after the other, though the other one has ended too', async () => {
      const { api, json, path } = await statementWithHoursLeft(0);
      const renewed = await issueCertificate(1000);
      api.secrets.set('renewed', renewed.key);
      const wac = await api.send('POST', obWacPath, {
        body: { AssociatedKey: { Name: 'renewed' }, Certificate: renewed.certificate },
      });
      const changed = await api.send('PUT', path, { body: { DefaultObWacCertificateId: wac.json.Id } });
      expect([changed.status, changed.json.DefaultObWacCertificateId]).toEqual([200, wac.json.Id]);
      expect(changed.json.Warnings).toEqual(['OBSeal: The certificate ended on 2027-11-19T12:00:00.000Z.']);
      expect(json.DefaultObWacCertificateId).not.toBe(wac.json.Id);
    });
  });
});
