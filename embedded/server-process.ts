// A server that we start beside ourselves: its own process group (so that Ctrl-C reaches us first and we stop it in
// our order), its output in a file, and a file with its process id so that the next start finds one left behind.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface ServerProcessOptions {
  name: string;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  logFile: string;
  pidFile: string;
  /** Sent to ask for an orderly stop. */
  stopSignal: NodeJS.Signals;
  uid?: number;
  gid?: number;
  /** Called with each piece of output until it answers true: the server is ready. */
  isReady?: (output: string) => boolean;
  readyWithinMs: number;
}

export interface ServerProcess {
  pid: number;
  stop(): Promise<void>;
}

const orderlyStopMs = 15_000;

/** Starts the server and resolves when it says that it is ready (at once when `isReady` is not given). */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  await stopLeftBehind(options);
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = createWriteStream(options.logFile, { flags: 'a' });
  const child = spawn(options.command, options.args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: options.env ?? process.env,
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  await readiness(child, options);
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${options.name} could not be started.`);
  writeFileSync(options.pidFile, String(pid));
  return {
    pid,
    stop: async () => {
      await stopChild(child, options.stopSignal);
      rmSync(options.pidFile, { force: true });
      log.end();
    },
  };
}

function readiness(child: ChildProcess, options: ServerProcessOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const deadline = setTimeout(
      () => finish(new Error(`${options.name} was not ready in time. ${hint()}`)),
      options.readyWithinMs,
    );
    const hint = () => `Its output is in ${options.logFile}:\n${output.slice(-1500)}`;
    const finish = (error?: Error) => {
      clearTimeout(deadline);
      child.stdout?.off('data', listen);
      child.stderr?.off('data', listen);
      if (error === undefined) resolve();
      else reject(error);
    };
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      if (options.isReady?.(output)) finish();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', (error) =>
      finish(new Error(`${options.name} could not be started: ${error.message}`)),
    );
    child.once('exit', (code) =>
      finish(new Error(`${options.name} ended with ${code} while starting. ${hint()}`)),
    );
    if (options.isReady === undefined) finish();
  });
}

function stopChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), orderlyStopMs);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill(signal);
  });
}

/** Ends the server of an earlier run that was killed before it could stop its own servers. */
async function stopLeftBehind({ pidFile, command, stopSignal }: ServerProcessOptions): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  const executable = command.split('/').at(-1) ?? command;
  if (isRunning(pid, executable)) {
    process.kill(pid, stopSignal);
    for (let waitedMs = 0; isRunning(pid, executable) && waitedMs < orderlyStopMs; waitedMs += 100) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  rmSync(pidFile, { force: true });
}

function isRunning(pid: number, executable: string): boolean {
  try {
    const line = execFileSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' });
    return line.includes(executable);
  } catch {
    return false;
  }
}
