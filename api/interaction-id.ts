// The id under which the bank knows a call: told in a header of our answer and in the line about it in the log.
import type { Context } from 'hono';
import type { ApiEnv } from './deps.ts';

export const interactionIdHeader = 'x-fapi-interaction-id';

export function showInteractionId(c: Context<ApiEnv>, interactionId: string | null): void {
  const plain = plainInteractionId(interactionId);
  if (plain === undefined) return;
  c.set('interactionId', plain);
  c.header(interactionIdHeader, plain);
}

/** Banks echo it, or send one of their own, which may be anything. */
export function plainInteractionId(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:-]{1,100}$/.test(value) ? value : undefined;
}
