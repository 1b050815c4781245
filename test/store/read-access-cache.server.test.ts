// Copies of what reads need, on real Postgres: served without a query, and never longer than they are true.
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type ChangeFeedOptions, openChangeFeed } from '../../store/change-feed.ts';
import type { ReadAccess } from '../../store/read-access.ts';
import { createReadAccessCache, type ReadAccessCacheOptions } from '../../store/read-access-cache.ts';
import { startFreezableProxy } from './frozen-proxy.ts';
import { addConsent, addRegistration, newClient, newObWac, tenant } from './records.ts';
import { useTestDatabase } from './test-database.ts';

const database = useTestDatabase();
const until = (isSo: () => Promise<boolean>) => vi.waitUntil(isSo, { interval: 2, timeout: 10_000 });
let registrationId: string;
let consentId: string;

/** Another process: a pool and a listener of its own. */
async function startReplica(
  options: Partial<ChangeFeedOptions> = {},
  cacheOptions: Partial<ReadAccessCacheOptions> = {},
) {
  const { store } = database.connect();
  const story = { loads: 0, states: [] as boolean[], afterLoad: async () => {} };
  const feed = openChangeFeed({
    url: database.url,
    applicationName: 'replica',
    onState: (isListening) => void story.states.push(isListening),
    ...options,
  });
  const cache = createReadAccessCache({
    feed,
    load: async (of, id) => {
      story.loads += 1;
      const access = await store.grants.loadForRead(of, id);
      await story.afterLoad();
      return access;
    },
    ...cacheOptions,
  });
  onTestFinished(async () => {
    cache.close();
    await feed.close();
  });
  await until(async () => feed.isComplete());
  const read = (id = consentId) => cache.loadForRead(tenant, id);
  return { store, feed, cache, read, story };
}

/** Reads twice and tells whether the second one cost a query. */
async function isKept({ read, story, feed }: Awaited<ReturnType<typeof startReplica>>): Promise<boolean> {
  // What the test has just written is told a moment later, and would outdate the first of the two.
  await feed.caughtUp();
  await read();
  const before = story.loads;
  await read();
  return story.loads === before;
}

const listeners = () => database.db<{ pid: number }>`
  SELECT pid FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'replica listener'`;

const cutListeners = () => database.db`
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'replica listener'`;

const tokens = (fromVersion: number) => ({
  fromVersion,
  accessToken: `access-${fromVersion + 1}`,
  expiresAt: new Date(database.clock.nowMs() + 300_000),
});

async function authorisedConsent(): Promise<string> {
  const id = await addConsent(database.store, registrationId);
  await database.store.consents.recordAuthorised(tenant, id, { modifiedBy: null });
  await database.store.grants.storeTokens(tenant, id, tokens(0));
  return id;
}

beforeEach(async () => {
  registrationId = await addRegistration(database.store);
  consentId = await authorisedConsent();
});

describe('what a read needs', () => {
  it('is asked for once and then known', async () => {
    const replica = await startReplica();
    const first = await replica.read();
    for (let round = 0; round < 50; round++) expect(await replica.read()).toBe(first);
    expect(replica.story.loads).toBe(1);
    expect(first).toEqual(await database.store.grants.loadForRead(tenant, consentId));
  });

  const changes: [string, () => Promise<unknown>, (access: ReadAccess | undefined) => unknown, unknown][] = [
    [
      'revoked',
      () => database.store.consents.recordEnd(tenant, consentId, 'revoked'),
      (access) => access?.status,
      'revoked',
    ],
    [
      'deleted',
      () => database.store.consents.softDelete(tenant, consentId),
      (access) => access === undefined,
      true,
    ],
    [
      'refreshed',
      () => database.store.grants.storeTokens(tenant, consentId, tokens(1)),
      (access) => access?.grant?.accessToken,
      'access-2',
    ],
    [
      'without tokens',
      () => database.store.grants.end(tenant, consentId, { fromVersion: 1, reason: 'invalid_grant' }),
      (access) => access?.grant,
      null,
    ],
    [
      'of a changed client',
      () => database.store.registrations.recordRegistered(tenant, registrationId, { client: newClient() }),
      (access) => access?.connection.revision,
      2,
    ],
    [
      'of a deleted client',
      () => database.store.registrations.recordDeleted(tenant, registrationId),
      (access) => access?.connection.revision,
      2,
    ],
  ];

  it.each(changes)(
    '%s at one replica is so at the other within a second',
    async (_, change, look, expected) => {
      const [here, there] = [await startReplica(), await startReplica()];
      expect([await isKept(here), await isKept(there)]).toEqual([true, true]);
      await change();
      const changedAtMs = performance.now();
      await until(async () => look(await there.read()) === expected);
      expect(performance.now() - changedAtMs).toBeLessThan(1_000);
      await until(async () => look(await here.read()) === expected);
    },
  );

  it('follows the certificate that the software statement names', async () => {
    const replica = await startReplica();
    expect(await isKept(replica)).toBe(true);
    const renewed = await database.store.obWacCertificates.insert(tenant, newObWac());
    const context = await database.store.registrations.loadContext(tenant, registrationId);
    const update = { defaultObWacCertificateId: renewed.id };
    await database.store.softwareStatements.update(tenant, context?.softwareStatement.id ?? '', update);
    await replica.feed.caughtUp();
    expect((await replica.read())?.connection.obWacCertificateId).toBe(renewed.id);
  });

  it('is up to date at once for whoever has waited for the news', async () => {
    const replica = await startReplica();
    for (let version = 1; version <= 20; version++) {
      expect(await isKept(replica)).toBe(true);
      await database.store.grants.storeTokens(tenant, consentId, tokens(version));
      await replica.feed.caughtUp();
      expect((await replica.read())?.grant?.version).toBe(version + 1);
    }
  });

  it('is asked for once by many who come at once, whether news is complete or not', async () => {
    const replica = await startReplica();
    const all = () => Promise.all(Array.from({ length: 100 }, () => replica.read()));
    expect(new Set(await all()).size).toBe(1);
    expect(replica.story.loads).toBe(1);
    await replica.feed.close();
    expect(replica.feed.isComplete()).toBe(false);
    expect((await all()).every((access) => access?.grant?.version === 1)).toBe(true);
    expect(replica.story.loads).toBe(2);
  });

  it('is asked for anew by who comes after the news of a change', async () => {
    const replica = await startReplica();
    let answerFirst = () => {};
    let isHeld = false;
    const held = new Promise<void>((resolve) => {
      answerFirst = resolve;
    });
    replica.story.afterLoad = async () => {
      replica.story.afterLoad = async () => {};
      isHeld = true;
      await held;
    };
    const first = replica.read();
    await until(async () => isHeld);
    await database.store.consents.recordEnd(tenant, consentId, 'revoked');
    await replica.feed.caughtUp();
    expect((await replica.read())?.status).toBe('revoked');
    answerFirst();
    expect((await first)?.status).toBe('authorised');
    expect(replica.cache.size).toBe(0);
  });

  it('is not kept when it was changed between the query and its answer', async () => {
    const replica = await startReplica();
    replica.story.afterLoad = async () => {
      replica.story.afterLoad = async () => {};
      await database.store.consents.recordEnd(tenant, consentId, 'revoked');
      await replica.feed.caughtUp();
    };
    // The answer of this query is older than the change, as it may be; the next one must not be.
    expect((await replica.read())?.status).toBe('authorised');
    expect((await replica.read())?.status).toBe('revoked');
  });

  it('is not kept when its client was changed, or news was missed, before the answer', async () => {
    const replica = await startReplica();
    replica.story.afterLoad = async () => {
      replica.story.afterLoad = async () => {};
      await database.store.registrations.recordRegistered(tenant, registrationId, { client: newClient() });
      await replica.feed.caughtUp();
    };
    await replica.read();
    expect(replica.cache.size).toBe(0);
    replica.story.afterLoad = async () => {
      replica.story.afterLoad = async () => {};
      await cutListeners();
      await until(async () => replica.story.states.at(-1) === false);
    };
    await replica.read();
    expect(replica.cache.size).toBe(0);
  });

  it('is not kept while nothing can be read: a customer who comes back is served at once', async () => {
    const replica = await startReplica();
    const waiting = await addConsent(database.store, registrationId);
    await replica.read(waiting);
    await replica.read(waiting);
    expect([replica.story.loads, replica.cache.size]).toEqual([2, 0]);
  });

  it('of another tenant is another matter', async () => {
    const replica = await startReplica();
    await replica.read();
    expect(await replica.cache.loadForRead('other', consentId)).toBeUndefined();
  });
});

describe('while the listening connection is down', () => {
  it('nothing is served from memory, and afterwards memory starts empty', async () => {
    const replica = await startReplica();
    expect(await isKept(replica)).toBe(true);
    await cutListeners();
    await until(async () => replica.story.states.at(-1) === false);
    expect([replica.cache.size, replica.feed.isComplete()]).toEqual([0, false]);
    // Missed by the listener, whose connection is not there yet.
    await database.store.consents.recordEnd(tenant, consentId, 'revoked');
    expect((await replica.read())?.status).toBe('revoked');
    await until(async () => replica.story.states.at(-1) === true);
    consentId = await authorisedConsent();
    expect(await isKept(replica)).toBe(true);
  });

  it('what is revoked in the moment of the cut is refused within a second', async () => {
    const replica = await startReplica();
    for (let round = 0; round < 10; round++) {
      await until(async () => replica.feed.isComplete());
      consentId = await authorisedConsent();
      await replica.read();
      await Promise.all([cutListeners(), database.store.consents.recordEnd(tenant, consentId, 'revoked')]);
      const revokedAtMs = performance.now();
      await until(async () => (await replica.read())?.status === 'revoked');
      expect(performance.now() - revokedAtMs).toBeLessThan(1_000);
    }
  });

  it('a connection that has fallen silent is noticed, and given up for another', async () => {
    const proxy = await startFreezableProxy(database.url);
    const replica = await startReplica({ url: proxy.url, deadlineMs: 500 });
    onTestFinished(() => proxy.close());
    expect(await isKept(replica)).toBe(true);
    proxy.freeze();
    await database.store.consents.recordEnd(tenant, consentId, 'revoked');
    const revokedAtMs = performance.now();
    await until(async () => (await replica.read())?.status === 'revoked');
    expect(performance.now() - revokedAtMs).toBeLessThan(1_000);
    consentId = await authorisedConsent();
    // However long it stays silent.
    await until(async () => replica.story.states.at(-1) === false);
    expect(await isKept(replica)).toBe(false);
    proxy.thaw();
    await until(async () => replica.story.states.at(-1) === true);
    expect(await isKept(replica)).toBe(true);
    await until(async () => proxy.connections === 1);
  });

  it('by connections killed again and again, what is kept is true and the listener comes back', async () => {
    const replica = await startReplica();
    let killed = 0;
    let writing = true;
    const killer = (async () => {
      while (writing) {
        killed += (await cutListeners()).length;
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    })();
    for (let version = 1; killed < 10; version++) {
      await replica.read();
      await database.store.grants.storeTokens(tenant, consentId, tokens(version));
      const storedAtMs = performance.now();
      await until(async () => (await replica.read())?.grant?.version === version + 1);
      expect(performance.now() - storedAtMs).toBeLessThan(1_000);
    }
    writing = false;
    await killer;
    await until(async () => replica.feed.isComplete());
    expect(await isKept(replica)).toBe(true);
    await until(async () => (await listeners()).length === 1);
  });
});

describe('memory', () => {
  it('holds so many and no more, the oldest being dropped first', async () => {
    const replica = await startReplica({}, { maxEntries: 3 });
    const ids = [consentId];
    while (ids.length < 5) ids.push(await authorisedConsent());
    for (const id of ids) await replica.read(id);
    expect([replica.cache.size, replica.story.loads]).toEqual([3, 5]);
    for (const id of ids.slice(2)) await replica.read(id);
    expect(replica.story.loads).toBe(5);
    await replica.read(ids[0]);
    expect(replica.story.loads).toBe(6);
  });

  it('lets go of what is old, read or not', async () => {
    const replica = await startReplica({}, { maxAgeMs: 100 });
    await replica.read();
    expect(replica.cache.size).toBe(1);
    await until(async () => replica.cache.size === 0);
    await replica.read();
    expect(replica.story.loads).toBe(2);
  });

  it('is asked past by whoever knows better, and keeps what was found', async () => {
    const replica = await startReplica();
    await replica.read();
    const found = await replica.cache.loadAnew(tenant, consentId);
    expect(await replica.read()).toBe(found);
    expect(replica.story.loads).toBe(2);
  });
});
