// Where webhooks may be sent, asked before an address is taken.
import { type CheckTarget, TargetRefused, targetProblems } from '../notifications/targets.ts';
import { Problem } from './problem.ts';

/** @param member of the request that has the address */
export async function refuseUnlessAllowed(check: CheckTarget, url: string, member: string): Promise<void> {
  try {
    await check(url);
  } catch (error) {
    if (!(error instanceof TargetRefused)) throw error;
    throw new Problem('webhook-url-refused', { errors: { [member]: [targetProblems[error.problem]] } });
  }
}
