// What the API asks of the store about consents and the attempts of customers to authorise them.
import type { ConsentFamily, ConsentStatus } from '../../workflows/contracts/consent.ts';
import type { TenantId } from '../../workflows/contracts/ids.ts';
import type { RecordedFailure, StoredBankResponse } from './failure.ts';
import type { Entity } from './management.ts';

export interface NewConsent extends Entity {
  family: ConsentFamily;
  bankRegistrationId: string;
  externalApiUserId: string | null;
  /** The bank's request body, JSON, as it is to be sent. */
  requestBody: string;
  useV4: boolean;
}

export interface Consent extends Entity {
  created: Date;
  family: ConsentFamily;
  status: ConsentStatus;
  bankRegistrationId: string;
  bankProfile: string;
  /** Null until the bank has recorded it. */
  externalApiId: string | null;
  externalApiUserId: string | null;
  authContextModified: Date;
  authContextModifiedBy: string | null;
  createdWithV4: boolean;
  failure: RecordedFailure | null;
}

export interface ConsentRecords {
  /** Repeatable: a consent that is there under this id already is left as it is. Status `creating`. */
  insert(tenant: TenantId, values: NewConsent): Promise<void>;
  find(tenant: TenantId, id: string): Promise<Consent | undefined>;
  findRequestBody(tenant: TenantId, id: string): Promise<string | undefined>;
  findBankResponse(tenant: TenantId, id: string): Promise<StoredBankResponse | undefined>;
  /** For a consent that no journey drives any more. */
  softDelete(tenant: TenantId, id: string): Promise<'deleted' | 'not-found' | 'in-use'>;
}

/** How a bank sends the customer's browser back; `jwt` is JARM in the query. */
export type RedirectMode = 'fragment' | 'query' | 'jwt';

export interface NewAuthContext extends Entity {
  consentId: string;
  state: string;
  nonce: string;
  codeVerifier: string;
  /** SHA-256, base64url: the session id itself is not kept. */
  appSessionIdHash: string;
  redirectUri: string;
  redirectMode: RedirectMode;
  /** Whether an ID token comes with the code in the redirect itself. */
  expectsIdToken: boolean;
  /** The journey that waits for the customer. */
  workflowId: string;
}

export interface AuthContext extends Omit<NewAuthContext, 'workflowId'> {
  created: Date;
  family: ConsentFamily;
  bankProfile: string;
  /** Whether a redirect has been taken for it. */
  returned: boolean;
}

export interface AuthContextRecords {
  /** Repeatable by id. A state belongs to one attempt only, whoever made it. */
  insert(tenant: TenantId, values: NewAuthContext): Promise<'inserted' | 'state-taken'>;
  find(tenant: TenantId, id: string): Promise<AuthContext | undefined>;
  findByState(tenant: TenantId, state: string): Promise<AuthContext | undefined>;
}

/** What the bank sent back with the browser. */
export interface RedirectParameters {
  code?: string | undefined;
  id_token?: string | undefined;
  /** JARM: everything in one signed message. */
  response?: string | undefined;
  state?: string | undefined;
  /** The caller's authorship text. */
  modified_by?: string | undefined;
}

export type RedirectOutcome = { kind: 'authorised' } | { kind: 'failed'; failure: RecordedFailure };

export interface RedirectRecords {
  /** Stored once: the same parameters again find the first, others are refused. */
  record(
    tenant: TenantId,
    redirect: { id: string; authContextId: string; parameters: RedirectParameters },
  ): Promise<{ kind: 'recorded' | 'repeated-same'; id: string } | { kind: 'refused' }>;
  findOutcome(tenant: TenantId, id: string): Promise<RedirectOutcome | undefined>;
}
