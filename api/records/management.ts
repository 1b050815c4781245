// What the API asks of the store about the objects that a person sets up: certificates, statements, keys.
import type { TenantId } from '../../workflows/contracts/ids.ts';

export type SecretSource = 'Configuration' | 'File' | 'AwsSsmParameterStore' | 'GoogleCloudSecretManagerV1';

/** Where a secret is read from. The secret itself is never kept in these objects. */
export interface SecretDescription {
  source: SecretSource;
  name: string;
}

export interface Entity {
  id: string;
  createdBy: string | null;
  reference: string | null;
}

export type Stored<Values extends Entity> = Values & { created: Date };

export interface ObWacCertificate extends Entity {
  associatedKey: SecretDescription;
  certificate: string;
}

export interface ObSealCertificate extends ObWacCertificate {
  associatedKeyId: string;
}

export interface SoftwareStatementDefaults {
  defaultObWacCertificateId: string;
  defaultObSealCertificateId: string;
  defaultQueryRedirectUrl: string;
  defaultFragmentRedirectUrl: string;
}

export interface SoftwareStatement extends Entity, SoftwareStatementDefaults {
  organisationId: string;
  softwareId: string;
  sandboxEnvironment: boolean;
}

export interface EncryptionKeyDescription extends Entity {
  key: SecretDescription;
}

export interface ManagementRecords<Values extends Entity> {
  /** Repeatable: an object that is there under this id already is returned as it is. */
  insert(tenant: TenantId, values: Values): Promise<Stored<Values>>;
  find(tenant: TenantId, id: string): Promise<Stored<Values> | undefined>;
  softDelete(tenant: TenantId, id: string): Promise<'deleted' | 'not-found' | 'in-use'>;
}

export interface SoftwareStatementRecords extends ManagementRecords<SoftwareStatement> {
  list(tenant: TenantId): Promise<Stored<SoftwareStatement>[]>;
  update(
    tenant: TenantId,
    id: string,
    changes: Partial<SoftwareStatementDefaults>,
  ): Promise<Stored<SoftwareStatement> | undefined>;
}

export interface EncryptionKeyRecords extends ManagementRecords<EncryptionKeyDescription> {
  setCurrent(tenant: TenantId, id: string): Promise<void>;
}
