// Lists in pages, on a real database: filters, order, and what happens to a reader while others add and delete.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Page, PageRequest, Place } from '../../store/page.ts';
import type { PaymentListRequest } from '../../store/payment-list.ts';
import type { Db } from '../../store/sql.ts';
import type { PaymentFamily } from '../../workflows/contracts/payment.ts';
import {
  addConsent,
  addRegistration,
  failure,
  newConsent,
  newObSeal,
  newObWac,
  newPayment,
  newRegistration,
  newStatement,
} from './records.ts';
import { useTestDatabase } from './test-database.ts';

type List<Item> = (request: PageRequest) => Promise<Page<Item>>;

/** Every page, one after the other. */
async function pages<Item>(list: List<Item>, limit: number, between = async () => {}): Promise<Item[][]> {
  const found: Item[][] = [];
  let after: Place | undefined;
  do {
    const page = await list({ limit, after });
    found.push(page.items);
    after = page.next;
    if (after !== undefined) await between();
  } while (after !== undefined);
  return found;
}

const idsOf = (items: { id: string }[]) => items.map(({ id }) => id);

describe('a reader of pages', () => {
  const database = useTestDatabase();

  it('finds each object once and misses none, whatever is added and deleted meanwhile', async () => {
    const { obWacCertificates: certificates } = database.store;
    const moves = fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 12 });
    const meanwhile = fc.infiniteStream(
      fc.record({
        added: fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 4 }),
        deletes: fc.boolean(),
      }),
    );
    const limits = fc.integer({ min: 1, max: 5 });
    const property = fc.asyncProperty(moves, limits, meanwhile, async (before, limit, events) => {
      const owner = randomUUID();
      const add = async (move: number) => {
        // Two processes' clocks differ, and many objects share a millisecond.
        database.clock.moveMs(move);
        return (await certificates.insert(owner, newObWac())).id;
      };
      const present: string[] = [];
      for (const move of before) present.push(await add(move));
      const deleted = new Set<string>();
      let rounds = 0;
      const read = await pages(
        (request) => certificates.listPage(owner, request),
        limit,
        async () => {
          rounds += 1;
          if (rounds > 10) return;
          const { added, deletes } = events.next().value;
          for (const move of added) await add(move);
          const victim = deletes ? present[rounds % present.length] : undefined;
          if (victim !== undefined && (await certificates.softDelete(owner, victim)) === 'deleted')
            deleted.add(victim);
        },
      );
      const items = read.flat();
      const ids = idsOf(items);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(present.filter((id) => !deleted.has(id))));
      const places = items.map(({ created, id }) => `${created.toISOString()} ${id}`);
      expect(places).toEqual(places.toSorted());
      for (const page of read.slice(0, -1)) expect(page).toHaveLength(limit);
    });
    await fc.assert(property, { numRuns: 40 });
  });

  it('gets on where times differ by less than a millisecond', async () => {
    const owner = randomUUID();
    for (const microseconds of ['000001', '000002', '000900'])
      await database.db`
        INSERT INTO obwac_certificate (tenant, id, created, associated_key, certificate)
        VALUES (${owner}, ${randomUUID()}, ${`2026-11-20T12:00:00.${microseconds}Z`}::text::timestamptz, '{}', 'x')`;
    const list = (request: PageRequest) => database.store.obWacCertificates.listPage(owner, request);
    const read = await pages(list, 1);
    expect(read.map((page) => page.length)).toEqual([1, 1, 1]);
    expect(new Set(idsOf(read.flat())).size).toBe(3);
  });

  it('is given everything at once when no limit is asked for', async () => {
    const owner = randomUUID();
    for (let count = 0; count < 5; count++) await database.store.obWacCertificates.insert(owner, newObWac());
    const page = await database.store.obWacCertificates.listPage(owner, {});
    expect([page.items.length, page.next]).toEqual([5, undefined]);
  });
});

describe('lists', () => {
  const database = useTestDatabase();
  const owner = 'lister';

  it('have the objects that a person sets up as they are found one by one', async () => {
    const { obWacCertificates, obSealCertificates, softwareStatements, encryptionKeyDescriptions } =
      database.store;
    const obWac = await obWacCertificates.insert(owner, newObWac());
    const obSeal = await obSealCertificates.insert(owner, newObSeal());
    const statement = newStatement(obWac.id, obSeal.id);
    await softwareStatements.insert(owner, { ...statement, reference: 'mine' });
    await encryptionKeyDescriptions.insert(owner, {
      ...{ id: randomUUID(), createdBy: null, reference: 'mine' },
      key: { source: 'File', name: 'key' },
    });
    for (const records of [
      obWacCertificates,
      obSealCertificates,
      softwareStatements,
      encryptionKeyDescriptions,
    ]) {
      const { items } = await records.listPage(owner, {});
      expect(items).toEqual([await records.find(owner, items[0]?.id ?? '')]);
      expect((await records.listPage(owner, { reference: 'other' })).items).toEqual([]);
      expect((await records.listPage(randomUUID(), {})).items).toEqual([]);
    }
    expect((await softwareStatements.listPage(owner, { reference: 'mine' })).items).toHaveLength(1);
    expect(await softwareStatements.softDelete(owner, statement.id)).toBe('deleted');
    expect((await softwareStatements.listPage(owner, {})).items).toEqual([]);
  });

  it('have registrations whatever became of them, except those that were deleted', async () => {
    const { registrations } = database.store;
    const of = randomUUID();
    const registered = await addRegistration(database.store, of);
    const first = await registrations.find(of, registered);
    const softwareStatementId = first?.softwareStatementId ?? '';
    database.clock.moveMs(1000);
    const [underWay, failed, deleted] = [0, 1, 2].map(() => newRegistration(softwareStatementId));
    if (!underWay || !failed || !deleted) throw new Error('three were made');
    await registrations.insertRequested(of, { ...underWay, bankProfile: 'Sandbox_Query', reference: 'r' });
    database.clock.moveMs(1000);
    await registrations.insertRequested(of, { ...failed, externalApiSecret: 'planted-secret' });
    await registrations.recordFailed(of, failed.id, failure);
    await registrations.insertRequested(of, deleted);
    await registrations.recordDeleted(of, deleted.id);

    const { items } = await registrations.listPage(of, {});
    expect(idsOf(items)).toEqual([registered, underWay.id, failed.id]);
    expect(items[0]).toEqual(first);
    const { bank: _, ...known } = failure;
    expect(items[2]).toMatchObject({ status: 'failed', client: null, failure: known });
    expect(JSON.stringify(items)).not.toMatch(/planted/i);

    const filtered = async (filter: object) => idsOf((await registrations.listPage(of, filter)).items);
    expect(await filtered({ reference: 'r' })).toEqual([underWay.id]);
    expect(await filtered({ bankProfile: 'Sandbox_Query' })).toEqual([underWay.id]);
    expect(await filtered({ softwareStatementId })).toHaveLength(3);
    expect(await filtered({ softwareStatementId: randomUUID() })).toEqual([]);
  });

  it('have consents and payments of one family, by what their registration is', async () => {
    const { registrations, consents, payments } = database.store;
    const of = randomUUID();
    const registrationId = await addRegistration(database.store, of);
    const registration = await registrations.find(of, registrationId);
    const account = await addConsent(database.store, registrationId, { reference: 'a' }, of);
    const failed = newConsent(registrationId, { reference: 'f', family: 'domestic-payment' });
    await consents.insert(of, failed);
    await consents.recordFailed(of, failed.id, failure);
    database.clock.moveMs(1000);
    const paid = await addConsent(
      ...([database.store, registrationId, { reference: 'p', family: 'domestic-payment' }, of] as const),
    );
    const payment = { ...newPayment(paid), modifiedBy: 'me' };
    await payments.insert(of, payment);

    const list = async (filter: object) =>
      (await consents.listPage(of, { family: 'domestic-payment', ...filter })).items;
    expect((await consents.listPage(of, { family: 'account-access' })).items).toEqual([
      await consents.find(of, account),
    ]);
    expect(idsOf(await list({}))).toEqual([failed.id, paid]);
    expect(JSON.stringify(await list({}))).not.toContain('Planted');
    const fits = { bankProfile: 'Sandbox_Hybrid', softwareStatementId: registration?.softwareStatementId };
    expect(idsOf(await list({ ...fits, reference: 'p' }))).toEqual([paid]);
    expect(await list({ bankProfile: 'Sandbox_Query' })).toEqual([]);
    expect(await list({ softwareStatementId: randomUUID() })).toEqual([]);

    const listPaid = async (filter: object) =>
      (await payments.listPage(of, { family: 'domestic-payment', ...filter })).items;
    expect(await listPaid({ ...fits, reference: 'p' })).toEqual([
      {
        ...{ id: payment.id, created: database.clock.now(), modifiedBy: 'me', consentId: paid },
        ...{
          consentExternalApiId: `bank-${paid}`,
          family: 'domestic-payment',
          bankProfile: 'Sandbox_Hybrid',
        },
        ...{ bankRegistrationId: registrationId, status: 'submitting', externalApiId: null },
        ...{ bankStatus: null, failure: null },
      },
    ]);
    expect(await listPaid({ reference: 'f' })).toEqual([]);
    await consents.softDelete(of, account);
    expect((await consents.listPage(of, { family: 'account-access' })).items).toEqual([]);
  });

  it('have payments of all families, by each filter', async () => {
    const { payments } = database.store;
    const of = randomUUID();
    const registrationId = await addRegistration(database.store, of);
    const start = database.clock.now();
    const paid = async (family: PaymentFamily) => {
      const consent = await addConsent(database.store, registrationId, { family, reference: family }, of);
      const payment = { ...newPayment(consent), family };
      await payments.insert(of, payment);
      database.clock.moveMs(1000);
      return { id: payment.id, consentId: consent };
    };
    const one = await paid('international-payment');
    const middle = database.clock.now();
    const other = await paid('file-payment');
    await payments.recordEnded(of, other.id, { status: 'failed', failure });

    const listed = async (filter: Omit<PaymentListRequest, keyof PageRequest>) =>
      idsOf((await pages((page) => payments.listPage(of, { ...filter, ...page }), 1)).flat());
    expect(await listed({})).toEqual([one.id, other.id]);
    expect(await listed({ family: 'file-payment' })).toEqual([other.id]);
    expect(await listed({ status: 'submitting' })).toEqual([one.id]);
    expect(await listed({ status: 'failed', reference: 'file-payment' })).toEqual([other.id]);
    expect(await listed({ consentId: one.consentId })).toEqual([one.id]);
    expect(await listed({ createdFrom: middle })).toEqual([other.id]);
    expect(await listed({ createdFrom: start, createdTo: middle })).toEqual([one.id]);
    expect(await listed({ bankProfile: 'Sandbox_Query' })).toEqual([]);
    expect(await listed({ family: 'domestic-payment' })).toEqual([]);
    const { items } = await payments.listPage(of, { status: 'failed' });
    const { bank: _, ...known } = failure;
    expect(items[0]?.failure).toEqual(known);
    expect(await payments.listStatuses(of, other.id)).toEqual([
      { status: 'submitting', bankStatus: null, recorded: middle },
      { status: 'failed', bankStatus: null, recorded: database.clock.now() },
    ]);
    expect((await payments.listPage(randomUUID(), {})).items).toEqual([]);
  });

  it('are read in the order of an index, without sorting', async () => {
    const { db } = database.connect(1);
    await db`SET enable_seqscan = off`;
    await db`SET enable_sort = off`;
    const plan = await db<{ queryPlan: string }>`
      EXPLAIN (FORMAT TEXT) SELECT id FROM consent object
      WHERE tenant = 'default' AND family = 'account-access' AND deleted_at IS NULL
        AND (object.created, object.id) > ('2026-11-20T12:00:00Z'::timestamptz, ${randomUUID()}::uuid)
      ORDER BY object.created, object.id LIMIT 51`;
    const text = plan.map((row) => Object.values(row).join()).join('\n');
    expect(text).toContain('consent_family_created');
    expect(text).toMatch(/Index Cond: .*ROW\(created, id\)/);
    expect(text).not.toContain('Sort');
  });

  it.each([
    ['payment_created', (db: Db) => db.part``],
    ['payment_by_status', (db: Db) => db.part`AND status = 'failed'`],
    ['payment_family_created', (db: Db) => db.part`AND family = 'file-payment'`],
  ])('have an index for payments: %s', async (index, filtered) => {
    const { db } = database.connect(1);
    await db`SET enable_seqscan = off`;
    await db`SET enable_sort = off`;
    const plan = await db`
      EXPLAIN (FORMAT TEXT) SELECT id FROM payment object
      WHERE tenant = 'default' ${filtered(db)}
        AND (object.created, object.id) > ('2026-11-20T12:00:00Z'::timestamptz, ${randomUUID()}::uuid)
      ORDER BY object.created, object.id LIMIT 51`;
    const text = plan.map((row) => Object.values(row).join()).join('\n');
    expect(text).toContain(index);
    expect(text).not.toContain('Sort');
  });
});

describe("a customer's address", () => {
  const database = useTestDatabase();

  it('is kept with consent and payment, encrypted, for the step that tells the bank', async () => {
    const { consents, payments } = database.store;
    const of = randomUUID();
    const registrationId = await addRegistration(database.store, of);
    const customerIpAddress = '203.0.113.77';
    const consent = newConsent(registrationId, { family: 'domestic-payment', customerIpAddress });
    await consents.insert(of, consent);
    const payment = { ...newPayment(consent.id), customerIpAddress };
    await payments.insert(of, payment);
    expect(await consents.findCustomerIpAddress(of, consent.id)).toBe(customerIpAddress);
    expect(await payments.findCustomerIpAddress(of, payment.id)).toBe(customerIpAddress);
    const rows = await database.db`
      SELECT row_to_json(consent)::text || row_to_json(payment)::text AS text FROM consent, payment`;
    expect(JSON.stringify(rows)).not.toContain(customerIpAddress);
  });
});
