import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../embedded/free-port.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { connectDatabase } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import { StoreUnavailable } from '../../store/store-error.ts';
import { addConsent, addRegistration, newPayment, tenant } from './records.ts';
import { useTestDatabase } from './test-database.ts';

/** Does it until the database has answered, as activities do. Counts the answers that were lost. */
async function untilAnswered<Answer>(work: () => Promise<Answer>, onLost: () => void): Promise<Answer> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      onLost();
    }
  }
}

const poolSize = 4;

describe('when connections are killed at random', () => {
  const database = useTestDatabase();

  it('no write is lost or doubled, and the pools come back', async () => {
    const pools = [database.connect(poolSize), database.connect(poolSize)];
    const registrationId = await addRegistration(database.store);
    const consentId = await addConsent(database.store, registrationId);
    const expiresAt = database.clock.now();
    let lost = 0;
    let stored = 0;
    let writing = true;
    const claims = new Map<string, string>();
    const paid = new Map<string, string>();

    async function write(worker: number): Promise<void> {
      const store = pools[worker % pools.length]?.store ?? database.store;
      const answered = <Answer>(work: () => Promise<Answer>) =>
        untilAnswered(work, () => {
          lost += 1;
        });
      for (let round = 0; round < 40; round += 1) {
        const key = `${worker}/${round}`;
        const resourceId = randomUUID();
        const claim = { key, operation: 'POST', bodyHash: 'hash', resourceId };
        const claimed = await answered(() => store.idempotency.claim(tenant, claim));
        expect(claimed).toMatchObject({ resourceId });
        claims.set(key, resourceId);

        const payable = await answered(() => addConsentAgain(store, resourceId));
        const payment = newPayment(payable);
        await answered(() => store.payments.insert(tenant, payment));
        paid.set(payable, payment.id);

        const version = (await answered(() => store.grants.load(tenant, consentId)))?.version ?? 0;
        const tokens = { fromVersion: version, accessToken: `access-${version + 1}`, expiresAt };
        const result = await answered(() => store.grants.storeTokens(tenant, consentId, tokens));
        if (result.kind === 'stored') stored += 1;
      }
    }

    async function addConsentAgain(store: typeof database.store, id: string): Promise<string> {
      await store.consents.insert(tenant, {
        id,
        createdBy: null,
        reference: null,
        family: 'domestic-payment',
        bankRegistrationId: registrationId,
        externalApiUserId: null,
        requestBody: `{"id":"${id}"}`,
        useV4: true,
      });
      return id;
    }

    async function kill(): Promise<number> {
      let killed = 0;
      while (writing) {
        const victims = await database.db`
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < 0.3`;
        killed += victims.length;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return killed;
    }

    const killer = kill();
    await Promise.all(Array.from({ length: 8 }, (_, worker) => write(worker)));
    writing = false;
    expect(await killer).toBeGreaterThan(20);
    expect(lost).toBeGreaterThan(0);

    const rows = await database.db<{ key: string; resourceId: string }>`
      SELECT key, resource_id FROM idempotency_claim`;
    expect(new Map(rows.map(({ key, resourceId }) => [key, resourceId]))).toEqual(claims);
    const payments = await database.db<{ consentId: string; id: string }>`SELECT consent_id, id FROM payment`;
    expect(new Map(payments.map((row) => [row.consentId, row.id]))).toEqual(paid);
    const [history] = await database.db<{ count: number }>`SELECT count(*) FROM payment_status`;
    expect(history?.count).toBe(paid.size);
    for (const [consent, id] of paid) {
      expect(await database.store.consents.findRequestBody(tenant, consent)).toContain(consent);
      expect(await database.store.payments.findBody(tenant, id)).toContain('InstructedAmount');
    }
    const grant = await database.store.grants.load(tenant, consentId);
    expect(grant?.accessToken).toBe(`access-${grant?.version}`);
    expect(grant?.version).toBeGreaterThanOrEqual(stored);
    expect(grant?.version).toBeLessThanOrEqual(stored + lost);
    for (const { store } of pools) expect(await comesBack(store)).toBe(true);
  });
});

describe('when the server is restarted', () => {
  it('queries fail by type while it is away and work again as soon as it is back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'restart-'));
    const options = { folder, port: await freePort(), withoutFsync: true };
    let server = await startPostgres(options);
    const db = connectDatabase({
      url: server.url,
      poolSize,
      applicationName: 'restart',
      deadlineMs: 3_000,
    });
    onTestFinished(async () => {
      await db.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    const ask = () => db<{ one: number }>`SELECT 1 AS one`;
    await Promise.all([ask(), ask(), ask(), ask()]);
    await server.stop();
    for (let round = 0; round < 5; round += 1) {
      await expect(Promise.all([ask(), ask(), ask()])).rejects.toThrow(StoreUnavailable);
    }
    server = await startPostgres(options);
    let lost = 0;
    const before = performance.now();
    await Promise.all(Array.from({ length: 20 }, () => untilAnswered(ask, () => (lost += 1))));
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});

/** The last kills may not have been noticed yet: each query that fails finds one dead connection of the pool's few. */
async function comesBack(store: Pick<Store, 'isReachable'>): Promise<boolean> {
  for (let deadConnections = 0; deadConnections <= poolSize; deadConnections++) {
    if (await store.isReachable()) return true;
  }
  return false;
}
