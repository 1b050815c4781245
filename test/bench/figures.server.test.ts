// That each benchmark runs from start to end and tells what it promises. How large the figures are is nobody's business
// here: a test that depends on times is a test of the machine.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);

async function figuresOf(name: string): Promise<Record<string, unknown>> {
  const { stdout } = await run(process.execPath, ['bench/run.ts', name, '--json', '--quick']);
  expect(stdout.split('\n')).toHaveLength(2);
  return JSON.parse(stdout);
}
const number = expect.any(Number);

it.runIf(process.platform === 'linux')('tells what a read costs beside the bare call', async () => {
  expect(await figuresOf('read-path')).toEqual({
    bench: 'read-path',
    cpuRatio: number,
    addedP50Ms: number,
    addedP99Ms: number,
    addedP99At60PercentMs: number,
    requestsPerSecond: number,
    cpuRatio500Kb: number,
    addedP50Ms500Kb: number,
    cpuRatio500KbTranslated: number,
    addedP50Ms500KbTranslated: number,
  });
});

it.runIf(process.platform === 'linux')(
  'tells how memory fares while many page through long lists',
  async () => {
    expect(await figuresOf('paging')).toEqual({
      bench: 'paging',
      clients: number,
      transactions: number,
      pagesPerSecond: number,
      rssBeginMb: number,
      rssEndMb: number,
      rssPeakMb: number,
      grownMb: number,
    });
  },
);

it.runIf(process.platform === 'linux')('tells what a payment costs beside an empty one', async () => {
  expect(await figuresOf('journeys')).toEqual({
    bench: 'journeys',
    ratio: number,
    journeysPerSecond: number,
    authUrlP50Ms: number,
    activitiesPerJourney: number,
    eventsPerJourney: number,
  });
});

it.runIf(process.platform === 'linux')('tells what a storm of refreshes costs', async () => {
  expect(await figuresOf('refresh-storm')).toEqual({
    bench: 'refresh-storm',
    refreshes: 4,
    refreshesPerSecond: number,
    cpuMsPerRefresh: number,
    readP50Ms: number,
    readP99Ms: number,
    readsRepeated: number,
    mostRefreshesAtOnce: number,
    mostReadsAtOnce: number,
  });
});

it('tells how long processes and the whole stack take to start', async () => {
  expect(await figuresOf('cold-start')).toEqual({
    bench: 'cold-start',
    apiMs: number,
    workerMs: number,
    stackMs: number,
  });
});
