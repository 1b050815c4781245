// The workflows as one bundle: given ready-made in production, otherwise built once per state of the sources.
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = ['workflows/**/*.ts', 'standards/uk-open-banking/*.ts', 'temporal/*.ts', 'package-lock.json'];

export interface WorkflowBundle {
  code: string;
  /** Changes exactly when the code does: the worker deployment's build id. */
  buildId: string;
}

/** @param givenFile a bundle built beforehand */
export async function loadWorkflowBundle(givenFile?: string): Promise<WorkflowBundle> {
  const code = readFileSync(givenFile ?? (await ensureBundle()), 'utf8');
  return { code, buildId: createHash('sha256').update(code).digest('hex').slice(0, 16) };
}

async function ensureBundle(): Promise<string> {
  const hash = createHash('sha256');
  const files = sources.flatMap((pattern) => globSync(pattern, { cwd: project })).sort();
  for (const file of files) hash.update(file).update(readFileSync(join(project, file)));
  const folder = join(project, 'node_modules', '.cache', 'durable-open-banking');
  const target = join(folder, `workflows-${hash.digest('hex').slice(0, 16)}.js`);
  if (existsSync(target)) return target;
  mkdirSync(folder, { recursive: true });
  const partial = `${target}.${process.pid}`;
  writeFileSync(partial, await buildWorkflowBundle());
  renameSync(partial, target);
  return target;
}

/**
 * Builds the bundle; a warning fails it, because what the bundler warns of (a Node built-in, a missing module) breaks
 * at run time.
 */
export async function buildWorkflowBundle(): Promise<string> {
  const { bundleWorkflowCode } = await import('@temporalio/worker');
  const warnings: string[] = [];
  const note = (_level: string, message: string) => warnings.push(message);
  const quiet = () => {};
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(project, 'workflows', 'index.ts'),
    failureConverterPath: join(project, 'temporal', 'failure-converter.ts'),
    logger: {
      log: quiet,
      trace: quiet,
      debug: quiet,
      info: quiet,
      warn: (message) => note('warn', message),
      error: (message) => note('error', message),
    },
  });
  if (warnings.length > 0) throw new Error(`The workflow bundle has warnings:\n${warnings.join('\n')}`);
  return code;
}
