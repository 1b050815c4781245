// Everything that the API asks of the store. The store offers more; fakes in tests offer this.
import type { AuthContextRecords, ConsentRecords, RedirectRecords } from './consents.ts';
import type {
  EncryptionKeyRecords,
  ManagementRecords,
  ObSealCertificate,
  ObWacCertificate,
  SoftwareStatementRecords,
} from './management.ts';
import type { IdempotencyRecords, PaymentRecords } from './payments.ts';
import type { RegistrationRecords } from './registrations.ts';

export interface ApiRecords {
  obWacCertificates: ManagementRecords<ObWacCertificate>;
  obSealCertificates: ManagementRecords<ObSealCertificate>;
  softwareStatements: SoftwareStatementRecords;
  encryptionKeyDescriptions: EncryptionKeyRecords;
  registrations: RegistrationRecords;
  consents: ConsentRecords;
  authContexts: AuthContextRecords;
  redirects: RedirectRecords;
  payments: PaymentRecords;
  idempotency: IdempotencyRecords;
}
