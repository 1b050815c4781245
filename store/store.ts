// The store: everything that is kept in Postgres, one member per table. Every function takes the tenant first.
import type { Clock } from '../clock.ts';
import type { Keyring } from '../security/token-encryption.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import { createAuthContexts } from './auth-contexts.ts';
import { createObSealCertificates, createObWacCertificates } from './certificates.ts';
import { listCertificatesInUse } from './certificates-in-use.ts';
import { createConsents } from './consents.ts';
import { createEncryptionKeyDescriptions } from './encryption-key-descriptions.ts';
import { createGrants } from './grants.ts';
import { createIdempotencyClaims } from './idempotency.ts';
import { createOnceOnlyCalls } from './once-only-calls.ts';
import { createPayments } from './payments.ts';
import { loadReadAccess } from './read-access.ts';
import { createRedirects } from './redirects.ts';
import { loadRegistrationContext } from './registration-context.ts';
import { createRegistrations } from './registrations.ts';
import { createSealedObjects } from './sealed-objects.ts';
import { createSoftwareStatements } from './software-statements.ts';
import type { Db } from './sql.ts';

export interface StoreDeps {
  db: Db;
  clock: Clock;
  keyring: Keyring;
}

export type Store = ReturnType<typeof createStore>;

export function createStore({ db, clock, keyring }: StoreDeps) {
  const sealed = createSealedObjects(db, clock, keyring);
  return {
    encryptionKeyDescriptions: createEncryptionKeyDescriptions(db, clock),
    obWacCertificates: createObWacCertificates(db, clock),
    obSealCertificates: createObSealCertificates(db, clock),
    softwareStatements: createSoftwareStatements(db, clock),
    listCertificatesInUse: (tenant: TenantId) => listCertificatesInUse(db, tenant),
    registrations: {
      ...createRegistrations(db, clock, sealed),
      loadContext: (tenant: TenantId, id: string) => loadRegistrationContext(db, sealed, tenant, id),
    },
    consents: createConsents(db, clock, sealed),
    authContexts: createAuthContexts(db, clock, sealed),
    redirects: createRedirects(db, clock, sealed),
    grants: {
      ...createGrants(db, clock, sealed),
      loadForRead: (tenant: TenantId, consentId: string) => loadReadAccess(db, sealed, tenant, consentId),
    },
    onceOnlyCalls: createOnceOnlyCalls(db, clock, sealed),
    payments: createPayments(db, clock, sealed),
    idempotency: createIdempotencyClaims(db, clock),
    /** Whether Postgres answers. */
    isReachable: (): Promise<boolean> =>
      db`SELECT 1 AS one`.then(
        () => true,
        () => false,
      ),
  };
}
