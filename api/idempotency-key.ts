// The caller's own `x-idempotency-key`: the same key with the same body leads to the same object, for ever.
import { createHash, randomUUID } from 'node:crypto';
import type { TenantId } from '../workflows/contracts/ids.ts';
import { Problem } from './problem.ts';
import type { IdempotencyRecords } from './records.ts';

export interface IdempotentRequest {
  /** The operation's name. It counts as part of the body: a key belongs to one request, whatever it asks. */
  operation: string;
  key: string | undefined;
  text: string;
}

/**
 * The id of the object that a create is about: a new one, or the one that the key led to before.
 * @throws {Problem} `idempotency-key-reused` when the key came with another body
 */
export async function idOfCreated(
  records: IdempotencyRecords,
  tenant: TenantId,
  { operation, key, text }: IdempotentRequest,
): Promise<string> {
  const id = randomUUID();
  if (key === undefined) return id;
  const bodyHash = createHash('sha256').update(operation).update('\n').update(text).digest('base64url');
  const claim = await records.claim(tenant, { key, operation, bodyHash, resourceId: id });
  if (claim.kind === 'conflict') throw new Problem('idempotency-key-reused');
  return claim.resourceId;
}
