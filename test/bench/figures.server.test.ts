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
    requestsPerSecond: number,
  });
});

it.runIf(process.platform === 'linux')('tells what a payment costs beside an empty one', async () => {
  expect(await figuresOf('journeys')).toEqual({
    bench: 'journeys',
    ratio: number,
    journeysPerSecond: number,
    activitiesPerJourney: number,
    eventsPerJourney: number,
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
