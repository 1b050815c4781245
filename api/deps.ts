// What the API needs from outside: handed in once, so that tests hand in fakes and processes the real things.
import type { Hono } from 'hono';
import type { BankDescription, DetailedDescription } from '../bank-profiles/describe.ts';
import type { WrittenResource } from '../bank-profiles/write-request.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { CheckTarget } from '../notifications/targets.ts';
import type { SecretDescription } from '../secrets/secret-source.ts';
import type { ObSealCertificate, ObWacCertificate } from '../store/certificates.ts';
import type { SoftwareStatement } from '../store/software-statements.ts';
import type { Journeys } from '../temporal/journeys.ts';
import type { BankReads } from './bank-reads/bank-reads.ts';
import type { ApiMetrics } from './metrics.ts';
import type { ApiRecords } from './records.ts';

/** What the API has to know about a bank profile. */
export interface BankProfileFacts {
  /** Spelt as answers and records have it. */
  name: string;
  group: string;
  /** Whether the bank's registration endpoint takes GET, PUT and DELETE. */
  registrationRead: boolean;
  registrationUpdate: boolean;
  registrationDelete: boolean;
  /** False: clients are handed out by hand, and their ids have to be given. */
  registersDynamically: boolean;
  /** Whether clients have a secret. */
  usesClientSecret: boolean;
  /** Which APIs the bank offers in v4.0, when a registration does not say. */
  aispUseV4: boolean;
  pispUseV4: boolean;
  vrpUseV4: boolean;
  cbpiiUseV4: boolean;
  /** Permissions that a request for everything leaves out. */
  permissionsNotOffered: readonly string[];
  /**
   * A request as the bank takes it. @throws {CannotTranslate} when its version has no form for it
   * @param body in version 4
   */
  writeRequest(resource: WrittenResource, useV4: boolean, body: unknown): unknown;
  /** Variables that have to be set before the bank can be used. */
  missingConfiguration(simulated: boolean): readonly string[];
}

export interface BankProfiles {
  find(name: string): BankProfileFacts | undefined;
  /** The known name that is most like an unknown one. */
  nearest(unknown: string): string | undefined;
  describeAll(): BankDescription[];
  describe(name: string): DetailedDescription | undefined;
}

export interface ApiDeps {
  records: ApiRecords;
  journeys: Journeys;
  bankReads: BankReads;
  bankProfiles: BankProfiles;
  /** The text of a secret. Rejects when its source does not have it. */
  readSecret(description: SecretDescription): Promise<string>;
  /**
   * What the directory says of a software statement, its signature verified with the directory's keys. Rejects with the
   * directory's failure as with a bank's.
   */
  askDirectory(statement: {
    softwareStatement: Pick<SoftwareStatement, 'organisationId' | 'softwareId' | 'sandboxEnvironment'>;
    obWacCertificate: Omit<ObWacCertificate, 'id'>;
    obSealCertificate: Omit<ObSealCertificate, 'id'>;
  }): Promise<{ redirectUris: readonly string[] }>;
  /** Whether webhooks may be sent there. Rejects when not. */
  checkWebhookTarget: CheckTarget;
  readiness: {
    database(): Promise<boolean>;
    encryptionKey(): Promise<boolean>;
  };
  /** Of a file of payments. */
  paymentFileMaxBytes: number;
  clock: Clock;
  log: Logger;
  metrics: ApiMetrics;
  /** Resolves when this process has been told of everything that was changed before; absent when it keeps no copies. */
  changesTold?: () => Promise<void>;
  /** Whether browsers may be sent to banks and taken back on the internal listener. */
  testEndpoints?: boolean;
  /** Where customers reach the public listener, without a slash at the end; undefined when nobody has said so. */
  publicUrl(): string | undefined;
  /** Lets the Temporal UI read payloads; absent when no UI may. */
  codecEndpoint?: Hono;
}

/** What every request carries while it is being answered. */
export interface ApiEnv {
  Variables: {
    correlationId: string;
    /** Of the call of a bank that the answer came from. */
    interactionId?: string | undefined;
  };
}
