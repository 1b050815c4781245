// One role of the connector as a process of its own, as in production: started, waited for, stopped or killed.
import { type ChildProcess, fork } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type Role = 'api' | 'worker' | 'sandbox-bank';

/** What a role says of itself when it is ready, to whoever started it. */
export interface RoleReady {
  type: 'ready';
  /** Its addresses by name. */
  addresses: Record<string, string>;
}

export interface RoleProcess {
  role: Role;
  pid: number;
  addresses: Record<string, string>;
  /** Resolves when the process has ended, however it ended. */
  ended: Promise<void>;
  /** Lets it finish what it is doing. */
  stop(): Promise<void>;
  /** Any signal, SIGKILL and SIGSTOP included. */
  signal(signal: NodeJS.Signals): void;
}

export interface RoleOptions {
  environment: Record<string, string>;
  logFile: string;
  readyWithinMs?: number;
}

const mainFile = join(import.meta.dirname, '..', 'main.ts');

/** Starts a role and resolves when it is ready. @throws with the end of its log when it ends or takes too long */
export async function startRole(role: Role, options: RoleOptions): Promise<RoleProcess> {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = createWriteStream(options.logFile, { flags: 'a' });
  const child = fork(mainFile, [role], {
    detached: true, // Ctrl-C in a terminal is for whoever started us all, and it stops us in order
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...options.environment },
  });
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.pipe(log, { end: false });
    stream?.on('data', (chunk: Buffer) => {
      tail = (tail + chunk.toString()).slice(-2_000);
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      log.end();
      resolve();
    });
  });
  const { addresses } = await readyMessage(role, child, options.readyWithinMs ?? 60_000, () => tail);
  return {
    role,
    pid: child.pid ?? -1,
    addresses,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
    signal: (signal) => {
      child.kill(signal);
    },
  };
}

function readyMessage(
  role: Role,
  child: ChildProcess,
  withinMs: number,
  tail: () => string,
): Promise<RoleReady> {
  return new Promise((resolve, reject) => {
    const fail = (what: string) => {
      child.kill('SIGKILL');
      reject(new Error(`${role} ${what}:\n${tail()}`));
    };
    const deadline = setTimeout(() => fail('was not ready in time'), withinMs);
    const earlyEnd = (code: number | null) => {
      clearTimeout(deadline);
      fail(`ended with ${code} while starting`);
    };
    child.once('exit', earlyEnd);
    child.on('message', (message) => {
      if (!isReady(message)) return;
      clearTimeout(deadline);
      child.off('exit', earlyEnd);
      resolve(message);
    });
  });
}

function isReady(message: unknown): message is RoleReady {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';
}
