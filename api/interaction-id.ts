// The id under which the bank knows a call: told in a header of our answer and in the line about it in the log.
import type { Context } from 'hono';
import { interactionIdHeader, isInteractionId } from '../standards/uk-open-banking/interaction-id.ts';
import type { ApiEnv } from './deps.ts';

export function showInteractionId(c: Context<ApiEnv>, interactionId: string | null): void {
  const plain = plainInteractionId(interactionId);
  if (plain === undefined) return;
  c.set('interactionId', plain);
  c.header(interactionIdHeader, plain);
}

/** Records and histories may be older than the check where answers of banks are received. */
export function plainInteractionId(value: unknown): string | undefined {
  return typeof value === 'string' && isInteractionId(value) ? value : undefined;
}
