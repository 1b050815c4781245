// A bare process seen from the benchmark that started it: calls to make, times to hear, CPU to count.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Order, Target } from './bare-process.ts';

export interface Caller {
  pid: number;
  /** @returns how long each call took, in milliseconds */
  run(count: number, concurrency: number): Promise<number[]>;
  /** At a steady rate. @returns how long each call took from when it was due, in milliseconds */
  pace(count: number, perSecond: number): Promise<number[]>;
  /** @returns the address at which it passes the call on from now */
  relay(): Promise<string>;
  stop(): void;
}

export async function startCaller(target: Target): Promise<Caller> {
  const child = fork(join(import.meta.dirname, 'bare-process.ts'));
  const ended = new AbortController();
  child.once('exit', (code) => ended.abort(new Error(`a bare process ended with ${code}`)));
  const order = async (message: Order): Promise<number[]> => {
    child.send(message);
    const [answer] = await once(child, 'message', { signal: ended.signal });
    return answer;
  };
  await order({ kind: 'target', target });
  return {
    pid: child.pid ?? -1,
    run: (count, concurrency) => order({ kind: 'run', count, concurrency }),
    pace: (count, perSecond) => order({ kind: 'pace', count, perSecond }),
    relay: async () => `http://127.0.0.1:${await order({ kind: 'relay' })}`,
    stop: () => {
      if (child.connected) child.disconnect();
    },
  };
}
