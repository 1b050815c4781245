// `npm test`: the checks, then every suite that starts servers. The last line of stdout is the count.
import { globSync } from 'node:fs';
import { findBrowser } from '../embedded/browser.ts';
import { runChecks } from './checks.ts';
import { type Count, runSuite } from './suites.ts';

async function runBrowserSuite(): Promise<Count> {
  const files = globSync('test/**/*.browser.test.ts');
  if (files.length === 0) return { passed: 0, failed: 0 };
  if (findBrowser() !== undefined) return await runSuite('browser');
  process.stderr.write(`Left out, because there is no Chromium on PATH:\n  ${files.join('\n  ')}\n`);
  return { passed: 0, failed: process.env.CI === undefined ? 0 : files.length };
}

const counts = [await runChecks(), await runSuite('server'), await runBrowserSuite()];
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
