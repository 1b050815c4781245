// The same read through the API, by a bare process, and through a plain relay, in windows that alternate in one run. CPU is
// counted in the API process, the bare process and the relay alone.
import { join } from 'node:path';
import type { Everything } from '../embedded/everything.ts';
import { type Caller, startCaller } from './caller.ts';
import { cpuMs } from './cpu-time.ts';
import { tokenOf } from './customers.ts';
import type { Say } from './run.ts';
import { median, quantile, rounded } from './statistics.ts';

const connections = 16;

export interface Reading {
  consentId: string;
  /** Below `/aisp`, here and at the bank. */
  path: string;
  /** Of the bank. */
  version: 'v4.0' | 'v3.1';
}

export interface Sizes {
  windows: number;
  /** At full load. */
  calls: number;
  /** One after the other. */
  latencyCalls: number;
  /** At 60 % of the API's full load. */
  pacedCalls: number;
  warmUps: number;
}

/** Whose CPU is counted, and who calls it: for the bare process that is itself. */
interface Subject {
  name: 'API' | 'bare' | 'relay';
  pid: number;
  caller: Caller;
}

interface Cost {
  cpuMs: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  pacedP99Ms: number;
}
type Window = Record<Subject['name'], Cost>;

export interface Comparison {
  cpuRatio: number;
  addedP50Ms: number;
  addedP99Ms: number;
  addedP99At60PercentMs: number;
}

/** @returns the API beside the bare process, each figure the median of all windows */
export async function sideBySide(everything: Everything, reading: Reading, sizes: Sizes, say: Say) {
  const callers: Caller[] = [];
  try {
    const subjects = await subjectsOf(everything, reading, callers);
    for (let round = 1; round <= sizes.warmUps; round++)
      for (const { caller } of subjects) await caller.run(sizes.calls, connections);
    const windows: Window[] = [];
    for (let window = 1; window <= sizes.windows; window++) {
      const measured = await measureWindow(subjects, sizes);
      windows.push(measured);
      say(`window ${window}: ${inWords(measured)}`);
    }
    const relay = compare(windows, 'relay');
    say(`a plain relay: ${relay.cpuRatio} times the bare process's CPU, ${relay.addedP50Ms} ms added at p50`);
    const requestsPerSecond = rounded(median(windows.map(({ API }) => API.perSecond)), 0);
    return { ...compare(windows, 'API'), requestsPerSecond };
  } finally {
    for (const caller of callers) caller.stop();
  }
}

async function subjectsOf(
  everything: Everything,
  { consentId, path, version }: Reading,
  callers: Caller[],
): Promise<Subject[]> {
  const start = async (url: string, headers: Record<string, string> = {}, tls?: BankTls) => {
    const caller = await startCaller({ url, headers, connections, ...(tls === undefined ? {} : { tls }) });
    callers.push(caller);
    return caller;
  };
  const { api, 'sandbox-bank': sandboxBank } = everything.roles;
  const { caFile = '', tppDir = '' } = sandboxBank.addresses;
  const tls = { ca: caFile, cert: join(tppDir, 'obwac.pem'), key: join(tppDir, 'obwac.key') };
  const bankUrl = `${sandboxBank.addresses.api}/hybrid/open-banking/${version}/aisp${path}`;
  const token = await tokenOf(everything.environment, consentId);
  const bankHeaders = { authorization: `Bearer ${token}`, accept: 'application/json' };

  const apiCaller = await start(`${api.addresses.api}/aisp${path}`, {
    'x-obc-account-access-consent-id': consentId,
    'x-fapi-customer-ip-address': '203.0.113.7',
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

async function measureWindow(subjects: Subject[], sizes: Sizes): Promise<Window> {
  const none = { cpuMs: 0, perSecond: 0, p50Ms: 0, p99Ms: 0, pacedP99Ms: 0 };
  const window: Window = { API: none, bare: none, relay: none };
  for (const { name, pid, caller } of subjects) {
    const beforeMs = cpuMs(pid);
    const startedMs = performance.now();
    await caller.run(sizes.calls, connections);
    const seconds = (performance.now() - startedMs) / 1000;
    const used = (cpuMs(pid) - beforeMs) / sizes.calls;
    const times = await caller.run(sizes.latencyCalls, 1);
    const [p50Ms, p99Ms] = [quantile(times, 0.5), quantile(times, 0.99)];
    window[name] = { cpuMs: used, perSecond: sizes.calls / seconds, p50Ms, p99Ms, pacedP99Ms: 0 };
  }
  // Of the slowest's own full load, so that all of them are asked for what all of them can bear.
  const perSecond = 0.6 * Math.min(...Object.values(window).map((cost) => cost.perSecond));
  for (const { name, caller } of subjects)
    window[name].pacedP99Ms = quantile(await caller.pace(sizes.pacedCalls, perSecond), 0.99);
  return window;
}

function compare(windows: Window[], name: 'API' | 'relay'): Comparison {
  const over = (figure: (subject: Cost, bare: Cost) => number) =>
    rounded(median(windows.map((window) => figure(window[name], window.bare))));
  return {
    cpuRatio: over((subject, bare) => subject.cpuMs / bare.cpuMs),
    addedP50Ms: over((subject, bare) => subject.p50Ms - bare.p50Ms),
    addedP99Ms: over((subject, bare) => subject.p99Ms - bare.p99Ms),
    addedP99At60PercentMs: over((subject, bare) => subject.pacedP99Ms - bare.pacedP99Ms),
  };
}

const inWords = (window: Window) =>
  Object.entries(window)
    .map(
      ([name, { cpuMs: used, p50Ms, pacedP99Ms }]) =>
        `${name} ${rounded(used, 3)} ms CPU a call, p50 ${rounded(p50Ms)} ms, p99 at 60 % ${rounded(pacedP99Ms)} ms`,
    )
    .join('; ');
