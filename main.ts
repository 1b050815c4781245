// One entry for every role: `api`, `worker`, `sandbox-bank`, or `all` of them on this machine.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { type Config, ConfigurationError, loadConfig } from './config.ts';

/** What a role gives back once it is ready. */
interface RunningRole {
  /** Its addresses by name, for whoever started it. */
  addresses: Record<string, string>;
  /** Rejects when the role fails by itself. */
  failed?: Promise<void>;
  stop(): Promise<void>;
}

// A role loads what it needs and nothing else: the start of a process is mostly the loading of its modules.
const roles: Record<string, () => Promise<(config: Config) => Promise<RunningRole>>> = {
  api: async () => (await import('./roles/api.ts')).startApiRole,
  worker: async () => (await import('./roles/worker.ts')).startWorkerRole,
  'sandbox-bank': async () => (await import('./roles/sandbox-bank.ts')).startSandboxBankRole,
  all: async () => (await import('./roles/all.ts')).startAllRoles,
};

// Compiled code is kept between starts: types need not be stripped again, nor modules compiled.
enableCompileCache(join(import.meta.dirname, 'node_modules', '.cache', 'durable-open-banking', 'compiled'));

async function main(): Promise<void> {
  const load = roles[process.argv[2] ?? ''];
  if (load === undefined) {
    process.stderr.write(`Say which role to run: ${Object.keys(roles).join(', ')}.\n`);
    process.exitCode = 2;
    return;
  }
  const running = await (await load())(await loadConfig(process.env, process.argv[2]));
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return; // a second signal does not make it any quicker
    stopping = true;
    await running.stop();
    process.exit(code);
  };
  process.on('SIGTERM', () => stop(0));
  process.on('SIGINT', () => stop(0));
  running.failed?.catch((error: Error) => {
    process.stderr.write(`${error.name}: ${error.message}\n`);
    return stop(1);
  });
  process.send?.({ type: 'ready', addresses: running.addresses });
}

main().catch((error: Error) => {
  // A configuration that does not fit is the operator's to mend: the message says all, a stack would hide it.
  process.stderr.write(`${error instanceof ConfigurationError ? error.message : error.stack}\n`);
  process.exit(1);
});
