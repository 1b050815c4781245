// Waits for something to happen or for a point in time, whichever comes first.
import { condition, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';

const { currentTimeMs } = proxyLocalActivities<Pick<Activities, 'currentTimeMs'>>({
  startToCloseTimeout: '5s',
});

/** The longest wait one timer is set for: longer ones are cut, since a deadline may lie decades ahead. */
const longestTimerMs = 365 * 24 * 60 * 60 * 1000;

/**
 * @param deadlineMs milliseconds since 1970; undefined: wait for as long as it takes
 * @param recheckMs tests only: look at the shared clock this often, so that moving it ends the wait on a real server
 * @returns true when it happened, false when the time was up first
 */
export async function happensBefore(
  happened: () => boolean,
  deadlineMs: number | undefined,
  recheckMs?: number,
): Promise<boolean> {
  if (deadlineMs === undefined) {
    await condition(happened);
    return true;
  }
  for (let nowMs = Date.now(); nowMs < deadlineMs; nowMs = recheckMs ? await currentTimeMs() : Date.now()) {
    if (await condition(happened, Math.min(deadlineMs - nowMs, recheckMs || longestTimerMs))) return true;
  }
  return happened();
}
