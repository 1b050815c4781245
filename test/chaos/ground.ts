// Everything that a storm passes over, in a folder of its own, each part a process that can be killed and started again.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../config.ts';
import { ensureDevelopmentKey } from '../../embedded/development-key.ts';
import { type Everything, startEverything } from '../../embedded/everything.ts';
import { freePort } from '../../embedded/free-port.ts';
import { type RunningPostgres, startPostgres } from '../../embedded/postgres.ts';
import type { RoleProcess } from '../../embedded/role-process.ts';
import { type RunningTemporal, startTemporal } from '../../embedded/temporal.ts';
import { layFoundation } from '../../roles/foundation.ts';
import { defaultTenant } from '../../workflows/contracts/ids.ts';
import type { Victim } from './plan.ts';
import { keepSpares } from './spares.ts';
import { type StatementRelay, startStatementRelay } from './statement-relay.ts';
import { startWitness, type Witness } from './witness.ts';

export interface Ground {
  everything: Everything;
  relay: StatementRelay;
  witness: Witness;
  /** Straight to Postgres, by no relay. */
  databaseUrl: string;
  /** One request to the sandbox's control interface. */
  // biome-ignore lint/suspicious/noExplicitAny: its answers have every shape.
  control(method: string, path: string, body?: object): Promise<any>;
  /** By SIGKILL. Resolves when the process has ended. */
  kill(victim: Victim): Promise<void>;
  /** Starts what was killed. Resolves when it is ready. */
  restart(victim: Victim): Promise<void>;
  /** A worker to take over from the one that is to be killed. Resolves when it is ready. */
  startReplacement(): Promise<RoleProcess>;
  /** The worker is killed and its replacement has its place. */
  killWorkerBeside(replacement: RoleProcess): Promise<void>;
  /** Rejects when API or worker end though nobody has killed them. */
  unexpectedEnd: Promise<never>;
  close(): Promise<void>;
}

export interface GroundOptions {
  /** Changes of the environment of workers: a build that is broken on purpose. */
  worker?: Record<string, string>;
}

export async function layGround({ worker: workerChanges = {} }: GroundOptions = {}): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'storm-'));
  const ports = await distinctPorts();
  const port = (name: string) => ports[`${name}_PORT`] ?? 0;
  const startDatabase = () => startPostgres({ folder: join(folder, 'postgres'), port: port('POSTGRES') });
  const startJourneys = () =>
    startTemporal({
      ...{ folder: join(folder, 'temporal'), port: port('TEMPORAL'), uiPort: port('TEMPORAL_UI') },
      withoutFsync: true, // only processes are killed, and not the machine
    });
  const stops: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const stop of stops.reverse().splice(0)) await stop();
  };
  try {
    let postgres: RunningPostgres = await startDatabase();
    stops.push(() => postgres.stop());
    let temporal: RunningTemporal = await startJourneys();
    stops.push(() => temporal.stop());
    const relay = await startStatementRelay(postgres.url);
    stops.push(async () => relay.close());
    const witness = await startWitness();
    stops.push(witness.close);
    const texts = Object.entries(ports).map(([name, value]) => [name, String(value)]);
    const settings = {
      ...Object.fromEntries(texts),
      ...{ DATA_DIR: folder, DATABASE_URL: relay.url, MIGRATION_DATABASE_URL: postgres.url },
      ...{ TEMPORAL_ADDRESS: temporal.address, WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' },
    };
    const everything = await startEverything(readConfig(settings));
    stops.push(everything.stop);
    await nameEncryptionKey(everything);
    const running: { api: RoleProcess; worker: RoleProcess } = { ...everything.roles };
    stops.push(async () => {
      await Promise.all([running.worker.stop(), running.api.stop()]);
    });
    const controlUrl = everything.roles['sandbox-bank'].addresses.control ?? '';

    const spares = keepSpares(everything, folder, workerChanges);
    stops.push(spares.close);
    const expected = new Set<RoleProcess>();
    const { promise: unexpectedEnd, reject: endedByItself } = Promise.withResolvers<never>();
    unexpectedEnd.catch(() => {}); // whoever waits for it hears of it
    const watch = (process: RoleProcess) => {
      void process.ended.then(() => {
        if (!expected.has(process)) endedByItself(new Error(`the ${process.role} has ended by itself`));
      });
      return process;
    };
    const kill = async (process: RoleProcess) => {
      expected.add(process);
      process.signal('SIGKILL');
      await process.ended;
    };
    const start = async (role: 'api' | 'worker') => {
      running[role] = watch(await spares.start(role));
    };
    for (const process of [running.api, running.worker]) watch(process);
    stops.push(async () => {
      for (const process of [running.api, running.worker]) expected.add(process);
    });
    const ground: Ground = {
      ...{ everything, relay, witness, databaseUrl: postgres.url, unexpectedEnd, close },
      control: (method, path, body) => askControl(controlUrl, method, path, body),
      kill: async (victim) => {
        switch (victim) {
          case 'api':
          case 'worker':
            return await kill(running[victim]);
          case 'postgres':
            killTree(postgres.pid);
            return await postgres.stop();
          case 'temporal':
            killTree(temporal.pid);
            return await temporal.stop();
        }
      },
      restart: async (victim) => {
        switch (victim) {
          case 'api':
          case 'worker':
            return await start(victim);
          case 'postgres':
            postgres = await persistently(startDatabase);
            return;
          case 'temporal':
            temporal = await persistently(startJourneys);
        }
      },
      startReplacement: async () => watch(await spares.start('worker')),
      killWorkerBeside: async (replacement) => {
        const before = running.worker;
        running.worker = replacement;
        await kill(before);
      },
    };
    if (Object.keys(workerChanges).length > 0) {
      await ground.kill('worker');
      await start('worker');
    }
    return ground;
  } catch (error) {
    await close();
    throw error;
  }
}

/** The processes that Postgres has started would live on for a while and keep its place. */
function killTree(pid: number): void {
  send('SIGSTOP', pid); // it starts no more of them
  const children = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child ?? 0);
  for (const one of [...children, pid]) send('SIGKILL', one);
}

function send(signal: NodeJS.Signals, pid: number): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** As whoever looks after servers would: one that could not start is started again. */
async function persistently<Server>(start: () => Promise<Server>): Promise<Server> {
  for (let starts = 1; ; starts += 1) {
    try {
      return await start();
    } catch (error) {
      if (starts === mostStarts) throw error;
    }
  }
}

const mostStarts = 5;

async function distinctPorts(): Promise<Record<string, number>> {
  const names = ['API', 'PUBLIC', 'POSTGRES', 'TEMPORAL', 'TEMPORAL_UI'];
  const sandbox = ['BROWSER', 'API', 'DIRECTORY', 'CONTROL'].map((name) => `SANDBOX_BANK_${name}`);
  const all = [...names, ...sandbox];
  const ports = new Set<number>();
  while (ports.size < all.length) ports.add(await freePort());
  return Object.fromEntries([...ports].map((port, index) => [`${all[index]}_PORT`, port]));
}

/** On somebody's own Postgres it is the operator who does this. */
async function nameEncryptionKey({ environment }: Everything): Promise<void> {
  const config = readConfig({ ...environment, LOG_LEVEL: 'silent' });
  const { store, keyring, close } = layFoundation(config, 'storm');
  try {
    await ensureDevelopmentKey({ store, keyring, folder: config.SECRETS_DIR }, defaultTenant);
  } finally {
    await close();
  }
}

async function askControl(url: string, method: string, path: string, body?: object) {
  const answer = await fetch(`${url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`sandbox bank: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
