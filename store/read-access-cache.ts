// Copies of what reads need, so that a busy consent costs no query. A copy is served only while news of changes is
// complete, and kept only when no such news came since its query began: the query may have run before the change.
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { ReadAccess } from './read-access.ts';

export interface ReadAccessCacheOptions {
  feed: Pick<ChangeFeed, 'listener' | 'isComplete'>;
  load(tenant: TenantId, consentId: string): Promise<ReadAccess | undefined>;
  /** Each holds an access token in memory. */
  maxEntries?: number;
  /** A second line of defence, and how long a token that nobody reads with stays. */
  maxAgeMs?: number;
}

export interface ReadAccessCache {
  loadForRead(tenant: TenantId, consentId: string): Promise<ReadAccess | undefined>;
  /** Past what is kept: for whoever knows that there is something newer. */
  loadAnew(tenant: TenantId, consentId: string): Promise<ReadAccess | undefined>;
  readonly size: number;
  close(): void;
}

interface Entry {
  access: Promise<ReadAccess>;
  keptAtMs: number;
}

/** A query under way, and whether its row was changed meanwhile. */
interface Loading {
  access: Promise<ReadAccess | undefined>;
  startedAtMs: number;
  isOutdated: boolean;
}

/** Readers who come so soon after a query began wait for its answer: many at once must not become as many queries. */
const sharedForMs = 200;

export function createReadAccessCache(options: ReadAccessCacheOptions): ReadAccessCache {
  const { feed, load, maxEntries = 10_000, maxAgeMs = 60_000 } = options;
  // In the order of their age.
  const entries = new Map<string, Entry>();
  const loading = new Map<string, Set<Loading>>();

  function forgetAll(): void {
    entries.clear();
    for (const loads of loading.values()) outdate(loads);
  }
  feed.listener = {
    consentChanged: (tenant, consentId) => {
      const key = keyOf(tenant, consentId);
      entries.delete(key);
      outdate(loading.get(key));
    },
    // Rare, and a client is behind many consents.
    clientChanged: forgetAll,
    interrupted: forgetAll,
  };

  function forgetOld(): void {
    const oldestMs = performance.now() - maxAgeMs;
    for (const [key, { keptAtMs }] of entries) {
      if (keptAtMs > oldestMs && entries.size <= maxEntries) return;
      entries.delete(key);
    }
  }
  const sweep = setInterval(forgetOld, maxAgeMs);
  sweep.unref();

  function loadAnew(tenant: TenantId, consentId: string): Promise<ReadAccess | undefined> {
    const key = keyOf(tenant, consentId);
    // What is committed after this is told, unless there is an interruption, which is told as well.
    const mayBeKept = feed.isComplete();
    const access = load(tenant, consentId);
    const mine: Loading = { access, startedAtMs: performance.now(), isOutdated: false };
    const loads = loading.get(key) ?? new Set();
    loading.set(key, loads.add(mine));
    const settle = (found?: ReadAccess) => {
      loads.delete(mine);
      if (loads.size === 0 && loading.get(key) === loads) loading.delete(key);
      if (!mayBeKept || mine.isOutdated || !isUsable(found)) return;
      entries.delete(key);
      entries.set(key, { access: Promise.resolve(found), keptAtMs: performance.now() });
      if (entries.size > maxEntries) forgetOld();
    };
    return access.then(
      (found) => {
        settle(found);
        return found;
      },
      (error: unknown) => {
        settle();
        throw error;
      },
    );
  }

  /** Of a query that began a moment ago. */
  function loadTogether(tenant: TenantId, consentId: string): Promise<ReadAccess | undefined> {
    const sinceMs = performance.now() - sharedForMs;
    for (const { access, startedAtMs, isOutdated } of loading.get(keyOf(tenant, consentId)) ?? [])
      if (startedAtMs > sinceMs && !isOutdated) return access;
    return loadAnew(tenant, consentId);
  }

  return {
    loadForRead: (tenant, consentId) => {
      const entry = entries.get(keyOf(tenant, consentId));
      const isGood = entry !== undefined && performance.now() - entry.keptAtMs < maxAgeMs;
      return isGood && feed.isComplete() ? entry.access : loadTogether(tenant, consentId);
    },
    loadAnew,
    get size() {
      return entries.size;
    },
    close: () => {
      clearInterval(sweep);
      forgetAll();
    },
  };
}

function outdate(loads: Iterable<Loading> = []): void {
  for (const load of loads) load.isOutdated = true;
}

/** Nobody is refused from memory: what is not usable now may be so at any moment. */
function isUsable(access: ReadAccess | undefined): access is ReadAccess {
  return access?.status === 'authorised' && access.grant !== null;
}

const keyOf = (tenant: TenantId, consentId: string) => `${consentId.toLowerCase()} ${tenant}`;
