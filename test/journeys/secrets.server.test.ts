// What must not be found anywhere: tokens, codes, keys, account numbers and names that went through every journey. Looked
// for byte by byte in Temporal's database, in every log, in the metrics, and in every row of Postgres.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { startEverything } from '../../embedded/everything.ts';
import { connectDatabase } from '../../store/sql.ts';
import {
  authorise,
  createAccess,
  createPaymentConsent,
  delegate,
  type Profile,
  paymentRequest,
  read,
  register,
  submitPayment,
  visitBank,
} from './customer-journeys.ts';
import { eventually } from './eventually.ts';
import { type House, houseOf, housePorts } from './house.ts';

const folder = mkdtempSync(join(tmpdir(), 'house-'));
const secrets = new Map<string, string>();
let house: House;
let rows: string[];

beforeAll(async () => {
  const config = readConfig({
    ...(await housePorts()),
    DATA_DIR: folder,
    TEST_CLOCK_FILE: join(folder, 'clock-offset-ms'),
  });
  house = houseOf(await startEverything(config), folder);
  for (const profile of ['Sandbox_Hybrid', 'Sandbox_Jarm'] as const) await live(profile);
  rows = await everyRow();
  await house.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every journey, with refusals and lost answers, and what of it is secret or personal. */
async function live(profile: Profile): Promise<void> {
  const { Id: registrationId } = await register(house, profile);
  const access = await createAccess(house, registrationId);
  await keepForm(profile, await visitBank(house, 'account-access', access));
  const { body } = await read(house, access, '/aisp/accounts');
  for (const [index, account] of body.ExternalApiResponse.Data.Account.entries()) {
    secrets.set(`${profile} account ${index}`, account.Account[0].Identification);
    secrets.set(`${profile} name ${index}`, account.Account[0].Name);
  }
  await house.moveClockMs(301_000);
  await house.control('POST', '/faults', { path: '/token', times: 1, fault: { kind: 'garbage' } });
  await read(house, access, '/aisp/accounts');
  await house.moveClockMs(11_000);
  await read(house, access, '/aisp/accounts');
  await house.ask('GET', '/aisp/accounts/no-such-account/balances', undefined, {
    'x-obc-account-access-consent-id': access.id,
  });

  const payment = await createPaymentConsent(house, registrationId);
  const forged = await visitBank(house, 'domestic-payment', payment);
  if (forged.has('id_token')) {
    forged.set('id_token', `${forged.get('id_token')}x`);
    await keepForm(profile, forged);
  }
  const another = await createPaymentConsent(house, registrationId);
  await authorise(house, 'domestic-payment', another);
  await house.control('POST', '/faults', {
    path: '/open-banking/*/domestic-payments',
    method: 'POST',
    times: 1,
    fault: { kind: 'close-after' },
  });
  const paid = await submitPayment(house, another);
  await eventually(async () => {
    const id = paid.body.ExternalApiResponse.Data.DomesticPaymentId;
    const { body } = await house.ask('GET', `/pisp/domestic-payments/${id}`);
    expect(body.ExternalApiResponse.Data.Status).toBe('ACCC');
  });
}

async function keepForm(profile: Profile, form: URLSearchParams): Promise<void> {
  for (const name of ['code', 'id_token', 'response']) {
    const value = form.get(name);
    if (value) secrets.set(`${profile} ${name} ${secrets.size}`, value);
  }
  await delegate(house, form);
}

async function everyRow(): Promise<string[]> {
  const url = house.everything.databaseUrl;
  const db = connectDatabase({ url, poolSize: 1, applicationName: 'test' });
  const tables = await db<{ name: string }>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
  const found: string[] = [];
  for (const { name } of tables) {
    // A table as rows of XML: no name of a table has to be put together with a query.
    const [dump] = await db<{
      xml: string;
    }>`SELECT table_to_xml(${name}::regclass, true, false, '')::text AS xml`;
    found.push(`${name}: ${dump?.xml ?? ''}`);
  }
  await db.close();
  return found;
}

const kept = /\["oidc\/(AccessToken|RefreshToken|AuthorizationCode|ClientCredentials)","([\w-]+)"/g;

/** Tokens and codes are opaque values: the bank's own journal knows them all. */
function tokensOfBank(): Map<string, string> {
  const tokens = new Map<string, string>();
  for (const bank of ['hybrid', 'jarm']) {
    const journal = readFileSync(join(folder, 'sandbox-bank', 'banks', bank, 'authorisation.jsonl'), 'utf8');
    for (const [, kind, value] of journal.matchAll(kept))
      tokens.set(`${bank} ${kind} ${tokens.size}`, value ?? '');
  }
  return tokens;
}

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
}

function planted(): Map<string, string> {
  const { Initiation } = paymentRequest().Data;
  const privateKey = readFileSync(join(folder, 'secrets', 'obseal.key'), 'utf8');
  return new Map([
    ...secrets,
    ...tokensOfBank(),
    ['creditor account', Initiation.CreditorAccount.Identification],
    ['creditor name', Initiation.CreditorAccount.Name],
    ['private key', privateKey.split('\n')[3] ?? ''],
    ['encryption key', readFileSync(join(folder, 'secrets', 'development-encryption.key'), 'utf8')],
  ]);
}

/** Names of the secrets that a text or file holds, in clear or in base64. */
function foundIn(bytes: Buffer | string): string[] {
  return [...planted()].flatMap(([name, value]) => {
    expect(value, name).not.toBe('');
    const inBase64 = Buffer.from(value).toString('base64').slice(0, -4);
    return bytes.includes(value) || bytes.includes(inBase64) ? [name] : [];
  });
}

describe('what is secret or personal', () => {
  it('is known to this test: tokens, codes, redirects, accounts and keys', () => {
    const kinds = [...planted().keys()].map((name) => name.replace(/^(\S+) /, '').replace(/ \d+$/, ''));
    expect(new Set(kinds)).toEqual(
      new Set([
        ...['AccessToken', 'RefreshToken', 'AuthorizationCode', 'ClientCredentials'],
        ...['code', 'id_token', 'response', 'account', 'name', 'key'],
      ]),
    );
    // The search finds what is there: the bank's own files hold it all.
    const journal = readFileSync(join(folder, 'sandbox-bank', 'banks', 'hybrid', 'authorisation.jsonl'));
    expect(foundIn(journal).length).toBeGreaterThan(5);
  });

  it("is not in Temporal's database", () => {
    const files = filesBelow(join(folder, 'temporal')).filter((file) => file.includes('temporal.db'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(foundIn(readFileSync(file)), file).toEqual([]);
  });

  it('is in no log', () => {
    const files = [
      ...filesBelow(join(folder, 'logs')),
      ...filesBelow(folder).filter((file) => file.endsWith('.log')),
    ];
    const own = files.filter((file) => !file.endsWith('sandbox-bank.log'));
    expect(own.length).toBeGreaterThan(3);
    for (const file of own) expect(foundIn(readFileSync(file)), file).toEqual([]);
  });

  it('is in Postgres only encrypted', () => {
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) expect(foundIn(row), row.slice(0, 40)).toEqual([]);
    // The files of Postgres hold earlier versions of rows and the log of all writes.
    const files = filesBelow(join(folder, 'postgres'));
    for (const file of files) expect(foundIn(readFileSync(file)), file).toEqual([]);
  });
});
