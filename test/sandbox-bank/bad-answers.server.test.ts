// Every bad answer that can be ordered: given for the operation it was ordered for, once, in the shape its name says, by a
// bank that is as well afterwards as it was before.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listShapes, shapeNames } from '../../sandbox-bank/control/bad-answers/shapes.ts';
import { access, openFlow, resource } from './authorisation.ts';
import { outcomes } from './bad-answer-outcomes.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { ThirdParty } from './third-party.ts';
import { askOnWire, type WireAnswer } from './wire.ts';

interface Shape {
  name: string;
  kind: string;
  is: string;
  endless: boolean;
  changesJson: boolean;
}

const shapes = listShapes() as Shape[];
const operation = 'GET /accounts/{AccountId}/transactions';
const path = '/aisp/accounts/22289/transactions';

let sandbox: Sandbox;
let thirdParty: ThirdParty;
let token: string;
let base: string;

beforeAll(async () => {
  sandbox = await openSandbox();
  thirdParty = new ThirdParty(sandbox);
  const client = await thirdParty.register('hybrid', 'tls_client_auth');
  const flow = await openFlow(sandbox, thirdParty, 'hybrid', client);
  token = (await access(flow)).tokens.access_token;
  base = resource(flow, '');
});
afterAll(async () => {
  await thirdParty.close();
  await sandbox.remove();
});
afterEach(() => sandbox.control('DELETE', '/faults'));

function ask(at = path, patience: { firstByteMs?: number; endMs?: number } = {}): Promise<WireAnswer> {
  const file = (name: string) => readFileSync(join(sandbox.tppDir, name), 'utf8');
  return askOnWire({
    ...{ url: `${base}${at}`, token, ca: readFileSync(sandbox.caFile, 'utf8') },
    ...{ cert: file('obwac.pem'), key: file('obwac.key') },
    ...patience,
  });
}

const order = (shape: string, more: object = {}) =>
  sandbox.control('POST', '/faults', { operation, times: 1, fault: { kind: 'bad-answer', shape }, ...more });

const newest = async () => (await sandbox.control('GET', '/requests')).body.at(-1);

function kindOf({ body }: WireAnswer): string {
  if (body.length === 0) return 'nothing';
  try {
    JSON.parse(body.toString());
    return 'JSON';
  } catch {
    return 'no JSON';
  }
}

it('are at least sixty, each with a name and a sentence of its own', async () => {
  expect((await sandbox.control('GET', '/bad-answers')).body).toEqual(shapes);
  expect(shapes.length).toBeGreaterThanOrEqual(60);
  expect(new Set(shapes.map(({ name }) => name)).size).toBe(shapes.length);
  expect(new Set(shapes.map(({ is }) => is)).size).toBe(shapes.length);
  for (const { is } of shapes) expect(is).toMatch(/^[A-Z].*\.$/);
  expect(Object.keys(outcomes).sort()).toEqual([...shapeNames].sort());
});

describe.each(shapes)('$name', ({ name, kind, endless, changesJson }) => {
  it('comes as it is said to', async () => {
    await order(name);
    const patience = {
      ...(endless ? { endMs: 500 } : {}),
      ...(name === 'silence' ? { firstByteMs: 500 } : {}),
    };
    const answer = await ask(path, patience);
    expect(`${answer.status} ${kindOf(answer)} ${answer.end}`).toBe(outcomes[name]);
    // Silence is over for us before it has begun, when the bank is slow.
    await expect.poll(newest).toMatchObject({ fault: 'bad-answer', shape: name, acted: true });
    const entry = await newest();
    expect(entry.path).toBe(`/open-banking/v4.0${path}`);
    expect('place' in entry).toBe(changesJson);
    expect(changesJson).toBe(['members', 'links'].includes(kind));
  });
});

describe('an order', () => {
  it('holds for one operation of one version, so many times', async () => {
    await order('502-page', { operation: 'GET /accounts/{AccountId}/balances', version: 'v4.0', times: 2 });
    const statuses = async (at: string) => (await ask(at)).status;
    expect(await statuses('/aisp/balances')).toBe('200');
    expect(await statuses(path)).toBe('200');
    expect(await statuses('/aisp/accounts/22289/balances?x=1')).toBe('502');
    expect(await statuses('/aisp/accounts/31820/balances')).toBe('502');
    expect(await statuses('/aisp/accounts/22289/balances')).toBe('200');
    await order('502-page', { version: 'v3.1' });
    expect(await statuses(path)).toBe('200');
  });

  it('is refused for operations and shapes that nobody knows', async () => {
    expect((await order('no-such-shape')).status).toBe(400);
    expect((await order('502-page', { operation: 'GET /nothing' })).status).toBe(400);
  });
});

describe('what is in them', () => {
  const given = async (shape: string) => {
    await order(shape);
    return ask();
  };

  it('is as much as was said', async () => {
    const bomb = await given('gzip-bomb');
    expect(bomb.body.length).toBeLessThan(2_000_000);
    expect(() => gunzipSync(bomb.body, { maxOutputLength: 128 * 1_048_576 })).toThrow(/larger than/);
    const packed = await given('gzip-unasked');
    expect(JSON.parse(gunzipSync(packed.body).toString()).Data.Transaction.length).toBeGreaterThan(0);
    expect((await given('header-huge')).head.length).toBeGreaterThan(1_048_576);
  });

  it('is the token, where the bank is that careless', async () => {
    expect((await given('400-echo')).body.toString()).toContain(`Bearer ${token}`);
  });

  it('is one change and otherwise the good answer', async () => {
    const { body } = await ask();
    const good = JSON.parse(body.toString());
    const [first] = good.Data.Transaction;
    const bad = JSON.parse((await given('amount-as-number')).body.toString());
    expect(bad.Data.Transaction[0].Amount.Amount).toBe(Number(first.Amount.Amount));
    bad.Data.Transaction[0].Amount.Amount = first.Amount.Amount;
    expect(bad).toEqual(good);
    expect((await given('very-large-number')).body.toString()).toMatch(/":9{300}[,}]/);
  });

  it('reaches what should be out of reach', async () => {
    const { body } = await given('proto-members');
    const names = Object.keys(JSON.parse(body.toString()));
    expect(names).toEqual(expect.arrayContaining(['__proto__', 'constructor', 'Data']));
  });
});
