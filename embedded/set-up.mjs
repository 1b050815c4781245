// What has to be on the machine before anything can run, each step skipped when it is already there. Progress goes to
// stderr alone, because stdout belongs to the command that was asked for. Needs nothing but Node 20 and npm.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  nodeFolder,
  onPath,
  temporalCliPath,
  temporalCliVersion,
  temporalTestServerFolder,
  temporalTestServerVersion,
} from './cache.mjs';

export const projectFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const manifest = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
const oldestNodeMajor = 24;

const say = (text) => process.stderr.write(`set-up: ${text}\n`);

/** Runs a program, its output on stderr when asked for; resolves with its exit code and what it printed. */
function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? projectFolder,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

async function step(what, expected, action) {
  const startedAt = Date.now();
  say(`${what} (${expected}) …`);
  const ticking = setInterval(
    () => say(`${what}: still at it after ${Math.round((Date.now() - startedAt) / 1000)} s`),
    30_000,
  );
  try {
    await action();
  } finally {
    clearInterval(ticking);
  }
  say(`${what}: done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

async function must(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output.slice(-4000)}`);
  return output;
}

/** The Node to run the project with: this one when it is new enough, else the npm package `node` of the pinned version. */
export async function ensureNode() {
  if (Number(process.versions.node.split('.')[0]) >= oldestNodeMajor) return process.execPath;
  const version = manifest.devDependencies.node;
  const folder = nodeFolder(version);
  const binary = join(folder, 'node_modules', 'node', 'bin', 'node');
  if (!existsSync(binary)) {
    await step(`fetching Node ${version}`, 'about 100 MB, under a minute', async () => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(
        join(folder, 'package.json'),
        JSON.stringify({ private: true, allowScripts: { node: true } }),
      );
      await must('npm', ['install', '--no-save', '--no-package-lock', `node@${version}`], { cwd: folder });
    });
  }
  return binary;
}

/** The environment in which `node` and the project's own commands are the right ones. */
export function environmentWith(node) {
  const path = [dirname(node), join(projectFolder, 'node_modules', '.bin'), process.env.PATH ?? ''];
  return { PATH: path.join(delimiter) };
}

/** Installs the dependencies named by the lock file, once per lock file. */
export async function ensureDependencies(node) {
  const lock = readFileSync(join(projectFolder, 'package-lock.json'));
  const fingerprint = createHash('sha256').update(lock).digest('hex');
  const stamp = join(projectFolder, 'node_modules', '.lock-fingerprint');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return;
  await step('installing dependencies', 'one to three minutes the first time', async () => {
    await must('npm', ['ci'], { env: environmentWith(node) });
    writeFileSync(stamp, fingerprint);
  });
}

function isRecentEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 1 || (major === 1 && minor >= 8);
}

/** The Temporal command line with its development server: on PATH, in the cache, downloaded, or built with Go. */
export async function ensureTemporalCli() {
  const installed = onPath('temporal');
  if (installed !== undefined) {
    const { output } = await run(installed, ['--version']);
    const version = /(\d+\.\d+\.\d+)/.exec(output)?.[1];
    if (version !== undefined && isRecentEnough(version)) return installed;
    say(`the temporal on PATH is ${version ?? 'of an unknown version'}; 1.8 or later is needed`);
  }
  const cached = temporalCliPath();
  if (existsSync(cached)) return cached;
  mkdirSync(dirname(cached), { recursive: true });
  if (!(await downloadTemporalCli(cached))) await buildTemporalCli(cached);
  return cached;
}

async function downloadTemporalCli(target) {
  const platform = process.platform === 'darwin' ? 'darwin' : 'linux';
  const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const url = `https://temporal.download/cli/archive/v${temporalCliVersion}?platform=${platform}&arch=${architecture}`;
  try {
    say(`downloading Temporal ${temporalCliVersion} (about 50 MB) …`);
    const response = await fetch(url, { signal: AbortSignal.timeout(120_000) });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    const archive = `${target}.tar.gz`;
    writeFileSync(archive, Buffer.from(await response.arrayBuffer()));
    await must('tar', ['-xzf', archive, '-C', dirname(target), 'temporal']);
    return true;
  } catch (error) {
    say(`no download (${error.cause?.code ?? error.message}); building it from the Go module proxy instead`);
    return false;
  }
}

async function buildTemporalCli(target) {
  if (onPath('go') === undefined) {
    throw new Error(
      'Temporal is neither installed nor downloadable, and there is no Go to build it with. Install one of them.',
    );
  }
  await step(
    `building Temporal ${temporalCliVersion} with Go`,
    'three to six minutes, once per machine',
    async () => {
      const partial = `${target}.partial`;
      const args = ['build', '-ldflags', '-s -w', '-o', partial, 'github.com/temporalio/cli/cmd/temporal'];
      await must('go', args, {
        cwd: join(projectFolder, 'tools', 'temporal-server'),
        env: { CGO_ENABLED: '0' },
      });
      renameSync(partial, target);
    },
  );
}

/** The time-skipping server for workflow tests: on PATH, in the cache, or from Maven. */
export async function ensureTemporalTestServer() {
  const installed = onPath('temporal-test-server');
  if (installed !== undefined) return installed;
  const folder = temporalTestServerFolder();
  const script = join(folder, 'temporal-test-server');
  if (existsSync(script)) return script;
  if (onPath('mvn') === undefined || onPath('java') === undefined) {
    throw new Error(
      'The time-skipping Temporal test server needs Java and Maven, and one of them is missing.',
    );
  }
  await step(`fetching the Temporal test server ${temporalTestServerVersion}`, 'under a minute', async () => {
    mkdirSync(folder, { recursive: true });
    const args = ['-q', '-B', '-f', join(projectFolder, 'tools', 'temporal-test-server', 'pom.xml')];
    await must('mvn', [...args, 'dependency:copy-dependencies', `-DoutputDirectory=${join(folder, 'lib')}`]);
    writeFileSync(
      script,
      `#!/bin/sh\nexec java -cp "${folder}/lib/*" io.temporal.testserver.TestServer "$@"\n`,
    );
    chmodSync(script, 0o755);
  });
  return script;
}
