// What every npm script starts: does the set-up that the command needs, then runs the command on the right Node.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import {
  ensureDependencies,
  ensureNode,
  ensureTemporalCli,
  ensureTemporalTestServer,
  environmentWith,
  projectFolder,
} from './set-up.mjs';

const nothing = [];
const temporal = [ensureTemporalCli];
const everything = [ensureTemporalCli, ensureTemporalTestServer];

const commands = {
  setup: { needs: everything },
  demo: { needs: temporal, entry: 'cli/demo.ts' },
  start: { needs: temporal, entry: 'main.ts', args: ['all'] },
  test: { needs: everything, entry: 'tools/test.ts' },
  check: { needs: nothing, entry: 'tools/check.ts' },
  bench: { needs: temporal, entry: 'bench/run.ts' },
  'banks:test': { needs: temporal, entry: 'bank-matrix/run-banks.ts' },
  'test:profiles': { needs: temporal, entry: 'bank-matrix/run-mutations.ts' },
  'test:chaos': { needs: temporal, entry: 'test/chaos/run.ts' },
  banks: { needs: nothing, entry: 'cli/banks.ts' },
  openapi: { needs: nothing, entry: 'tools/print-openapi.ts' },
  generate: { needs: nothing, entry: 'tools/generate-standards.ts' },
  migrate: { needs: nothing, entry: 'tools/migrate.ts' },
  'test:file': { needs: everything, entry: 'node_modules/vitest/vitest.mjs', args: ['run'] },
  format: { needs: nothing, entry: 'node_modules/@biomejs/biome/bin/biome', args: ['check', '--write', '.'] },
};

const [name = '', ...rest] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  process.stderr.write(`Unknown command "${name}". Known: ${Object.keys(commands).join(', ')}.\n`);
  process.exit(2);
}

try {
  const node = await ensureNode();
  await ensureDependencies(node);
  for (const ensure of command.needs) await ensure();
  if (command.entry === undefined) process.exit(0);
  const args = [join(projectFolder, command.entry), ...(command.args ?? []), ...rest];
  const env = { ...process.env, ...environmentWith(node) };
  const child = spawn(node, args, { cwd: projectFolder, env, stdio: 'inherit' });
  // The child decides how to stop; the launcher only passes the request on and keeps waiting for it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
} catch (error) {
  process.stderr.write(`set-up failed: ${error.message}\n`);
  process.exit(1);
}
