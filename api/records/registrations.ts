// What the API asks of the store about bank registrations.
import type { ClientRegistrationStatus } from '../../workflows/contracts/client-registration.ts';
import type { TenantId } from '../../workflows/contracts/ids.ts';
import type { RecordedFailure } from './failure.ts';
import type { Entity, SecretDescription } from './management.ts';

export type RegistrationScope =
  | 'None'
  | 'AccountAndTransaction'
  | 'PaymentInitiation'
  | 'AccountAndTransactionPlusPaymentInitiation'
  | 'FundsConfirmation'
  | 'All';

/** What was asked for. What is left out follows from the software statement and the bank profile. */
export interface RequestedRegistration extends Entity {
  softwareStatementId: string;
  bankProfile: string;
  bankGroup: string;
  registrationScope?: RegistrationScope | undefined;
  defaultFragmentRedirectUri?: string | undefined;
  defaultQueryRedirectUri?: string | undefined;
  redirectUris?: string[] | undefined;
  /** A client that the bank knows already: it is adopted instead of registered. */
  externalApiId?: string | undefined;
  externalApiSecret?: string | undefined;
  externalApiSecretFromSecrets?: SecretDescription | undefined;
  registrationAccessToken?: string | undefined;
  registrationAccessTokenFromSecrets?: SecretDescription | undefined;
  aispUseV4: boolean;
  pispUseV4: boolean;
  vrpUseV4: boolean;
}

/** What the bank and its discovery document made of it. */
export interface RegisteredClient {
  externalApiId: string;
  tokenEndpointAuthMethod: string;
  jwksUri: string;
  tokenEndpoint: string;
  authorizationEndpoint: string;
  registrationEndpoint: string | null;
  registrationScope: RegistrationScope;
  defaultFragmentRedirectUri: string;
  defaultQueryRedirectUri: string;
  redirectUris: string[];
}

export interface BankRegistration extends Entity {
  created: Date;
  status: ClientRegistrationStatus;
  softwareStatementId: string;
  bankProfile: string;
  bankGroup: string;
  aispUseV4: boolean;
  pispUseV4: boolean;
  vrpUseV4: boolean;
  /** Null until the client is registered. */
  client: RegisteredClient | null;
  failure: RecordedFailure | null;
}

export interface RegistrationRecords {
  /** Repeatable: a registration that is there under this id already is left as it is. */
  insertRequested(tenant: TenantId, values: RequestedRegistration): Promise<void>;
  find(tenant: TenantId, id: string): Promise<BankRegistration | undefined>;
  /** For a registration that no journey drives any more. */
  softDelete(tenant: TenantId, id: string): Promise<'deleted' | 'not-found' | 'in-use'>;
}
