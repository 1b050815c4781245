// What the API and the worker are both made of, put together from the configuration.
import { readFileSync } from 'node:fs';
import type { PayloadCodec } from '@temporalio/common';
import { type BankConnector, createBankConnector } from '../bank-client/connector.ts';
import { openBankingDirectory } from '../bank-client/directory.ts';
import type { CircuitChange } from '../bank-client/transport.ts';
import type { ProfileBook } from '../bank-profiles/book.ts';
import { openProfileBook } from '../bank-profiles/open-profile-book.ts';
import { type Clock, fileOffsetClock, systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { createLogger, type Logger } from '../log.ts';
import { allowedHostsOf } from '../notifications/addresses.ts';
import { type CheckTarget, createTargetCheck } from '../notifications/targets.ts';
import { environmentSecrets } from '../secrets/environment.ts';
import { fileSecrets } from '../secrets/file.ts';
import { parameterStoreSecrets } from '../secrets/parameter-store.ts';
import { createReferenceReader } from '../secrets/reference-reader.ts';
import { createSecretReader, type SecretReader } from '../secrets/secret-reader.ts';
import type { Keyring } from '../security/token-encryption.ts';
import { createKeyring } from '../store/keyring.ts';
import { connectDatabase, type Db } from '../store/sql.ts';
import { createStore, type Store } from '../store/store.ts';
import { createPayloadCodec } from '../temporal/payload-codec.ts';
import { defaultTenant } from '../workflows/contracts/ids.ts';
import { patientKeys } from './patient-keys.ts';

export interface Foundation {
  clock: Clock;
  log: Logger;
  db: Db;
  keyring: Keyring;
  store: Store;
  codec: PayloadCodec;
  readSecret: SecretReader;
  profiles: ProfileBook;
  banks: BankConnector;
  checkWebhookTarget: CheckTarget;
  /** Tells one listener of every circuit of a bank that changes. */
  followCircuits(listener: (change: CircuitChange) => void): void;
  close(): Promise<void>;
}

/** @throws when no database is configured */
export function layFoundation(config: Config, role: string): Foundation {
  if (config.DATABASE_URL === undefined) throw new Error('DATABASE_URL is not set.');
  const clock = config.TEST_CLOCK_FILE === undefined ? systemClock : fileOffsetClock(config.TEST_CLOCK_FILE);
  const log = createLogger(role, config.LOG_LEVEL);
  if (config.unusable.length > 0)
    log.warn({ variables: config.unusable }, 'some variables refer to what cannot be read');
  const readReference = createReferenceReader({
    environment: config.settings,
    lifeMs: config.SECRET_LIFE_MS,
  });
  const readSecret = createSecretReader({
    Configuration: environmentSecrets(config.settings, readReference),
    File: fileSecrets(config.SECRETS_DIR, readReference),
    AwsSsmParameterStore: parameterStoreSecrets(readReference),
  });
  const profiles = openProfileBook({
    folder: config.BANK_PROFILES_DIR,
    onRefused: (error) => log.warn({ problems: error.problems }, 'bank profiles refused'),
  });
  const db = connectDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    applicationName: role,
  });
  let circuitListener: ((change: CircuitChange) => void) | undefined;
  const banks = createBankConnector({
    ...{ clock, readSecret, profiles, settings: config.values },
    trustedCa: config.BANK_CA_FILE === undefined ? undefined : readFileSync(config.BANK_CA_FILE, 'utf8'),
    timeoutMs: config.BANK_TIMEOUT_MS,
    concurrency: config.BANK_CONCURRENCY,
    // A step that waits takes a slot of the worker's; a reader that waits, next to nothing.
    waiting: { perPlace: role === 'worker' ? 1 : 16, forMs: config.BANK_WAIT_MS },
    maxAnswerBytes: config.BANK_MAX_ANSWER_BYTES,
    circuit: { failures: config.BANK_CIRCUIT_FAILURES, openMs: config.BANK_CIRCUIT_OPEN_MS },
    onCircuit: (change) => {
      log.warn(change, 'circuit of a bank');
      circuitListener?.(change);
    },
    directories: {
      production: openBankingDirectory,
      sandbox: {
        tokenUrl: config.DIRECTORY_SANDBOX_TOKEN_URL,
        apiUrl: config.DIRECTORY_SANDBOX_API_URL,
        jwksUrl: config.DIRECTORY_SANDBOX_JWKS_URL,
      },
    },
  });
  const keyring = createKeyring(db, { readSecret });
  const payloadKeys = {
    current: () => keyring.current(defaultTenant),
    get: (keyId: string) => keyring.get(defaultTenant, keyId),
  };
  return {
    clock,
    log,
    db,
    keyring,
    store: createStore({ db, clock, keyring }),
    // A caller of the API is told that the database is away. A worker whose codec fails would end.
    codec: createPayloadCodec(role === 'worker' ? patientKeys(payloadKeys) : payloadKeys),
    readSecret,
    profiles,
    banks,
    checkWebhookTarget: createTargetCheck({ allowed: allowedHostsOf(config.WEBHOOK_ALLOWED_HOSTS) }),
    followCircuits: (listener) => {
      circuitListener = listener;
    },
    close: async () => {
      await Promise.all([banks.close(), db.close()]);
    },
  };
}
