// One effect for one x-idempotency-key: a key stands for 24 hours for the resource it made (Read/Write profile, "Idempotency").
import { createHash } from 'node:crypto';
import { badRequest } from './errors.ts';
import type { Call } from './operation.ts';

const lifetimeMs = 24 * 3_600_000;

export interface KeyedRequest {
  key: string;
  path: string;
  body: Uint8Array;
}

/**
 * The id of what this key made: `create` is called for a new key only. Throws a Refusal when the key came with another
 * body before. Must not wait between its look and its note: two requests at once would both be the first.
 */
export function onceForKey(call: Call, request: KeyedRequest, create: () => string): string {
  const keys = call.deps.state.idempotencyKeys;
  // JSON and not a separator: a client cannot choose a key that reads as another path.
  const name = JSON.stringify([call.caller.clientId, request.path, request.key]);
  const bodyHash = createHash('sha256').update(request.body).digest('base64url');
  const known = keys.get(name);
  if (known && call.nowMs < known.firstUsedAtMs + lifetimeMs) {
    if (known.bodyHash === bodyHash) return known.resourceId;
    throw badRequest('U006', 'x-idempotency-key came with another body before', 'x-idempotency-key');
  }
  const resourceId = create();
  keys.set(name, { bodyHash, resourceId, firstUsedAtMs: call.nowMs });
  return resourceId;
}
