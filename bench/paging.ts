// Whether the API's memory stays flat while a hundred clients page through long lists: alice's transactions, from the first
// page to the last and over again, until all that are wanted have been read.
import { readFileSync } from 'node:fs';
import { Pool } from 'undici';
import { register } from '../cli/journeys/registration.ts';
import { accessOf } from './customers.ts';
import { withHouse } from './house.ts';
import type { Effort } from './run.ts';
import { quietStage, turnKnobs } from './stage.ts';
import { median, rounded } from './statistics.ts';

const thorough = { clients: 100, warmUp: 100_000, transactions: 1_000_000, withinMs: 90_000 };
const brief = { clients: 10, warmUp: 1_000, transactions: 2_000, withinMs: 10_000 };

const firstPage = '/aisp/transactions';
const sampleEveryMs = 250;

/** What is left to be read, by all clients together, and what was. */
interface Round {
  wanted: number;
  read: number;
  pages: number;
  deadlineMs: number;
}

export function measurePaging({ say, quick }: Effort) {
  const { clients, warmUp, transactions, withinMs } = quick ? brief : thorough;
  return withHouse(
    async (everything) => {
      await turnKnobs(everything, { accessTokenSeconds: 3_600 });
      const stage = quietStage(everything);
      const consentId = await accessOf(stage, (await register(stage)).id, 'alice');
      const { api } = everything.roles;
      const pool = new Pool(api.addresses.api ?? '', { connections: clients, pipelining: 1 });
      const pageThrough = async (wanted: number): Promise<Round> => {
        const round = { wanted, read: 0, pages: 0, deadlineMs: performance.now() + withinMs };
        await Promise.all(Array.from({ length: clients }, () => client(pool, consentId, round)));
        return round;
      };
      try {
        say('warming up');
        await pageThrough(warmUp);
        const startedMs = performance.now();
        const samples = [residentMb(api.pid)];
        const sampling = setInterval(() => samples.push(residentMb(api.pid)), sampleEveryMs);
        const { read, pages } = await pageThrough(transactions);
        clearInterval(sampling);
        const seconds = (performance.now() - startedMs) / 1000;
        const fifth = Math.ceil(samples.length / 5);
        const [begin, end] = [median(samples.slice(0, fifth)), median(samples.slice(-fifth))];
        return {
          ...{ clients, transactions: read, pagesPerSecond: rounded(pages / seconds, 0) },
          ...{ rssBeginMb: rounded(begin, 0), rssEndMb: rounded(end, 0) },
          ...{ rssPeakMb: rounded(Math.max(...samples), 0), grownMb: rounded(end - begin, 0) },
        };
      } finally {
        await pool.close();
      }
    },
    // Every client gets a place: what is measured is memory, not who has to wait.
    { BANK_CONCURRENCY: String(2 * clients) },
  );
}

/** Follows `Next` to the end and begins anew. */
async function client(pool: Pool, consentId: string, round: Round): Promise<void> {
  const headers = {
    'x-obc-account-access-consent-id': consentId,
    'x-fapi-customer-ip-address': '203.0.113.7',
  };
  let path = firstPage;
  while (round.read < round.wanted && performance.now() < round.deadlineMs) {
    const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
    if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}: ${await body.text()}`);
    const { ExternalApiResponse: page } = (await body.json()) as TransactionsPage;
    round.read += page.Data.Transaction.length;
    round.pages += 1;
    const next = page.Links.Next;
    path = next === undefined ? firstPage : next.slice(new URL(next).origin.length);
  }
}

interface TransactionsPage {
  ExternalApiResponse: { Data: { Transaction: unknown[] }; Links: { Next?: string } };
}

/** What a process has in memory: proc(5). */
function residentMb(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
