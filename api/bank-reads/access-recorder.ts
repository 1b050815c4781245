// Access records on their way to the store: gathered for half a second and written together, since one write per read
// would cost more than the read. A process that is killed loses what it has gathered; one that is stopped does not.
import type { Logger } from '../../log.ts';
import type { NewAccessRecord } from '../../store/access-records.ts';
import { StoreUnavailable } from '../../store/store-error.ts';
import type { TenantId } from '../../workflows/contracts/ids.ts';
import type { ApiMetrics } from '../metrics.ts';

export interface AccessRecorder {
  record(tenant: TenantId, record: NewAccessRecord): void;
  /** Writes what is left. */
  close(): Promise<void>;
}

interface Deps {
  write(tenant: TenantId, records: readonly NewAccessRecord[]): Promise<void>;
  metrics: Pick<ApiMetrics, 'accessRecordsLost'>;
  log: Pick<Logger, 'error'>;
  everyMs?: number;
  /** Of one statement. */
  atOnce?: number;
  /** What is kept while Postgres is away; the oldest are lost first. */
  maxWaiting?: number;
}

interface Waiting {
  tenant: TenantId;
  record: NewAccessRecord;
}

export function createAccessRecorder(deps: Deps): AccessRecorder {
  const { write, metrics, log, everyMs = 500, atOnce = 1_000, maxWaiting = 20_000 } = deps;
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;

  function loseOldest(): void {
    const tooMany = waiting.length - maxWaiting;
    if (tooMany <= 0) return;
    waiting = waiting.slice(tooMany);
    metrics.accessRecordsLost(tooMany);
  }

  /** Until none are left, or the store cannot be reached. */
  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const tenant = waiting[0]?.tenant ?? '';
      const until = waiting.findIndex((each) => each.tenant !== tenant);
      const batch = waiting.splice(0, Math.min(atOnce, until === -1 ? waiting.length : until));
      const left = await writeBatch(
        tenant,
        batch.map(({ record }) => record),
      );
      if (left.length === 0) continue;
      waiting = [...left.map((record) => ({ tenant, record })), ...waiting];
      loseOldest();
      return;
    }
  }

  /** @returns those that the store could not take now */
  async function writeBatch(
    tenant: TenantId,
    records: readonly NewAccessRecord[],
  ): Promise<readonly NewAccessRecord[]> {
    try {
      await write(tenant, records);
      return [];
    } catch (error) {
      if (error instanceof StoreUnavailable) return records;
      if (records.length > 1) return await writeHalves(tenant, records);
      metrics.accessRecordsLost(1);
      log.error('an access record was refused');
      return [];
    }
  }

  /** What one record is refused for must not cost the others. */
  async function writeHalves(
    tenant: TenantId,
    records: readonly NewAccessRecord[],
  ): Promise<readonly NewAccessRecord[]> {
    const middle = Math.ceil(records.length / 2);
    const left = await writeBatch(tenant, records.slice(0, middle));
    if (left.length > 0) return [...left, ...records.slice(middle)];
    return await writeBatch(tenant, records.slice(middle));
  }

  async function flush(): Promise<void> {
    writing ??= writeAll().finally(() => {
      writing = undefined;
    });
    await writing;
  }

  function writeSoon(): void {
    timer ??= setTimeout(async () => {
      await flush();
      timer = undefined;
      if (waiting.length > 0) writeSoon();
    }, everyMs);
  }

  return {
    record(tenant, record) {
      waiting.push({ tenant, record });
      // Cut in large pieces, since each cut copies what is left.
      if (waiting.length >= maxWaiting + atOnce) loseOldest();
      writeSoon();
    },
    async close() {
      clearTimeout(timer);
      await flush();
      await flush(); // what came while the first one was under way
      clearTimeout(timer);
      if (waiting.length > 0) metrics.accessRecordsLost(waiting.length);
    },
  };
}
