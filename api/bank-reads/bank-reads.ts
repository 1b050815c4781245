// What the API asks of banks itself. Everything that changes something at a bank is a journey; these are reads, and the
// addresses that customers are sent to.

import type { CallerFacts } from '../../bank-client/caller-facts.ts';
import type { WrittenResource } from '../../bank-profiles/write-request.ts';
import type { Endpoint } from '../../standards/uk-open-banking/endpoint.ts';
import type { RedirectMode } from '../../store/auth-contexts.ts';
import type { ConsentFamily } from '../../workflows/contracts/consent.ts';
import type { TenantId } from '../../workflows/contracts/ids.ts';

export interface BankAnswer {
  body: unknown;
  interactionId: string | null;
  /** The address that was called; links of the body hang on it. */
  url: string;
  /** What the bank got wrong, and no reason to withhold its answer. */
  warnings?: string[];
  /** Absent when the read does not count. */
  unattendedReads?: UnattendedReadsLeft;
  /** What the bank sent, when `body` differs from it in its links at most. */
  source?: Buffer;
}

/** What is left of the bank's allowance of reads while the customer is away: of one account and resource, in 24 hours. */
export interface UnattendedReadsLeft {
  left: number;
  allowance: number;
  /** Until then: milliseconds since 1970. */
  reconfirmationDueMs: number;
}

/** A file of the bank, which is still arriving. */
export interface BankFile {
  /** The bank's, names in lower case. */
  headers: Readonly<Record<string, string>>;
  interactionId: string | null;
  /** Rejects when it does not arrive as a whole. */
  body: ReadableStream<Uint8Array>;
  unattendedReads?: UnattendedReadsLeft;
}

export interface EndpointCall extends CallerFacts {
  endpoint: Endpoint;
  params: Record<string, string>;
  /** As the caller wrote it, without the question mark; empty when there is none. */
  query: string;
}

export interface ReadUnderConsent extends EndpointCall {
  consentId: string;
  family: ConsentFamily;
  /** Of a read that was counted when its first page was read. */
  isFurtherPage?: boolean | undefined;
  /** What a read that is a question asks, in version 4. */
  question?: { resource: WrittenResource; body: object } | undefined;
}

export interface ReadAsClient extends EndpointCall {
  bankRegistrationId: string;
  /** Absent: what the registration says. */
  useV4?: boolean | undefined;
}

/** How a bank will send the customer's browser back. */
export interface AuthorisationTerms {
  redirectUri: string;
  redirectMode: RedirectMode;
  expectsIdToken: boolean;
}

export interface AuthorisationAddressRequest {
  bankRegistrationId: string;
  family: ConsentFamily;
  /** The bank's id of the consent. */
  externalApiConsentId: string;
  /** The consent is read in this version, where the bank has to be asked how it stands. */
  createdWithV4: boolean;
  /** Whether the customer has authorised it before, by our records. */
  authorisedBefore: boolean;
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** All of them reject with the bank's failure, or with a Problem where the consent stands in the way. */
export interface BankReads {
  /** With the customer's token, made fresh first when it has run out. */
  readUnderConsent(tenant: TenantId, read: ReadUnderConsent): Promise<BankAnswer>;
  openFileUnderConsent(tenant: TenantId, read: ReadUnderConsent): Promise<BankFile>;
  /** With the client's own token. */
  readAsClient(tenant: TenantId, read: ReadAsClient): Promise<BankAnswer>;
  openFileAsClient(tenant: TenantId, read: ReadAsClient): Promise<BankFile>;
  /** The client as the bank knows it. */
  readRegistration(tenant: TenantId, bankRegistrationId: string): Promise<BankAnswer>;
  authorisationTerms(tenant: TenantId, bankRegistrationId: string): Promise<AuthorisationTerms>;
  /** Where the customer has to go to authorise. */
  authorisationAddress(tenant: TenantId, request: AuthorisationAddressRequest): Promise<string>;
}
