// How much of the cost of a payment in one request is Temporal's own: CPU of the same journeys with empty steps, divided by the CPU of real
// ones, each of Temporal, worker, API and Postgres together. The bank is left out of both.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { register } from '../cli/journeys/registration.ts';
import type { Stage } from '../cli/stage.ts';
import type { Everything } from '../embedded/everything.ts';
import { cpuMs, treeCpuMs } from './cpu-time.ts';
import { type Histories, readHistories } from './histories.ts';
import { withHouse } from './house.ts';
import { askAndAuthorise, authUrlP50Ms } from './payment-journeys.ts';
import type { Effort } from './run.ts';
import { quietStage, turnKnobs } from './stage.ts';
import { median, rounded } from './statistics.ts';

const thorough = { windows: 6, atOnce: 40, asked: 50 };
const brief = { windows: 1, atOnce: 2, asked: 2 };

/** CPU milliseconds by part. */
type Cost = Record<string, number>;

interface Kind {
  /** Plays payments side by side until their journeys have ended; gives their ids. */
  play(count: number): Promise<string[]>;
  cpu(): Cost;
}

export function measureJourneys({ say, quick }: Effort) {
  const { windows, atOnce, asked } = quick ? brief : thorough;
  return withHouse(async (everything) => {
    const histories = await readHistories(everything.temporalAddress);
    const emptyProcess = await startEmpty(everything);
    try {
      const empty = emptyOnes(everything, histories, emptyProcess);
      const stage = await readyStage(everything);
      const real = realOnes(stage, everything, histories);
      say('warming up');
      await real.play(atOnce);
      await empty.play(atOnce);
      const ratios: number[] = [];
      const rates: number[] = [];
      let last: { empty: string[]; real: string[] } = { empty: [], real: [] };
      for (let window = 1; window <= windows; window++) {
        const [emptyCost, realCost] = [await measure(empty, atOnce), await measure(real, atOnce)];
        ratios.push(sumOf(emptyCost.cpu) / sumOf(realCost.cpu));
        rates.push(realCost.perSecond);
        last = { empty: emptyCost.journeyIds, real: realCost.journeyIds };
        say(
          `window ${window}, ms CPU a journey: empty ${inWords(emptyCost.cpu)}; real ${inWords(realCost.cpu)}`,
        );
      }
      const urlP50Ms = await authUrlP50Ms(stage, everything, stage.registrationId, asked);
      return {
        ratio: rounded(median(ratios)),
        journeysPerSecond: rounded(median(rates), 1),
        authUrlP50Ms: urlP50Ms,
        ...(await shapeOf(histories, last)),
      };
    } finally {
      emptyProcess.stop();
      await histories.close();
    }
  });
}

/** @throws when the empty journeys are not of the shape of the real ones: nothing would have been compared */
async function shapeOf(histories: Histories, journeyIds: { empty: string[]; real: string[] }) {
  const [empty, real] = await Promise.all([
    histories.count(journeyIds.empty),
    histories.count(journeyIds.real),
  ]);
  if (empty.activities !== real.activities)
    throw new Error(`empty journeys took ${empty.activities} steps, real ones ${real.activities}`);
  return { activitiesPerJourney: real.activities, eventsPerJourney: real.events };
}

type ReadyStage = Stage & { registrationId: string };

async function readyStage(everything: Everything): Promise<ReadyStage> {
  // The first look finds it on its way, the second one at its end.
  const statuses = { paymentStatuses: ['RCVD', 'ACSP', 'ACCC'], advanceOnRead: true, paymentStepMs: 0 };
  await turnKnobs(everything, statuses);
  const stage = quietStage(everything);
  const { id: registrationId } = await register(stage);
  return { ...stage, registrationId };
}

function realOnes(stage: ReadyStage, everything: Everything, { untilEnded }: Histories): Kind {
  const { api, worker } = everything.roles;
  return {
    play: async (count) => {
      const asked = Array.from({ length: count }, async () => {
        const id = await askAndAuthorise(stage, stage.registrationId);
        await untilEnded(id);
        return id;
      });
      return await Promise.all(asked);
    },
    cpu: () => ({ ...serversCpu(everything), worker: cpuMs(worker.pid), API: cpuMs(api.pid) }),
  };
}

function emptyOnes(everything: Everything, { untilEnded }: Histories, process: EmptyProcess): Kind {
  return {
    play: async (count) => {
      const ids = await process.play(count);
      await Promise.all(ids.map(untilEnded));
      return ids;
    },
    cpu: () => ({ ...serversCpu(everything), 'client and worker': cpuMs(process.pid) }),
  };
}

type EmptyProcess = Awaited<ReturnType<typeof startEmpty>>;

async function startEmpty({ environment }: Everything) {
  const env = { ...process.env, ...environment };
  const child = fork(join(import.meta.dirname, 'empty-journeys.ts'), { env });
  const ended = new AbortController();
  child.once('exit', (code) => ended.abort(new Error(`the empty journeys' process ended with ${code}`)));
  const answer = async (): Promise<string[]> => {
    const [journeyIds] = await once(child, 'message', { signal: ended.signal });
    return journeyIds;
  };
  await answer();
  return {
    pid: child.pid ?? -1,
    play: (count: number) => {
      child.send(count);
      return answer();
    },
    stop: () => {
      if (child.connected) child.disconnect();
    },
  };
}

function serversCpu({ serverPids: { postgres, temporal } }: Everything): Cost {
  if (postgres === undefined || temporal === undefined) throw new Error('embedded servers are needed');
  return { Postgres: treeCpuMs(postgres), Temporal: cpuMs(temporal) };
}

async function measure({ play, cpu }: Kind, count: number) {
  const before = cpu();
  const startedMs = performance.now();
  const journeyIds = await play(count);
  const perSecond = (count * 1000) / (performance.now() - startedMs);
  const parts = Object.entries(cpu()).map(([part, value]) => [part, (value - (before[part] ?? 0)) / count]);
  const used: Cost = Object.fromEntries(parts);
  return { cpu: used, perSecond, journeyIds };
}

const sumOf = (cost: Cost) => Object.values(cost).reduce((sum, part) => sum + part, 0);

const inWords = (cost: Cost) =>
  `${rounded(sumOf(cost), 0)} (${Object.entries(cost)
    .map(([part, value]) => `${part} ${rounded(value, 0)}`)
    .join(', ')})`;
