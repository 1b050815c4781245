// Kept connections: a pool per bank, address and certificate. A pool is given up when its certificate has been replaced, or when
// nobody has called through it for a while; calls that are under way in it end there first.
import { createSecureContext, rootCertificates } from 'node:tls';
import { Pool } from 'undici';
import type { HttpRequest } from './http.ts';

export interface PoolOptions {
  /** PEM; trusted beside the usual authorities. */
  trustedCa?: string | undefined;
  /** Not called through for so long, a pool is given up. */
  idleMs?: number | undefined;
}

export interface PoolTarget {
  /** Banks that share an address share no connections. */
  bank: string;
  origin: string;
  timeoutMs: number;
  connections: number;
}

type Shown = Pick<HttpRequest, 'identity' | 'freshConnection'>;

export interface ConnectionPools {
  /** To be used at once: it may be given up at any later moment. */
  of(target: PoolTarget, request: Shown): Pool;
  /** Gives up all pools of a certificate. Whoever still calls with it gets a new one. */
  retire(fingerprint: string): void;
  close(): Promise<void>;
}

/** Below what load balancers of banks were seen to allow. */
const keptOpenMs = 25_000;

interface Kept {
  pool: Pool;
  fingerprint: string | undefined;
  usedMs: number;
}

export function createConnectionPools(options: PoolOptions): ConnectionPools {
  // By then its connections have been closed one by one, and only its memory of them is left.
  const { trustedCa, idleMs = keptOpenMs } = options;
  const ca = trustedCa === undefined ? undefined : [...rootCertificates, trustedCa];
  const pools = new Map<string, Kept>();
  const closing = new Set<Promise<void>>();

  function open({ origin, timeoutMs, connections }: PoolTarget, { identity, freshConnection }: Shown) {
    // Made once for all connections: to read the authorities takes longer than to connect.
    const secureContext = createSecureContext({
      minVersion: 'TLSv1.2',
      ...(ca && { ca }),
      ...(identity && { cert: identity.certificate, key: identity.key }),
    });
    return new Pool(origin, {
      allowH2: false,
      pipelining: freshConnection ? 0 : 1,
      connections,
      keepAliveMaxTimeout: keptOpenMs,
      // One clock for the whole call, in transport.ts.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: timeoutMs, secureContext },
    });
  }

  function giveUp(isOver: (kept: Kept) => boolean): void {
    for (const [name, kept] of pools) {
      if (!isOver(kept)) continue;
      pools.delete(name);
      // Resolves when the last call through it has ended.
      const closed = kept.pool.close().finally(() => closing.delete(closed));
      closing.add(closed);
    }
  }

  const sweep = setInterval(() => {
    const sinceMs = performance.now() - idleMs;
    giveUp(({ usedMs }) => usedMs < sinceMs);
  }, idleMs);
  sweep.unref();

  return {
    of(target, request) {
      const { identity, freshConnection = false } = request;
      const { bank, origin } = target;
      const name = `${bank} ${origin} ${identity?.fingerprint ?? ''} ${freshConnection}`;
      const usedMs = performance.now();
      const kept = pools.get(name);
      if (kept !== undefined) {
        kept.usedMs = usedMs;
        return kept.pool;
      }
      const pool = open(target, request);
      pools.set(name, { pool, fingerprint: identity?.fingerprint, usedMs });
      return pool;
    },
    retire: (fingerprint) => giveUp((kept) => kept.fingerprint === fingerprint),
    async close() {
      clearInterval(sweep);
      giveUp(() => true);
      await Promise.all(closing);
    },
  };
}
