// What the sandbox bank remembers across a restart, and after a crash in the middle of a line.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal } from '../../sandbox-bank/resources/journal.ts';
import { access, agreedPayment, newKey, openBank } from './resources-bank.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bank-state-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a bank that is started again', () => {
  it('knows its consents, payments, keys and counters', async () => {
    const before = openBank({ folder });
    const accessToken = await access(before, 'v4.0');
    const { consentId, token, order } = await agreedPayment(before, 'v4.0');
    const asked = { token, key: newKey(), body: order };
    const payment = await before.ask('POST', '/v4.0/pisp/domestic-payments', asked);
    const after = openBank({ folder });
    expect((await after.ask('GET', '/v4.0/aisp/accounts', { token: accessToken })).status).toBe(200);
    expect(after.state.consents.get(consentId)?.status).toBe('COND');
    const again = await after.ask('POST', '/v4.0/pisp/domestic-payments', asked);
    expect(again.body).toEqual(payment.body);
    expect(after.state.counters()).toEqual(before.state.counters());
    expect(after.state.counters().paymentsExecuted).toBe(1);
    expect(after.state.paymentsFrom('22289')).toHaveLength(1);
  });

  it('has the same transactions, though its clock has moved on', () => {
    const before = openBank({ folder });
    const account = before.state.account('22289');
    if (!account) throw new Error('no account');
    const history = before.state.history(account);
    const days = openBank({ folder });
    days.advance(10 * 86_400_000);
    expect(days.state.history(account)).toEqual(history);
  });

  it('forgets everything without a folder', async () => {
    const { consentId } = await agreedPayment(openBank(), 'v4.0');
    expect(openBank().state.consents.get(consentId)).toBeUndefined();
  });
});

describe('the journal', () => {
  const file = () => join(folder, 'journal.jsonl');

  it('keeps the last row of each key and forgets what was deleted', () => {
    const table = new Journal(file()).table<{ value: number }>('rows');
    table.set('a', { value: 1 });
    table.set('a', { value: 2 });
    table.set('b', { value: 3 });
    table.delete('b');
    table.delete('never');
    const again = new Journal(file()).table<{ value: number }>('rows');
    expect([...again.values()]).toEqual([{ value: 2 }]);
    expect(again.get('b')).toBeUndefined();
  });

  it('is compacted when it is opened, and readable by its owner only', () => {
    const table = new Journal(file()).table<{ value: number }>('rows');
    for (let value = 0; value < 10; value += 1) table.set('a', { value });
    expect(readFileSync(file(), 'utf8').trim().split('\n')).toHaveLength(10);
    new Journal(file());
    expect(readFileSync(file(), 'utf8')).toBe('["rows","a",{"value":9}]\n');
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('drops a last line that was cut short, and lines that are not its own', () => {
    new Journal(file()).table<{ value: number }>('rows').set('a', { value: 1 });
    appendFileSync(file(), '{"not":"a line"}\n["rows","b",{"val');
    const table = new Journal(file()).table<{ value: number }>('rows');
    expect([...table.values()]).toEqual([{ value: 1 }]);
    table.set('c', { value: 4 });
    expect([...new Journal(file()).table<{ value: number }>('rows').values()]).toEqual([
      { value: 1 },
      { value: 4 },
    ]);
  });
});
