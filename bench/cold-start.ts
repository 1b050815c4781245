// How long it takes until a process, and the whole stack, are ready: caches warm, nothing of it running.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { startEverything } from '../embedded/everything.ts';
import type { Role } from '../embedded/role-process.ts';
import { houseSettings } from './house.ts';
import type { Say } from './run.ts';
import { median, rounded } from './statistics.ts';

const processStarts = 7;
const stackStarts = 3;

export async function measureColdStart(say: Say) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const config = readConfig(await houseSettings(folder));
    say('preparing: the first start makes databases and certificates');
    await (await startEverything(config)).stop();
    const stackMs: number[] = [];
    for (let start = 1; start <= stackStarts; start++) {
      const startedMs = performance.now();
      const everything = await startEverything(config);
      stackMs.push(performance.now() - startedMs);
      say(`stack, start ${start}: ${rounded(stackMs.at(-1) ?? 0, 0)} ms`);
      await everything.stop();
    }
    const everything = await startEverything(config);
    await Promise.all([everything.roles.api.stop(), everything.roles.worker.stop()]);
    const startMs = async (role: Role) => {
      const times: number[] = [];
      for (let start = 1; start <= processStarts; start++) {
        const startedMs = performance.now();
        const process = await everything.start(role);
        times.push(performance.now() - startedMs);
        await process.stop();
      }
      say(`${role}: ${times.map((time) => rounded(time, 0)).join(', ')} ms`);
      return rounded(median(times), 0);
    };
    const figures = {
      apiMs: await startMs('api'),
      workerMs: await startMs('worker'),
      stackMs: rounded(median(stackMs), 0),
    };
    await everything.stop();
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
