// Orders one fault and tells when it has struck: the moment at which tests kill, freeze or replace a process.
import { eventually } from './eventually.ts';
import type { House } from './house.ts';

export interface OrderedFault {
  path: string;
  method: 'GET' | 'POST';
  /** `before` the bank acts: it gets to it much later. `after` it has acted: its answer is held back. */
  moment: 'before' | 'after';
  heldMs: number;
}

/** @returns a function that waits until the request is at the bank */
export async function orderHold(house: House, { path, method, moment, heldMs: ms }: OrderedFault) {
  const fault = { kind: moment === 'before' ? 'delay' : 'delay-answer', ms };
  await house.control('POST', '/faults', { path, method, times: 1, fault });
  const earlier = (await house.control('GET', '/requests')).length;
  return () =>
    eventually(async () => {
      const requests: Record<string, unknown>[] = await house.control('GET', '/requests');
      const struck = requests.slice(earlier).find((request) => request.fault === fault.kind);
      if (struck === undefined || (moment === 'after' && !struck.acted)) throw new Error('Not struck yet.');
    });
}
