// What an endpoint of the sandbox bank is: a row of data with one synchronous function that answers it.
import type { ResourceChoices } from '../personalities/resource-choices.ts';
import type { Caller, ResourceDeps } from './deps.ts';
import type { PaymentFamily } from './payment-families.ts';
import type { AccountAccessConsent, ApiVersion, FundsConsent, PaymentConsent } from './records.ts';

export type ApiGroup = 'aisp' | 'pisp' | 'cbpii';

/** A request that has passed every check common to all endpoints. */
export interface Call {
  deps: ResourceDeps;
  version: ApiVersion;
  nowMs: number;
  caller: Caller;
  params: Record<string, string>;
  query: URLSearchParams;
  /** Whether the third party says that the customer is there. */
  isAttended: boolean;
  /** The parsed body, checked against the published schema, or an `UploadedFile`; `undefined` where the endpoint takes none. */
  body: unknown;
  /** The absolute URL of the group, e.g. `…/open-banking/v4.0/aisp`. */
  groupUrl: string;
  /** The absolute URL of this request, for `Links.Self`. */
  selfUrl: string;
}

export interface Answer {
  status: 200 | 201 | 204;
  body?: object;
  /** In place of a body. */
  file?: BankFile;
}

export interface BankFile {
  contentType: string;
  name: string;
  bytes: number;
  chunks(): Iterable<Uint8Array>;
}

interface EndpointOf {
  group: ApiGroup;
  method: 'GET' | 'POST' | 'DELETE';
  /** As published, e.g. `/accounts/{AccountId}`. */
  path: string;
  /** What it takes where that is no JSON. */
  takes?: 'file';
  /** The content type of its answers where they are no JSON; a star where it is that of a file that came. */
  produces?: string;
  /** Payments: a bank has the families that its choices name. */
  family?: PaymentFamily;
  /** Beyond the specification: not every bank has it. */
  isServed?(choices: ResourceChoices): boolean;
}

/** Called with a client-credentials token. */
interface ClientEndpoint extends EndpointOf {
  caller: 'client';
  answer(call: Call): Answer;
}

/** Called with a customer's token under an account-access consent that holds one permission of each group. */
interface AccountEndpoint extends EndpointOf {
  caller: 'account-access';
  permissions: string[][];
  answer(call: Call, consent: AccountAccessConsent): Answer;
}

/** Called with a customer's token under a payment consent of its family, in whatever status. */
interface PaymentEndpoint extends EndpointOf {
  caller: 'payment';
  family: PaymentFamily;
  answer(call: Call, consent: PaymentConsent): Answer;
}

/** Called with a customer's token under a consent to ask about funds, in whatever status. */
interface FundsEndpoint extends EndpointOf {
  caller: 'funds-confirmation';
  answer(call: Call, consent: FundsConsent): Answer;
}

/**
 * A POST under an x-idempotency-key: `create` is asked once for each key and names what it made, `show` answers every time.
 * Both are synchronous, so that two requests at once cannot both be the first.
 */
interface CreatingEndpoint<Consent> extends EndpointOf {
  create(call: Call, consent: Consent): string;
  show(call: Call, resourceId: string): Answer;
}

export type Operation =
  | ClientEndpoint
  | AccountEndpoint
  | PaymentEndpoint
  | FundsEndpoint
  | (CreatingEndpoint<undefined> & { caller: 'client' })
  | (CreatingEndpoint<PaymentConsent> & { caller: 'payment'; family: PaymentFamily });

/** A read under an account-access consent. */
export function accountRead(endpoint: Omit<AccountEndpoint, 'group' | 'method' | 'caller'>): Operation {
  return { group: 'aisp', method: 'GET', caller: 'account-access', ...endpoint };
}

/** Message signatures belong to payments; nothing else is signed. */
export function isSigned(operation: Operation): boolean {
  return operation.group === 'pisp';
}

export function dateTime(ms: number): string {
  return new Date(ms).toISOString();
}
