// The keys that sign what customers bring back: changed by themselves, and known for as long as anybody verifies with them.
import { expect, it } from 'vitest';
import { tenant } from './records.ts';
import { useTestDatabase } from './test-database.ts';

const dayMs = 24 * 60 * 60 * 1000;
const database = useTestDatabase();

it('sign for 90 days and verify for a day longer', async () => {
  const { resultKeys } = database.store;
  const known = async () => (await resultKeys.listPublic(tenant)).map(({ id }) => id);
  expect(await known()).toEqual([]);
  const first = await resultKeys.current(tenant);
  expect(await resultKeys.current(tenant)).toEqual(first);
  database.clock.moveMs(90 * dayMs - 1);
  expect((await database.connect().store.resultKeys.current(tenant)).id).toBe(first.id);
  database.clock.moveMs(1);
  const second = await resultKeys.current(tenant);
  expect(second.id).not.toBe(first.id);
  expect(await known()).toEqual([first.id, second.id]);
  database.clock.moveMs(dayMs);
  expect(await known()).toEqual([second.id]);
});

it('are kept without their private half in the open', async () => {
  await database.store.resultKeys.current(tenant);
  const rows = await database.db<{ row: string }>`SELECT key::text AS row FROM result_key key`;
  expect(rows.length).toBeGreaterThan(0);
  for (const { row } of rows) expect(row).not.toContain('"d"');
});
