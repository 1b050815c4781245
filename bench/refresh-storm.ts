// Readers of many consents, all of whose tokens have expired, at the same moment: every one of them gets its answer, each
// consent that is read is refreshed once, and no bank gets more calls at a time than it may.
import { readConfig } from '../config.ts';
import type { Everything } from '../embedded/everything.ts';
import { bankTraffic, mostAtOnce, type SeenRequest } from './bank-traffic.ts';
import { cpuMs, treeCpuMs } from './cpu-time.ts';
import { type ExpiredConsents, makeExpiredConsents } from './expired-consents.ts';
import { withHouse } from './house.ts';
import { inTurn } from './in-turn.ts';
import type { Effort } from './run.ts';
import { quantile, rounded } from './statistics.ts';

const thorough = { consents: 10_000, read: 500 };
const brief = { consents: 20, read: 4 };

export function measureRefreshStorm({ say, quick }: Effort) {
  const sizes = quick ? brief : thorough;
  return withHouse(async (everything) => {
    say(`making ${sizes.consents} consents`);
    const consents = await makeExpiredConsents(everything, sizes.consents);
    try {
      const read = consents.ids.filter((_, index) => index % (sizes.consents / sizes.read) === 0);
      await consents.startJourneys(read);
      const traffic = bankTraffic(everything);
      await traffic.forget();
      say(`reading ${read.length} of them at once`);
      const storm = await measured(everything, () => readAll(everything, read));
      await proveOneEach(consents, read);
      const seen = await traffic.list();
      const refreshes = seen.filter(({ grantType }) => grantType === 'refresh_token');
      if (refreshes.length !== read.length)
        throw new Error(`${read.length} consents were read, the banks saw ${refreshes.length} refreshes`);
      say(`ms CPU a refresh and read: ${inWords(storm.cpu, read.length)}`);
      const cpuSum = Object.values(storm.cpu).reduce((sum, part) => sum + part, 0);
      return {
        refreshes: refreshes.length,
        refreshesPerSecond: rounded((read.length * 1000) / storm.tookMs, 1),
        cpuMsPerRefresh: rounded(cpuSum / read.length, 1),
        readP50Ms: rounded(quantile(storm.result.tookMs, 0.5), 0),
        readP99Ms: rounded(quantile(storm.result.tookMs, 0.99), 0),
        readsRepeated: storm.result.repeated,
        ...mostAtABank(everything, seen),
      };
    } finally {
      await consents.close();
    }
  });
}

/** Who is told that a refresh goes on asks again, as the API says. Anything else but an answer fails the measurement. */
async function readAll({ roles }: Everything, consentIds: readonly string[]) {
  const url = `${roles.api.addresses.api}/aisp/accounts`;
  let repeated = 0;
  const tookMs = await Promise.all(
    consentIds.map(async (consentId) => {
      const startedMs = performance.now();
      const headers = {
        'x-obc-account-access-consent-id': consentId,
        'x-fapi-customer-ip-address': '203.0.113.7',
        // A connection that is kept may be closed at the moment at which it is used again.
        connection: 'close',
      };
      for (;;) {
        const answer = await fetch(url, { headers });
        const text = await answer.text();
        if (answer.ok) return performance.now() - startedMs;
        if (!text.includes('refresh-in-progress')) throw new Error(`a read failed: ${text}`);
        repeated += 1;
      }
    }),
  );
  return { tookMs, repeated };
}

async function proveOneEach({ ids, renewals }: ExpiredConsents, read: readonly string[]): Promise<void> {
  const wereRead = new Set(read);
  await inTurn(ids, async (id) => {
    const [count, due] = [await renewals(id), wereRead.has(id) ? 1 : 0];
    if (count !== due) throw new Error(`a consent was refreshed ${count} times in place of ${due}`);
  });
}

/** Token calls are the worker's, reads the API's: each process has its places. */
function mostAtABank({ environment }: Everything, seen: SeenRequest[]) {
  const most = (isIts: (path: string) => boolean) => {
    const banks = Object.values(Object.groupBy(seen, ({ bank }) => bank));
    return Math.max(...banks.map((ofBank = []) => mostAtOnce(ofBank.filter(({ path }) => isIts(path)))));
  };
  const [mostRefreshesAtOnce, mostReadsAtOnce] = [
    most((path) => path.endsWith('/token')),
    most((path) => path.endsWith('/accounts')),
  ];
  const { BANK_CONCURRENCY: places } = readConfig(environment);
  if (Math.max(mostRefreshesAtOnce, mostReadsAtOnce) > places)
    throw new Error(`a bank got more than its ${places} calls at a time`);
  return { mostRefreshesAtOnce, mostReadsAtOnce };
}

async function measured<Result>(everything: Everything, work: () => Promise<Result>) {
  const before = cpuOf(everything);
  const startedMs = performance.now();
  const result = await work();
  const tookMs = performance.now() - startedMs;
  const parts = Object.entries(cpuOf(everything)).map(([part, used]) => [part, used - (before[part] ?? 0)]);
  const cpu: Record<string, number> = Object.fromEntries(parts);
  return { result, tookMs, cpu };
}

/** The banks are left out. */
function cpuOf({ roles, serverPids: { postgres, temporal } }: Everything): Record<string, number> {
  if (postgres === undefined || temporal === undefined) throw new Error('embedded servers are needed');
  return {
    Temporal: cpuMs(temporal),
    Postgres: treeCpuMs(postgres),
    worker: cpuMs(roles.worker.pid),
    API: cpuMs(roles.api.pid),
  };
}

const inWords = (cpu: Record<string, number>, count: number) =>
  Object.entries(cpu)
    .map(([part, value]) => `${part} ${rounded(value / count, 1)}`)
    .join(', ');
