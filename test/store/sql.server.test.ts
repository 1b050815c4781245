import { describe, expect, it } from 'vitest';
import { connectDatabase } from '../../store/sql.ts';
import { StatementRefused, StoreUnavailable } from '../../store/store-error.ts';
import { useTestDatabase } from './test-database.ts';

describe('the database', () => {
  const database = useTestDatabase();

  it('gives times as dates, large numbers as numbers and JSON as it was', async () => {
    const now = database.clock.now();
    const json = { snake_case: [1, 'two', null], absent: undefined };
    const [row] = await database.db`
      SELECT ${now}::timestamptz AS the_time, 9007199254740991::bigint AS large, ${database.db.json(json)} AS json,
        ${database.db.json(null)}::jsonb AS nothing`;
    const expected = {
      theTime: now,
      large: 9007199254740991,
      json: { snake_case: [1, 'two', null] },
      nothing: null,
    };
    expect(row).toEqual(expected);
  });

  it('does not round a number that is too large', async () => {
    await expect(database.db`SELECT 9007199254740993::bigint AS large`).rejects.toThrow(RangeError);
    expect(await database.db`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  });

  it('sets the same limits on the server', async () => {
    const db = connectDatabase({
      url: database.url,
      poolSize: 1,
      applicationName: 'limits',
      deadlineMs: 4_000,
    });
    const [settings] = await db`
      SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
        current_setting('application_name') AS name`;
    expect(settings).toEqual({ statement: '4s', lock: '2s', name: 'limits' });
    await db.close();
  });

  it('gives up at the deadline and goes on with the next query', async () => {
    const db = connectDatabase({ url: database.url, poolSize: 1, applicationName: 'slow', deadlineMs: 200 });
    const slow = db`SELECT pg_sleep(20)`;
    await expect(slow).rejects.toThrow(StoreUnavailable);
    await expect(db`SELECT 1 AS one`.catch(() => db`SELECT 1 AS one`)).resolves.toEqual([{ one: 1 }]);
    await db.close();
  });

  it('is unavailable, soon and by type, when nobody listens', async () => {
    const db = connectDatabase({
      url: 'postgres://nobody:planted-password@127.0.0.1:1/nothing',
      poolSize: 1,
      applicationName: 'nowhere',
      deadlineMs: 2_000,
    });
    const refused = db`SELECT ${'planted-value'}`;
    await expect(refused).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'ECONNREFUSED' });
    await expect(refused).rejects.not.toThrow(/planted/);
    await db.close();
  });

  it('is unavailable after it was closed', async () => {
    const db = connectDatabase({ url: database.url, poolSize: 1, applicationName: 'closed' });
    await db.close();
    await expect(db`SELECT 1`).rejects.toThrow(StoreUnavailable);
  });

  it('never repeats values in what it says about a refused statement', async () => {
    const claim = () => database.db`
      INSERT INTO idempotency_claim VALUES ('default', 'planted-key', 'planted', 'planted',
        'e5d1a2b4-0000-4000-8000-000000000000', ${database.clock.now()})`;
    await claim();
    const refused: unknown = await claim().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StatementRefused);
    expect(refused).toMatchObject({ code: '23505', constraint: 'idempotency_claim_pkey' });
    expect(String(refused) + JSON.stringify(refused, Object.getOwnPropertyNames(refused))).not.toContain(
      'planted',
    );
    const malformed: unknown = await database.db`SELECT ${'planted'}::uuid`.catch((error: unknown) => error);
    expect(malformed).toMatchObject({ name: 'StatementRefused', code: '22P02' });
    expect(String(malformed)).not.toContain('planted');
  });

  it('says what is wrong with the text of a statement', async () => {
    await expect(database.db`SELECT missing_column FROM consent`).rejects.toThrow(/missing_column/);
  });

  it('gives a run-time role that owns no table what it needs and no more', async () => {
    const privileges = await database.db`
      SELECT FROM pg_roles WHERE rolname = 'durable_open_banking_app'`;
    expect(privileges.length).toBeLessThanOrEqual(1);
  });
});
