// What a read through the API costs beside the same read without it: windows of both alternate in one run, and CPU is
// counted in the API process and in the bare process alone.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Pool } from 'undici';
import { authorise } from '../cli/journeys/authorisation.ts';
import { register } from '../cli/journeys/registration.ts';
import { readConfig } from '../config.ts';
import type { Everything } from '../embedded/everything.ts';
import { layFoundation } from '../roles/foundation.ts';
import { defaultTenant } from '../workflows/contracts/ids.ts';
import type { BareOrder } from './bare-process.ts';
import { cpuMs } from './cpu-time.ts';
import { withHouse } from './house.ts';
import type { Say } from './run.ts';
import { quietStage, turnKnobs } from './stage.ts';
import { median, quantile, rounded } from './statistics.ts';

const windows = 6;
const callsPerWindow = 4_000;
const latencyCalls = 400;
const concurrency = 16;

type Run = (count: number, concurrency: number) => Promise<number[]>;

export function measureReadPath(say: Say) {
  return withHouse(async (everything) => {
    await turnKnobs(everything, { accessTokenSeconds: 3_600 });
    const consentId = await accessOfWren(everything);
    const bare = await startBareProcess(everything, consentId);
    const api = apiRun(everything, consentId);
    try {
      say('warming up');
      for (const run of [api, bare.run, api, bare.run]) await run(callsPerWindow, concurrency);
      return await alternate(say, everything.roles.api.pid, api, bare.pid, bare.run);
    } finally {
      bare.stop();
    }
  });
}

async function alternate(say: Say, apiPid: number, api: Run, barePid: number, bare: Run) {
  const ratios: number[] = [];
  const rates: number[] = [];
  const added: { p50: number; p99: number }[] = [];
  for (let window = 1; window <= windows; window++) {
    const apiCost = await costOf(apiPid, api);
    const bareCost = await costOf(barePid, bare);
    ratios.push(apiCost.cpuMs / bareCost.cpuMs);
    rates.push(apiCost.perSecond);
    const [apiTimes, bareTimes] = [await api(latencyCalls, 1), await bare(latencyCalls, 1)];
    const difference = (share: number) => quantile(apiTimes, share) - quantile(bareTimes, share);
    added.push({ p50: difference(0.5), p99: difference(0.99) });
    say(
      `window ${window}: API ${rounded(apiCost.cpuMs, 3)} ms CPU a call, bare ${rounded(bareCost.cpuMs, 3)} ms; ` +
        `p50 ${rounded(quantile(apiTimes, 0.5))} ms against ${rounded(quantile(bareTimes, 0.5))} ms`,
    );
  }
  return {
    cpuRatio: rounded(median(ratios)),
    addedP50Ms: rounded(median(added.map(({ p50 }) => p50))),
    addedP99Ms: rounded(median(added.map(({ p99 }) => p99))),
    requestsPerSecond: rounded(median(rates), 0),
  };
}

async function costOf(pid: number, run: Run) {
  const beforeMs = cpuMs(pid);
  const startedMs = performance.now();
  await run(callsPerWindow, concurrency);
  const seconds = (performance.now() - startedMs) / 1000;
  return { cpuMs: (cpuMs(pid) - beforeMs) / callsPerWindow, perSecond: callsPerWindow / seconds };
}

/** wren has twenty accounts: about 8 KB. */
async function accessOfWren(everything: Everything): Promise<string> {
  const stage = quietStage(everything);
  const registered = await register(stage);
  const consent = await stage.connector.call('POST', '/aisp/account-access-consents', {
    BankRegistrationId: registered.id,
    TemplateRequest: { Type: 'MaximumPermissions' },
  });
  const asWren = {
    ...stage.sandbox,
    authorise: (url: string) => stage.sandbox.authorise(url, { psu: 'wren' }),
  };
  const path = '/aisp/account-access-consent-auth-contexts';
  await authorise({ ...stage, sandbox: asWren }, path, { AccountAccessConsentId: consent.Id });
  return consent.Id;
}

function apiRun({ roles }: Everything, consentId: string): Run {
  const pool = new Pool(roles.api.addresses.api ?? '', { connections: concurrency, pipelining: 1 });
  const headers = { 'x-obc-account-access-consent-id': consentId };
  async function call(): Promise<number> {
    const startedMs = performance.now();
    const { statusCode, body } = await pool.request({ method: 'GET', path: '/aisp/accounts', headers });
    await body.text();
    if (statusCode !== 200) throw new Error(`the API answered ${statusCode}`);
    return performance.now() - startedMs;
  }
  return async (count, callers) => {
    const times: number[] = [];
    let left = count;
    const caller = async () => {
      while (left-- > 0) times.push(await call());
    };
    await Promise.all(Array.from({ length: callers }, caller));
    return times;
  };
}

async function startBareProcess({ roles, environment }: Everything, consentId: string) {
  const { caFile = '', tppDir = '', api = '' } = roles['sandbox-bank'].addresses;
  const child = fork(join(import.meta.dirname, 'bare-process.ts'));
  const ended = new AbortController();
  child.once('exit', (code) => ended.abort(new Error(`the bare process ended with ${code}`)));
  const order = async (message: BareOrder): Promise<number[]> => {
    child.send(message);
    const [times] = await once(child, 'message', { signal: ended.signal });
    return times;
  };
  const target = {
    url: `${api}/hybrid/open-banking/v4.0/aisp/accounts`,
    token: await tokenOf(environment, consentId),
    caFile,
    certificateFile: join(tppDir, 'obwac.pem'),
    keyFile: join(tppDir, 'obwac.key'),
    connections: concurrency,
  };
  await order({ kind: 'target', target });
  const run: Run = (count, callers) => order({ kind: 'run', count, concurrency: callers });
  return { pid: child.pid ?? -1, run, stop: () => child.disconnect() };
}

async function tokenOf(environment: Record<string, string>, consentId: string): Promise<string> {
  const foundation = layFoundation(readConfig({ ...environment, LOG_LEVEL: 'silent' }), 'bench');
  try {
    const access = await foundation.store.grants.loadForRead(defaultTenant, consentId);
    return access?.grant?.accessToken ?? '';
  } finally {
    await foundation.close();
  }
}
