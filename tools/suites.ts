// Runs vitest suites and counts what passed and failed from vitest's own report.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { runStep } from './run-step.ts';

export interface Count {
  passed: number;
  failed: number;
}

const Report = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), success: z.boolean() });

/** Runs one suite of vitest.config.ts. A run without a report, or red without a red test, counts as one failure. */
export async function runSuite(project: string): Promise<Count> {
  mkdirSync('.data', { recursive: true });
  const reportFile = join('.data', `report-${project}.json`);
  rmSync(reportFile, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const code = await runStep(`suite ${project}`, process.execPath, [
    'node_modules/vitest/vitest.mjs',
    'run',
    `--project=${project}`,
    ...reporters,
  ]);
  if (!existsSync(reportFile)) return { passed: 0, failed: 1 };
  const report = Report.parse(JSON.parse(readFileSync(reportFile, 'utf8')));
  const failed = report.numFailedTests === 0 && code !== 0 ? 1 : report.numFailedTests;
  return { passed: report.numPassedTests, failed };
}
