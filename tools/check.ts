// `npm run check`: what has to be green before every commit.
import { runChecks } from './checks.ts';

const { passed, failed } = await runChecks();
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
