// Processes that stand by, their modules loaded, one of each role: as a deployment with replicas would have them.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Everything } from '../../embedded/everything.ts';
import type { RoleProcess } from '../../embedded/role-process.ts';

export type Replaced = 'api' | 'worker';

export interface Spares {
  /** The one that stands by goes to work, and another takes its place. Resolves when it is ready. */
  start(role: Replaced): Promise<RoleProcess>;
  close(): Promise<void>;
}

interface Spare {
  tell(what: 'go to work' | 'go home'): void;
  ready: Promise<RoleProcess>;
}

const standBy = new URL('stand-by.mjs', import.meta.url);
/** Until it is needed, and then until it is ready. */
const withinMs = 24 * 60 * 60_000;
const mostStarts = 10;

/** @param changes of the environment of workers: the modules that it loads first are loaded first here too */
export function keepSpares(
  everything: Everything,
  folder: string,
  changes: Record<string, string> = {},
): Spares {
  const spares: Record<Replaced, Spare> = { api: prepare('api'), worker: prepare('worker') };

  function prepare(role: Replaced): Spare {
    const until = join(folder, `stand-by-${randomUUID()}`);
    const own = role === 'worker' ? changes : {};
    const environment = {
      ...own,
      NODE_OPTIONS: `${own.NODE_OPTIONS ?? ''} --import ${standBy.href}`.trim(),
      STAND_BY_UNTIL: until,
    };
    const ready = everything.start(role, environment, withinMs);
    ready.catch(() => {}); // whoever starts it hears of it
    return { ready, tell: (what) => writeFileSync(until, what) };
  }

  async function startOne(role: Replaced): Promise<RoleProcess> {
    const { ready, tell } = spares[role];
    tell('go to work');
    spares[role] = prepare(role);
    return await ready;
  }

  return {
    start: async (role) => {
      for (let starts = 1; ; starts += 1) {
        try {
          return await startOne(role);
        } catch (error) {
          // What it needs is being killed too: whoever looks after processes starts it again.
          if (starts === mostStarts) throw error;
          await setTimeout(200);
        }
      }
    },
    close: async () => {
      for (const { tell, ready } of Object.values(spares)) {
        tell('go home');
        await ready.catch(() => {}); // it ends without ever having been ready
      }
    },
  };
}
