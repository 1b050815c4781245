// What the sandbox's banks have seen, by their own log: how much of it, and how much at a time.
import type { Everything } from '../embedded/everything.ts';

export interface SeenRequest {
  bank: string;
  path: string;
  status?: number;
  grantType?: string;
  /** When it came. */
  at: string;
  durationMs?: number;
}

const isSeen = (entry: unknown): entry is SeenRequest =>
  typeof entry === 'object' && entry !== null && 'bank' in entry && 'path' in entry && 'at' in entry;

export function bankTraffic({ roles }: Pick<Everything, 'roles'>) {
  const url = `${roles['sandbox-bank'].addresses.control}/requests`;
  return {
    forget: async () => {
      await fetch(url, { method: 'DELETE' });
    },
    list: async (): Promise<SeenRequest[]> => {
      const entries: unknown = await (await fetch(url)).json();
      return Array.isArray(entries) ? entries.filter(isSeen) : [];
    },
  };
}

/** The most that were being answered at one moment. */
export function mostAtOnce(requests: readonly SeenRequest[]): number {
  const changes = requests.flatMap(({ at, durationMs = 0 }) => {
    const startMs = Date.parse(at);
    return [
      { atMs: startMs, by: 1 },
      { atMs: startMs + durationMs, by: -1 },
    ];
  });
  // Times are whole milliseconds: one that ends in the same as another begins was over.
  changes.sort((one, other) => one.atMs - other.atMs || one.by - other.by);
  let [now, most] = [0, 0];
  for (const { by } of changes) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}
