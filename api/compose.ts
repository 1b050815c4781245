// What the API process is made of, from its configuration: store, keys, secrets, journeys, banks.
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { environmentSecrets } from '../secrets/environment.ts';
import { fileSecrets } from '../secrets/file.ts';
import { createSecretReader } from '../secrets/secret-reader.ts';
import { createKeyring } from '../store/keyring.ts';
import type { RegistrationContext } from '../store/registration-context.ts';
import { connectDatabase } from '../store/sql.ts';
import { createStore, type Store } from '../store/store.ts';
import { createJourneyClient } from '../temporal/client.ts';
import { codecEndpoint } from '../temporal/codec-endpoint.ts';
import { connectionSettings } from '../temporal/connection.ts';
import { createPayloadCodec } from '../temporal/payload-codec.ts';
import { defaultTenant } from '../workflows/contracts/ids.ts';
import { createBankReads, type ReadingBank } from './bank-reads/create-bank-reads.ts';
import type { ApiDeps, BankProfileFacts } from './deps.ts';
import { createApiMetrics } from './metrics.ts';

export interface Banks {
  findBankProfile(name: string): BankProfileFacts | undefined;
  /** A bank, seen as the client of the registration. */
  connect(context: RegistrationContext): Promise<ReadingBank>;
}

export interface ApiParts {
  deps: ApiDeps;
  store: Store;
  close(): Promise<void>;
}

/** How long a caller is kept waiting for a journey. */
const journeyWaitMs = 20_000;

/** @throws when DATABASE_URL or TEMPORAL_ADDRESS is not set; neither needs to be reachable yet */
export async function composeApi(config: Config, clock: Clock, log: Logger, banks: Banks): Promise<ApiParts> {
  if (config.DATABASE_URL === undefined) throw new Error('DATABASE_URL is not set.');
  const db = connectDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    applicationName: 'durable-open-banking-api',
  });
  const readSecret = createSecretReader({
    Configuration: environmentSecrets(config.settings),
    File: fileSecrets(config.SECRETS_DIR),
  });
  const keyring = createKeyring(db, { readSecret });
  const store = createStore({ db, clock, keyring });
  const codec = createPayloadCodec({
    current: () => keyring.current(defaultTenant),
    get: (keyId) => keyring.get(defaultTenant, keyId),
  });
  const journeys = await createJourneyClient({
    connection: connectionSettings(config),
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueue: config.TEMPORAL_TASK_QUEUE,
    codec,
    waitMs: journeyWaitMs,
    clockRecheckMs: config.TEST_CLOCK_RECHECK_MS,
  });
  const metrics = createApiMetrics();
  const bankReads = createBankReads({
    contexts: store.grants,
    connect: async (tenant, registrationId) => {
      const context = await store.registrations.loadContext(tenant, registrationId);
      if (context === undefined || context.registration.client === null) return undefined;
      const { registration, obWacCertificate, obSealCertificate } = context;
      const stamp = {
        revision: registration.revision,
        obWacCertificateId: obWacCertificate.id,
        obSealCertificateId: obSealCertificate.id,
      };
      return { stamp, bank: await banks.connect(context) };
    },
    journeys,
    clock,
    metrics,
  });
  const deps: ApiDeps = {
    records: store,
    journeys,
    bankReads,
    findBankProfile: banks.findBankProfile,
    readSecret,
    readiness: {
      database: store.isReachable,
      encryptionKey: () => keyring.current(defaultTenant).then(() => true),
    },
    clock,
    log,
    metrics,
    ...(config.TEMPORAL_UI_ORIGINS.length === 0
      ? {}
      : { codecEndpoint: codecEndpoint(codec, config.TEMPORAL_UI_ORIGINS) }),
  };
  return {
    deps,
    store,
    close: async () => {
      await Promise.all([journeys.close(), db.close()]);
    },
  };
}
