// How long it takes until a process, and the whole stack, are ready: caches warm, nothing of it running.
import type { Config } from '../config.ts';
import type { Everything } from '../embedded/everything.ts';
import type { Role } from '../embedded/role-process.ts';
import { withEverything, withSite } from './house.ts';
import type { Effort, Say } from './run.ts';
import { median, rounded } from './statistics.ts';

const thorough = { processStarts: 7, stackStarts: 5 };
const brief = { processStarts: 1, stackStarts: 1 };

export function measureColdStart({ say, quick }: Effort) {
  const sizes = quick ? brief : thorough;
  return withSite(async (config) => {
    say('preparing: the first start makes databases and certificates');
    await withEverything(config, async () => {});
    const stackMs = await stackStartMs(config, sizes.stackStarts, say);
    return await withEverything(config, async (everything) => {
      await Promise.all([everything.roles.api.stop(), everything.roles.worker.stop()]);
      const apiMs = await roleStartMs(everything, 'api', sizes.processStarts, say);
      const workerMs = await roleStartMs(everything, 'worker', sizes.processStarts, say);
      return { apiMs, workerMs, stackMs };
    });
  });
}

async function stackStartMs(config: Config, starts: number, say: Say): Promise<number> {
  const times: number[] = [];
  for (let start = 1; start <= starts; start++) {
    const startedMs = performance.now();
    await withEverything(config, async () => {
      times.push(performance.now() - startedMs);
    });
  }
  return medianOf('stack', times, say);
}

/** A role beside everything else, which is up already. */
async function roleStartMs(everything: Everything, role: Role, starts: number, say: Say): Promise<number> {
  const times: number[] = [];
  for (let start = 1; start <= starts; start++) {
    const startedMs = performance.now();
    const process = await everything.start(role);
    times.push(performance.now() - startedMs);
    await process.stop();
  }
  return medianOf(role, times, say);
}

function medianOf(what: string, times: number[], say: Say): number {
  say(`${what}: ${times.map((time) => rounded(time, 0)).join(', ')} ms`);
  return rounded(median(times), 0);
}
