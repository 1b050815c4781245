// The store: everything that is kept in Postgres, one member per table. Every function takes the tenant first.
import type { Clock } from '../clock.ts';
import type { Keyring } from '../security/token-encryption.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import { createAccessRecords } from './access-records.ts';
import { createAccountIdentityKeys } from './account-identity-keys.ts';
import { createAuthContexts } from './auth-contexts.ts';
import { createObSealCertificates, createObWacCertificates } from './certificates.ts';
import { listCertificatesInUse } from './certificates-in-use.ts';
import { createConsentEndings } from './consent-endings.ts';
import { type ConsentListRequest, listConsents } from './consent-list.ts';
import { createConsents } from './consents.ts';
import { createEncryptionKeyDescriptions } from './encryption-key-descriptions.ts';
import { createFundsConfirmations } from './funds-confirmations.ts';
import { createGrants } from './grants.ts';
import { createIdempotencyClaims } from './idempotency.ts';
import { createManagedLists } from './managed-lists.ts';
import { createOnceOnlyCalls } from './once-only-calls.ts';
import { createOutbox } from './outbox.ts';
import { createPaymentAttempts } from './payment-attempts.ts';
import { createPaymentFiles } from './payment-files.ts';
import { createPaymentJourneys } from './payment-journeys.ts';
import { createPaymentLinks } from './payment-links.ts';
import { listPayments, type PaymentListRequest } from './payment-list.ts';
import { createPayments } from './payments.ts';
import { loadReadAccess } from './read-access.ts';
import { createReconfirmations } from './reconfirmations.ts';
import { createRedirects } from './redirects.ts';
import { loadRegistrationContext } from './registration-context.ts';
import { listRegistrations, type RegistrationListRequest } from './registration-list.ts';
import { createRegistrations } from './registrations.ts';
import { createResultKeys } from './result-keys.ts';
import { createSealedObjects } from './sealed-objects.ts';
import { createSoftwareStatements } from './software-statements.ts';
import type { Db } from './sql.ts';
import { createStatusEvents } from './status-events.ts';
import { createUnattendedReads } from './unattended-reads.ts';
import { createWebhookDeliveries } from './webhook-deliveries.ts';
import { createWebhookEndpoints } from './webhook-endpoints.ts';
import { createWebhookEvents } from './webhook-events.ts';

export interface StoreDeps {
  db: Db;
  clock: Clock;
  keyring: Keyring;
}

export type Store = ReturnType<typeof createStore>;

export function createStore({ db, clock, keyring }: StoreDeps) {
  const sealed = createSealedObjects(db, clock, keyring);
  const outbox = createOutbox(db, clock, sealed);
  const events = createStatusEvents(db, outbox);
  const managedLists = createManagedLists(db);
  return {
    encryptionKeyDescriptions: {
      ...createEncryptionKeyDescriptions(db, clock),
      listPage: managedLists.encryptionKeyDescriptions,
    },
    obWacCertificates: { ...createObWacCertificates(db, clock), listPage: managedLists.obWacCertificates },
    obSealCertificates: { ...createObSealCertificates(db, clock), listPage: managedLists.obSealCertificates },
    softwareStatements: { ...createSoftwareStatements(db, clock), listPage: managedLists.softwareStatements },
    listCertificatesInUse: (tenant: TenantId) => listCertificatesInUse(db, tenant),
    registrations: {
      ...createRegistrations(db, clock, sealed),
      loadContext: (tenant: TenantId, id: string, obWacCertificateId?: string) =>
        loadRegistrationContext(db, sealed, tenant, id, obWacCertificateId),
      listPage: (tenant: TenantId, request: RegistrationListRequest) =>
        listRegistrations(db, tenant, request),
    },
    consents: {
      ...createConsents(db, clock, sealed, events),
      ...createConsentEndings(db, clock, sealed, events),
      listPage: (tenant: TenantId, request: ConsentListRequest) => listConsents(db, tenant, request),
    },
    reconfirmations: createReconfirmations(db, clock),
    unattendedReads: createUnattendedReads(db, clock),
    accountIdentityKeys: createAccountIdentityKeys(db, clock, sealed),
    accessRecords: createAccessRecords(db),
    authContexts: createAuthContexts(db, clock, sealed),
    redirects: createRedirects(db, clock, sealed),
    grants: {
      ...createGrants(db, clock, sealed),
      loadForRead: (tenant: TenantId, consentId: string) => loadReadAccess(db, sealed, tenant, consentId),
    },
    onceOnlyCalls: createOnceOnlyCalls(db, clock, sealed),
    paymentAttempts: createPaymentAttempts(db, clock),
    paymentJourneys: createPaymentJourneys(db, clock, sealed),
    resultKeys: createResultKeys(db, clock, sealed),
    paymentLinks: createPaymentLinks(db, clock, sealed),
    paymentFiles: createPaymentFiles(db, clock, sealed),
    payments: {
      ...createPayments(db, clock, sealed, events),
      listPage: (tenant: TenantId, request: PaymentListRequest) => listPayments(db, tenant, request),
    },
    fundsConfirmations: createFundsConfirmations(db, clock, sealed),
    webhookEndpoints: createWebhookEndpoints(db, clock, sealed),
    webhookEvents: createWebhookEvents(db, clock, sealed, outbox),
    webhookDeliveries: createWebhookDeliveries(db, clock, sealed, outbox),
    idempotency: createIdempotencyClaims(db, clock),
    /** Whether Postgres answers. */
    isReachable: (): Promise<boolean> =>
      db`SELECT 1 AS one`.then(
        () => true,
        () => false,
      ),
  };
}
