// Records that a journey failed, for failures that no step could record: a worker that died at its last attempt, a bank
// that stayed away. A failure that a step has recorded stays: it has the bank's own words.
import type { ActivityDeps } from './deps.ts';
import type { FailureReference } from './index.ts';

export async function recordFailure({ store }: ActivityDeps, reference: FailureReference): Promise<void> {
  const { tenant, failure } = reference;
  if ('registrationId' in reference) {
    await store.registrations.recordFailed(tenant, reference.registrationId, failure);
  } else {
    await store.consents.recordFailed(tenant, reference.consentId, failure);
  }
}
