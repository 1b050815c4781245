// What the API process adds to the common foundation: journeys to start, banks to read at, metrics.
import type { BankConnector } from '../bank-client/connector.ts';
import type { Config } from '../config.ts';
import type { Foundation } from '../roles/foundation.ts';
import { openChangeFeed } from '../store/change-feed.ts';
import { createReadAccessCache } from '../store/read-access-cache.ts';
import { codecEndpoint } from '../temporal/codec-endpoint.ts';
import { connectionSettings } from '../temporal/connection.ts';
import { defaultTenant } from '../workflows/contracts/ids.ts';
import { bankProfileFacts } from './bank-profile-facts.ts';
import { createAccessRecorder } from './bank-reads/access-recorder.ts';
import { createBankReads } from './bank-reads/create-bank-reads.ts';
import { readingBank } from './bank-reads/reading-bank.ts';
import { recordedReads } from './bank-reads/recorded-reads.ts';
import type { ApiDeps } from './deps.ts';
import { lazyJourneys } from './lazy-journeys.ts';
import { createApiMetrics } from './metrics.ts';

export interface ApiParts {
  deps: ApiDeps;
  /** Loads what the start did not wait for. */
  warmUp(): void;
  close(): Promise<void>;
}

/** How long a caller is kept waiting for a journey. */
const journeyWaitMs = 20_000;

/** @throws when TEMPORAL_ADDRESS is not set; neither Temporal nor Postgres needs to be reachable yet */
export async function composeApi(
  config: Config,
  { clock, log, keyring, store, codec, readSecret, profiles, checkWebhookTarget }: Foundation,
  banks: Pick<BankConnector, 'connect' | 'fetchSoftwareStatement'>,
): Promise<ApiParts> {
  const connection = connectionSettings(config);
  const journeys = lazyJourneys(async () => {
    const { createJourneyClient } = await import('../temporal/client.ts');
    return createJourneyClient({
      connection,
      namespace: config.TEMPORAL_NAMESPACE,
      taskQueue: config.TEMPORAL_TASK_QUEUE,
      codec,
      clock,
      waitMs: journeyWaitMs,
      clockRecheckMs: config.TEST_CLOCK_RECHECK_MS,
    });
  });
  const metrics = createApiMetrics();
  const changes = openChangeFeed({
    url: config.DATABASE_URL ?? '',
    applicationName: 'api',
    onState: metrics.changesListenedTo,
  });
  const readAccess = createReadAccessCache({ feed: changes, load: store.grants.loadForRead });
  const recorder = createAccessRecorder({ write: store.accessRecords.insert, metrics, log });
  const bankReads = createBankReads({
    contexts: readAccess,
    connect: async (tenant, registrationId) => {
      const context = await store.registrations.loadContext(tenant, registrationId);
      if (context === undefined || context.registration.client === null) return undefined;
      const { registration, obWacCertificate, obSealCertificate } = context;
      const stamp = {
        revision: registration.revision,
        obWacCertificateId: obWacCertificate.id,
        obSealCertificateId: obSealCertificate.id,
      };
      const profile = profiles.find(registration.bankProfile);
      return {
        stamp,
        isCurrent: () => profiles.find(registration.bankProfile) === profile,
        bank: readingBank(await banks.connect(context), context),
      };
    },
    journeys,
    unattendedReads: store.unattendedReads,
    clock,
    metrics,
  });
  const deps: ApiDeps = {
    records: store,
    journeys,
    bankReads: recordedReads(bankReads, { recorder, clock }),
    bankProfiles: bankProfileFacts(profiles, config.settings),
    readSecret,
    checkWebhookTarget,
    askDirectory: async (statement) => {
      const { claims } = await banks.fetchSoftwareStatement(statement);
      return { redirectUris: claims.software_redirect_uris };
    },
    readiness: {
      database: store.isReachable,
      encryptionKey: () => keyring.current(defaultTenant).then(() => true),
    },
    clock,
    log,
    metrics,
    changesTold: changes.caughtUp,
    paymentFileMaxBytes: config.PAYMENT_FILE_MAX_BYTES,
    testEndpoints: config.TEST_ENDPOINTS,
    publicUrl: () => config.PUBLIC_URL,
    ...(config.TEMPORAL_UI_ORIGINS.length === 0
      ? {}
      : { codecEndpoint: codecEndpoint(codec, config.TEMPORAL_UI_ORIGINS) }),
  };
  return {
    deps,
    warmUp: journeys.warmUp,
    close: async () => {
      readAccess.close();
      await Promise.all([recorder.close(), changes.close(), journeys.close()]);
    },
  };
}
