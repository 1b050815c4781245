// Loaded before a role: has its modules loaded, and waits there until it is needed. A replacement that has come so far takes
// over almost at once.
import { existsSync, readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';

const lookEveryMs = 20;
const { STAND_BY_UNTIL } = process.env;

if (isMainThread && STAND_BY_UNTIL !== undefined) {
  const project = join(import.meta.dirname, '..', '..');
  enableCompileCache(join(project, 'node_modules', '.cache', 'durable-open-banking', 'compiled'));
  await import(join(project, 'roles', `${process.argv[2]}.ts`));
  while (!existsSync(STAND_BY_UNTIL)) {
    // Whoever would have needed it has gone.
    if (!process.connected) process.exit(0);
    await setTimeout(lookEveryMs);
  }
  if (readFileSync(STAND_BY_UNTIL, 'utf8') === 'go home') process.exit(0);
}
