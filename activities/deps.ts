// What steps work with: handed in once per worker.
import type { Bank } from '../bank-client/bank.ts';
import type { BankConnector } from '../bank-client/connector.ts';
import type { ReadSecret } from '../bank-client/own-identity.ts';
import type { ProfileBook } from '../bank-profiles/book.ts';
import type { Clock } from '../clock.ts';
import type { RegistrationContext } from '../store/registration-context.ts';
import type { Store } from '../store/store.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';

export interface ActivityDeps {
  store: Store;
  clock: Clock;
  banks: Pick<BankConnector, 'connect' | 'connectOnce' | 'apply'>;
  profiles: Pick<ProfileBook, 'find'>;
  readSecret: ReadSecret;
}

/** @returns rejects when there is no such registration: journeys are started for ones that are there */
export async function loadRegistration(
  { store }: ActivityDeps,
  tenant: TenantId,
  registrationId: string,
): Promise<RegistrationContext> {
  const context = await store.registrations.loadContext(tenant, registrationId);
  if (context === undefined) throw new Error('There is no such bank registration.');
  return context;
}

/** The bank that a registration is at. */
export async function bankOf(deps: ActivityDeps, tenant: TenantId, registrationId: string): Promise<Bank> {
  return await deps.banks.connect(await loadRegistration(deps, tenant, registrationId));
}
