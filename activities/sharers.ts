// The other registrations that are the same client of the bank.
import type { RegistrationContext } from '../store/registration-context.ts';
import type { RegisteredBefore } from '../store/registrations.ts';
import type { Store } from '../store/store.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';

export async function sharers(
  store: Pick<Store, 'registrations'>,
  tenant: TenantId,
  { registration }: RegistrationContext,
): Promise<RegisteredBefore[]> {
  const { id, client, requested } = registration;
  const registered = await store.registrations.listRegistered(tenant, registration);
  return registered.filter(
    (other) =>
      other.id !== id &&
      other.client.externalApiId === client?.externalApiId &&
      (other.requested.useSimulatedBank === true) === (requested.useSimulatedBank === true),
  );
}
