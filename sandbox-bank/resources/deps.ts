// What the resource server is handed by the rest of the sandbox bank, and the bank's state as the rest of it sees it.
import type { IncomingMessage } from 'node:http';
import type { CryptoKey, JSONWebKeySet, KeyObject } from 'jose';
import type { Clock } from '../../clock.ts';

export type ApiVersion = 'v3.1' | 'v4.0';
export type ConsentFamily = 'account-access' | 'domestic-payment';

/** Who calls: a third party for itself (client credentials) or on behalf of a customer who gave a consent. */
export interface Caller {
  kind: 'client' | 'customer';
  clientId: string;
  orgId: string;
  softwareId: string;
  scopes: string[];
  /** The consent the token was given under; present exactly for `customer`. */
  consentId?: string;
}

/** `refusal: 401` stands for a missing certificate, and for a missing, unknown, expired or wrongly bound token. */
export type Authentication = Caller | { refusal: 401 };

/** Behaviour that tests switch while the bank runs; read again at each request. */
export interface ResourceKnobs {
  /** Virtual time a payment rests in each status before the next one. */
  paymentStepMs: number;
  /** True: a payment moves one status on with each GET instead of with time. */
  advanceOnRead: boolean;
  /** False: a broken bank that executes one payment consent as often as it is asked. */
  honourSingleUse: boolean;
  /** How the bank signs when the request bore no signature to imitate: `b64: false`, or since 3.1.4 without `b64`. */
  signatureStyle: 'b64-false' | 'b64-absent';
  /** False: the bank sends payment answers without x-jws-signature. */
  signResponses: boolean;
  /** The most transactions on one page. */
  pageSize: number;
}

export const defaultResourceKnobs: Readonly<ResourceKnobs> = Object.freeze({
  paymentStepMs: 2_000,
  advanceOnRead: false,
  honourSingleUse: true,
  signatureStyle: 'b64-absent',
  signResponses: true,
  pageSize: 100,
});

export interface ResourceDeps {
  /** The certificate and bearer token of a connection, judged by the authorisation server. */
  authenticate(request: IncomingMessage): Promise<Authentication>;
  /** The public keys a client registered with the directory, by which its message signatures are verified. */
  clientKeys(clientId: string): Promise<JSONWebKeySet>;
  /** The bank's seal key (PS256), for the signatures of its answers; `trustAnchor` is the directory's domain. */
  signing: { key: CryptoKey | KeyObject; kid: string; orgId: string; trustAnchor: string };
  clock: Clock;
  personality: string;
  /** Where the mount is seen from outside, e.g. `https://localhost:8444/hybrid/open-banking/v4.0` for `v4.0`. */
  baseUrl(version: ApiVersion): string;
  state: BankState;
  knobs: ResourceKnobs;
}

/** A consent's status by its version 4 code: awaiting, authorised, used up, rejected, cancelled (revoked), expired. */
export type ConsentStatus = 'AWAU' | 'AUTH' | 'COND' | 'RJCT' | 'CANC' | 'EXPD';

/** What the authorisation server may know of a consent. */
export interface Consent {
  consentId: string;
  family: ConsentFamily;
  version: ApiVersion;
  clientId: string;
  status: ConsentStatus;
  createdAtMs: number;
  statusChangedAtMs: number;
  /** Account access: what was asked for, by version 3 names. Payments: empty. */
  permissions: string[];
  /** When the access ends; absent for access without end. */
  expiresAtMs?: number;
  /** The customer who decided and the accounts chosen (for a payment: the one account that pays). */
  psu?: string;
  accountIds: string[];
  /** Payments: what the customer is shown. */
  payment?: {
    amount: string;
    currency: string;
    creditorName: string;
    creditorIdentification: string;
    reference?: string;
  };
}

/** Payments really carried out, whatever idempotency key they came under. */
export interface ExecutionCounters {
  consentsCreated: number;
  paymentsExecuted: number;
  paymentsByConsent: Record<string, number>;
  paymentsByEndToEnd: Record<string, number>;
}

/** A customer who can sign in; the data are invented. */
export interface BankUser {
  username: string;
  password: string;
  displayName: string;
  accounts: BankAccountChoice[];
}

/** An account as the consent page offers it. */
export interface BankAccountChoice {
  accountId: string;
  nickname: string;
  currency: string;
  /** Sort code and account number, IBAN or masked card number, as a person reads it. */
  identification: string;
  /** Whether payments may be made from it. */
  canPay: boolean;
}

/** One personality's consents, payments and accounts. Made by `openBankState` in `bank-state.ts`. */
export interface BankState {
  consents: { get(consentId: string): Consent | undefined };
  users: readonly BankUser[];
  /** The customer said yes. Throws when the consent is not awaiting authorisation or an account is not the customer's. */
  authoriseConsent(consentId: string, choice: { psu: string; accountIds: string[] }): void;
  /** The customer said no. Throws when the consent is not awaiting authorisation. */
  rejectConsent(consentId: string): void;
  counters(): ExecutionCounters;
  /** Writes what is not yet on disc and stops writing. */
  close(): Promise<void>;
}
