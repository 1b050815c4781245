// The checks that need no server: types, style, boundaries, dead code, and the quick tests.
import { runStep } from './run-step.ts';
import { type Count, runSuite } from './suites.ts';

const tools: [name: string, args: string[]][] = [
  ['types', ['node_modules/typescript/bin/tsc', '--noEmit']],
  ['style', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']],
  [
    'boundaries',
    [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config',
      '.dependency-cruiser.mjs',
      '.',
    ],
  ],
  ['dead code', ['node_modules/knip/bin/knip.js']],
];

/** Runs every check; each tool that fails counts as one failure beside the tests' own. */
export async function runChecks(): Promise<Count> {
  let failed = 0;
  for (const [name, args] of tools) {
    if ((await runStep(name, process.execPath, args)) !== 0) failed += 1;
  }
  const quick = await runSuite('quick');
  return { passed: quick.passed, failed: quick.failed + failed };
}
