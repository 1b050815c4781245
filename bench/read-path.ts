// What a read through the API costs beside the same read without it: windows of both alternate in one run, and CPU is
// counted in the API process and in the bare process alone.
import { join } from 'node:path';
import type { Everything } from '../embedded/everything.ts';
import { type Caller, startCaller } from './caller.ts';
import { cpuMs } from './cpu-time.ts';
import { withHouse } from './house.ts';
import type { Effort } from './run.ts';
import { turnKnobs } from './stage.ts';
import { median, quantile, rounded } from './statistics.ts';
import { accessOfWren, tokenOf } from './wren.ts';

const connections = 16;
const thorough = { windows: 6, calls: 4_000, latencyCalls: 400, warmUps: 2 };
const brief = { windows: 1, calls: 64, latencyCalls: 16, warmUps: 1 };

/** Whose CPU is counted, and who calls it: for the bare process that is itself. */
interface Subject {
  name: 'API' | 'bare' | 'relay';
  pid: number;
  caller: Caller;
}

export function measureReadPath({ say, quick }: Effort) {
  const sizes = quick ? brief : thorough;
  return withHouse(async (everything) => {
    await turnKnobs(everything, { accessTokenSeconds: 3_600 });
    const callers: Caller[] = [];
    try {
      const subjects = await subjectsOf(everything, callers);
      say('warming up');
      for (let round = 1; round <= sizes.warmUps; round++)
        for (const { caller } of subjects) await caller.run(sizes.calls, connections);
      const windows: Window[] = [];
      for (let window = 1; window <= sizes.windows; window++) {
        const measured = await measureWindow(subjects, sizes);
        windows.push(measured);
        say(`window ${window}: ${inWords(measured)}`);
      }
      const relay = compare(windows, 'relay');
      say(
        `a plain relay: ${relay.cpuRatio} times the bare process's CPU, ${relay.addedP50Ms} ms added at p50`,
      );
      const requestsPerSecond = rounded(median(windows.map(({ API }) => API.perSecond)), 0);
      return { ...compare(windows, 'API'), requestsPerSecond };
    } finally {
      for (const caller of callers) caller.stop();
    }
  });
}

async function subjectsOf(everything: Everything, callers: Caller[]): Promise<Subject[]> {
  const start = async (url: string, headers: Record<string, string> = {}, tls?: BankTls) => {
    const caller = await startCaller({ url, headers, connections, ...(tls === undefined ? {} : { tls }) });
    callers.push(caller);
    return caller;
  };
  const { api, 'sandbox-bank': sandboxBank } = everything.roles;
  const consentId = await accessOfWren(everything);
  const { caFile = '', tppDir = '' } = sandboxBank.addresses;
  const tls = { ca: caFile, cert: join(tppDir, 'obwac.pem'), key: join(tppDir, 'obwac.key') };
  const bankUrl = `${sandboxBank.addresses.api}/hybrid/open-banking/v4.0/aisp/accounts`;
  const token = await tokenOf(everything.environment, consentId);
  const bankHeaders = { authorization: `Bearer ${token}`, accept: 'application/json' };

  const apiCaller = await start(`${api.addresses.api}/aisp/accounts`, {
    'x-obc-account-access-consent-id': consentId,
    'x-fapi-customer-ip-address': '203.0.113.7', // with the customer present, as most reads are
  });
  const bare = await start(bankUrl, bankHeaders, tls);
  const relay = await start(bankUrl, bankHeaders, tls);
  return [
    { name: 'API', pid: api.pid, caller: apiCaller },
    { name: 'bare', pid: bare.pid, caller: bare },
    { name: 'relay', pid: relay.pid, caller: await start(await relay.relay()) },
  ];
}

type BankTls = { ca: string; cert: string; key: string };
type Cost = { cpuMs: number; perSecond: number; p50Ms: number; p99Ms: number };
type Window = Record<Subject['name'], Cost>;

async function measureWindow(subjects: Subject[], sizes: typeof thorough): Promise<Window> {
  const none = { cpuMs: 0, perSecond: 0, p50Ms: 0, p99Ms: 0 };
  const window: Window = { API: none, bare: none, relay: none };
  for (const { name, pid, caller } of subjects) {
    const beforeMs = cpuMs(pid);
    const startedMs = performance.now();
    await caller.run(sizes.calls, connections);
    const seconds = (performance.now() - startedMs) / 1000;
    const used = (cpuMs(pid) - beforeMs) / sizes.calls;
    const times = await caller.run(sizes.latencyCalls, 1);
    const [p50Ms, p99Ms] = [quantile(times, 0.5), quantile(times, 0.99)];
    window[name] = { cpuMs: used, perSecond: sizes.calls / seconds, p50Ms, p99Ms };
  }
  return window;
}

function compare(windows: Window[], name: 'API' | 'relay') {
  const over = (figure: (subject: Cost, bare: Cost) => number) =>
    rounded(median(windows.map((window) => figure(window[name], window.bare))));
  return {
    cpuRatio: over((subject, bare) => subject.cpuMs / bare.cpuMs),
    addedP50Ms: over((subject, bare) => subject.p50Ms - bare.p50Ms),
    addedP99Ms: over((subject, bare) => subject.p99Ms - bare.p99Ms),
  };
}

const inWords = (window: Window) =>
  Object.entries(window)
    .map(([name, cost]) => `${name} ${rounded(cost.cpuMs, 3)} ms CPU a call, p50 ${rounded(cost.p50Ms)} ms`)
    .join('; ');
