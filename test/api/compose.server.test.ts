// The API on its real parts: Postgres, keys from files, Temporal; and with either of them out of reach.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createApi } from '../../api/app.ts';
import { type ApiParts, composeApi } from '../../api/compose.ts';
import { BankError } from '../../bank-client/bank-error.ts';
import { systemClock } from '../../clock.ts';
import { readConfig } from '../../config.ts';
import { layFoundation } from '../../roles/foundation.ts';
import { migrate } from '../../store/migrate.ts';
import { createDatabase } from '../store/test-database.ts';
import { issueCertificate } from './certificates.ts';

const noBank = () => Promise.reject(new Error('no bank here'));
const noDirectory = () =>
  Promise.reject(new BankError('nobody', { kind: 'unavailable', sent: 'not-sent', method: 'GET', url: '' }));
const banks = { connect: noBank, fetchSoftwareStatement: noDirectory };

let folder: string;
let database: Awaited<ReturnType<typeof createDatabase>>;
let parts: ApiParts;

async function compose(changes: Record<string, string> = {}): Promise<ApiParts> {
  const environment = {
    ...{ DATABASE_URL: database.url, TEMPORAL_ADDRESS: inject('temporalAddress'), SECRETS_DIR: folder },
    ...{ TEMPORAL_UI_ORIGINS: 'http://ui.example', ...changes },
  };
  const config = readConfig({ ...environment, LOG_LEVEL: 'silent' });
  const foundation = layFoundation(config, 'api');
  const parts = await composeApi(config, foundation, banks);
  return {
    ...parts,
    close: async () => {
      await parts.close();
      await foundation.close();
    },
  };
}

async function send({ deps }: ApiParts, method: string, path: string, body?: unknown, headers = {}) {
  const response = await createApi(deps).request(path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const json: Record<string, unknown> = JSON.parse(await response.text());
  return { status: response.status, json };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'durable-open-banking-api-'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'encryption.key'), randomBytes(32).toString('base64'));
  database = await createDatabase();
  await migrate({ url: database.url, clock: systemClock });
  parts = await compose();
});

afterAll(async () => {
  await parts.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

describe('the API on its real parts', () => {
  it('is ready as soon as an encryption key has been named', async () => {
    const before = await send(parts, 'GET', '/health/ready');
    expect([before.status, before.json.missing]).toEqual([503, ['encryption key']]);
    const key = { Key: { Source: 'File', Name: 'encryption.key' }, SetAsCurrentEncryptionKey: true };
    expect((await send(parts, 'POST', '/manage/encryption-key-descriptions', key)).status).toBe(201);
    expect((await send(parts, 'GET', '/health/ready')).json).toEqual({ status: 'ready' });
  });

  it('keeps management objects, refuses to delete what is in use, and answers repeated creates the same', async () => {
    // The clock is the real one here, and a certificate that has ended is refused.
    const { certificate, key } = await issueCertificate(36_500);
    writeFileSync(join(folder, 'tls.pem'), key);
    const pair = { AssociatedKey: { Source: 'File', Name: 'tls.pem' }, Certificate: certificate };
    const repeatable = { 'x-idempotency-key': 'obwac-1' };
    const obWac = await send(parts, 'POST', '/manage/obwac-certificates', pair, repeatable);
    expect(obWac.status).toBe(201);
    const repeated = await send(parts, 'POST', '/manage/obwac-certificates', pair, repeatable);
    expect(repeated.json.Id).toBe(obWac.json.Id);
    const other = { ...pair, Reference: 'other' };
    expect((await send(parts, 'POST', '/manage/obwac-certificates', other, repeatable)).status).toBe(409);
    const obSeal = await send(parts, 'POST', '/manage/obseal-certificates', {
      ...pair,
      AssociatedKeyId: 'kid',
    });
    const statement = await send(parts, 'POST', '/manage/software-statements', {
      ...{ OrganisationId: 'o', SoftwareId: 's' },
      ...{ DefaultObWacCertificateId: obWac.json.Id, DefaultObSealCertificateId: obSeal.json.Id },
      ...{ DefaultQueryRedirectUrl: 'https://a.example/', DefaultFragmentRedirectUrl: 'https://a.example/' },
    });
    expect(statement.status).toBe(201);
    const path = `/manage/software-statements/${statement.json.Id}`;
    const changed = await send(parts, 'PUT', path, { DefaultQueryRedirectUrl: 'https://b.example/' });
    expect(changed.json).toEqual({ ...statement.json, DefaultQueryRedirectUrl: 'https://b.example/' });
    const refused = await send(parts, 'DELETE', `/manage/obwac-certificates/${obWac.json.Id}`);
    expect([refused.status, refused.json.code]).toEqual([409, 'in-use']);
    expect((await send(parts, 'DELETE', path)).status).toBe(200);
    expect((await send(parts, 'DELETE', `/manage/obwac-certificates/${obWac.json.Id}`)).status).toBe(200);
  });

  it('finds nothing under unknown ids, anywhere', async () => {
    const id = '99999999-9999-4999-8999-999999999999';
    for (const path of [
      `/manage/bank-registrations/${id}`,
      `/aisp/account-access-consents/${id}`,
      `/aisp/account-access-consent-auth-contexts/${id}`,
      `/pisp/domestic-payment-consents/${id}`,
      `/pisp/domestic-payment-consents/${id}/funds-confirmation`,
      `/pisp/domestic-payments/${id}`,
    ]) {
      expect([path, (await send(parts, 'GET', path)).status]).toEqual([path, 404]);
    }
    const consent = { 'x-obc-account-access-consent-id': id };
    expect((await send(parts, 'GET', '/aisp/accounts', undefined, consent)).status).toBe(404);
  });

  it("lets the Temporal UI's origin alone read payloads", async () => {
    const ask = (origin: string) =>
      send(parts, 'POST', '/temporal-codec/decode', { payloads: [] }, { origin });
    expect((await ask('http://ui.example')).json).toEqual({ payloads: [] });
    expect((await ask('http://evil.example')).status).toBe(403);
    const without = await compose({ TEMPORAL_UI_ORIGINS: '' });
    expect((await send(without, 'POST', '/temporal-codec/decode', { payloads: [] })).status).toBe(404);
    await without.close();
  });
});

describe('the API with a part out of reach', () => {
  it('says which, and answers 503 where the database is needed', async () => {
    const nowhere = await compose({
      ...{ DATABASE_URL: 'postgres://127.0.0.1:1/none', TEMPORAL_ADDRESS: '127.0.0.1:1' },
    });
    const ready = await send(nowhere, 'GET', '/health/ready');
    expect(ready.json.missing).toEqual(['database', 'temporal', 'encryption key']);
    const { status, json } = await send(nowhere, 'GET', '/manage/software-statements');
    expect([status, json.code]).toEqual([503, 'store-unavailable']);
    expect((await send(nowhere, 'GET', '/health/live')).status).toBe(200);
    await nowhere.close();
  });

  it('is not composed without addresses', () => {
    const config = readConfig({ TEMPORAL_ADDRESS: '127.0.0.1:1' });
    expect(() => layFoundation(config, 'api')).toThrow('DATABASE_URL');
  });
});
