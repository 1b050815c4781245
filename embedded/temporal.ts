// Temporal for one machine: the development server of the Temporal command line, on a file so that journeys survive.
import { existsSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { msToTs } from '@temporalio/common/lib/time.js';
import { searchAttributeTypes } from '../temporal/search-attributes.ts';
import { onPath, temporalCliPath } from './cache.mjs';
import { startServerProcess } from './server-process.ts';

export interface TemporalOptions {
  /** Folder for the server's file and log. */
  folder: string;
  port: number;
  uiPort: number;
  /** Where the web UI has payloads decoded; without it they are shown as cipher text. */
  uiCodecEndpoint?: string;
  /** Trades durability for speed: for tests, whose machine does not crash. A server that is killed loses nothing. */
  withoutFsync?: boolean;
}

export interface RunningTemporal {
  address: string;
  uiUrl: string;
  pid: number;
  stop(): Promise<void>;
}

const withoutFsync = { journal_mode: 'WAL', synchronous: 'OFF' };

const dynamicConfig = {
  // The server's default adds about 50 ms to every step of a journey.
  'history.transferProcessorMaxPollRPS': '2000',
  // One bank's backlog must not hold up the others: the bank is the fairness key.
  'matching.enableFairness': 'true',
};

export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  const folder = resolve(options.folder);
  mkdirSync(folder, { recursive: true });
  const repeated = (flag: string, values: Record<string, string>) =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  const server = await startServerProcess({
    name: 'Temporal',
    command: temporalExecutable(),
    args: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(options.port)],
      ...['--ui-port', String(options.uiPort), '--db-filename', join(folder, 'temporal.db')],
      ...['--log-level', 'warn'],
      ...(options.uiCodecEndpoint === undefined ? [] : ['--ui-codec-endpoint', options.uiCodecEndpoint]),
      ...repeated('--dynamic-config-value', dynamicConfig),
      ...repeated('--sqlite-pragma', options.withoutFsync ? withoutFsync : {}),
      ...repeated('--search-attribute', searchAttributeTypes),
    ],
    logFile: join(folder, 'temporal.log'),
    pidFile: join(folder, 'temporal.pid'),
    stopSignal: 'SIGTERM',
    readyWithinMs: 30_000,
  });
  await untilListening(options.port, 30_000);
  await keepHistories(`127.0.0.1:${options.port}`);
  return {
    address: `127.0.0.1:${options.port}`,
    uiUrl: `http://127.0.0.1:${options.uiPort}`,
    pid: server.pid,
    stop: server.stop,
  };
}

function temporalExecutable(): string {
  // Set-up decided which one is recent enough and fills the cache otherwise, so the cache goes first.
  const found = existsSync(temporalCliPath()) ? temporalCliPath() : onPath('temporal');
  if (found === undefined) throw new Error('The Temporal server is not here yet: run `npm run setup`.');
  return found;
}

/** Resolves when something accepts connections on the port. */
async function untilListening(port: number, withinMs: number): Promise<void> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < withinMs) {
    if (await accepts(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Nothing listens on port ${port} after ${withinMs} ms.`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** How long histories of journeys that have ended can be looked at; what they did is in Postgres for longer. */
const retention = '30 days';

/** A development server forgets them after a day. */
async function keepHistories(address: string): Promise<void> {
  const { Connection } = await import('@temporalio/client');
  const connection = await Connection.connect({ address });
  const config = { workflowExecutionRetentionTtl: msToTs(retention) };
  await connection.workflowService.updateNamespace({ namespace: 'default', config });
  await connection.close();
}
