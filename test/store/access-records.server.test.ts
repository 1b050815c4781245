// What was read under consents, and when each was last used, on real Postgres.
import { beforeEach, describe, expect, it } from 'vitest';
import { addConsent, addRegistration, newAccessRecord, tenant } from './records.ts';
import { useTestDatabase } from './test-database.ts';

const database = useTestDatabase();
let registrationId: string;
let consentId: string;
const at = (second: number) => new Date(Date.parse('2026-11-20T12:00:00Z') + second * 1_000);

beforeEach(async () => {
  registrationId = await addRegistration(database.store);
  consentId = await addConsent(database.store, registrationId);
});

const recordsOf = async (of = consentId) =>
  (await database.store.accessRecords.listPage(tenant, { consentId: of })).items;
const lastUsed = async () => (await database.store.consents.find(tenant, consentId))?.lastUsedAt;

describe('access records', () => {
  it('are read as they were written, oldest first, each consent its own', async () => {
    const other = await addConsent(database.store, registrationId);
    const first = newAccessRecord(consentId, { created: at(1), interactionId: 'bank-1' });
    const second = newAccessRecord(consentId, {
      ...{
        created: at(2),
        operation: 'GET /balances',
        status: 502,
        outcome: 'bank-unavailable',
        attended: false,
      },
    });
    await database.store.accessRecords.insert(tenant, [second, newAccessRecord(other), first]);
    const told = [first, second].map(({ consentId: _, used: __, ...record }) => record);
    expect(await recordsOf()).toEqual(told);
    expect(await recordsOf(other)).toHaveLength(1);
  });

  it('are written once, however often they are handed over', async () => {
    const records = [newAccessRecord(consentId), newAccessRecord(consentId, { created: at(1) })];
    for (let round = 0; round < 3; round++) await database.store.accessRecords.insert(tenant, records);
    expect(await recordsOf()).toHaveLength(2);
  });

  it('come in pages, none left out among those of one moment', async () => {
    const records = Array.from({ length: 7 }, () => newAccessRecord(consentId));
    await database.store.accessRecords.insert(tenant, records);
    const found: string[] = [];
    let after: Awaited<ReturnType<typeof database.store.accessRecords.listPage>>['next'];
    do {
      const page = await database.store.accessRecords.listPage(tenant, { consentId, limit: 2, after });
      found.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    expect(found).toEqual(records.map(({ id }) => id).sort());
  });
});

describe('the last use of a consent', () => {
  it('is unknown before the first', async () => {
    expect(await lastUsed()).toBeNull();
  });

  it('is the latest read that reached the bank, in whichever order they are told', async () => {
    const { insert } = database.store.accessRecords;
    await insert(tenant, [
      newAccessRecord(consentId, { created: at(5) }),
      newAccessRecord(consentId, { created: at(3) }),
      newAccessRecord(consentId, { created: at(9), used: false }),
    ]);
    expect(await lastUsed()).toEqual(at(5));
    await insert(tenant, [newAccessRecord(consentId, { created: at(4) })]);
    expect(await lastUsed()).toEqual(at(5));
    const { items } = await database.store.consents.listPage(tenant, { family: 'account-access' });
    expect(items.find(({ id }) => id === consentId)?.lastUsedAt).toEqual(at(5));
  });

  it('is kept by processes that write about the same consents at once', async () => {
    const others = [consentId, await addConsent(database.store, registrationId)];
    const stores = Array.from({ length: 4 }, () => database.connect(2).store);
    const batches = Array.from({ length: 20 }, (_, second) =>
      (second % 2 === 0 ? others : others.toReversed()).map((of) =>
        newAccessRecord(of, { created: at(second) }),
      ),
    );
    await Promise.all(
      batches.map((batch, number) => stores[number % stores.length]?.accessRecords.insert(tenant, batch)),
    );
    expect([await lastUsed(), (await recordsOf()).length]).toEqual([at(19), 20]);
  });
});
