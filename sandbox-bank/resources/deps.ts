// What the resource server is handed by the rest of the sandbox bank.
import type { IncomingMessage } from 'node:http';
import type { CryptoKey, JSONWebKeySet, KeyObject } from 'jose';
import type { Clock } from '../../clock.ts';
import type { ResourceChoices } from '../personalities/resource-choices.ts';
import type { BankState } from './bank-state.ts';
import type { CutOff } from './cut-off.ts';
import type { ApiGroup } from './operation.ts';
import type { PaymentStatus } from './payment-status.ts';
import type { ApiVersion } from './records.ts';

export type { BankUser } from '../data/users.ts';
export type { BankState } from './bank-state.ts';
export { isOpen } from './consent-decision.ts';
export type { ApiVersion, Consent } from './records.ts';

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
  /** The way of a payment that goes well, first to last. */
  paymentStatuses: PaymentStatus[];
  /** Likewise of a scheduled payment of version 4: nothing from ACSP on comes before its day. */
  scheduledPaymentStatuses: PaymentStatus[];
  /** Likewise of what is set up: standing orders and files, and scheduled payments of version 3. */
  initiationStatuses: PaymentStatus[];
  /** False: money that is to leave on a later day leaves at once. */
  honourExecutionDate: boolean;
  /** True: a payment moves one status on with each GET instead of with time. */
  advanceOnRead: boolean;
  /** The minute of the day (UTC) from which payments are refused, or executed on the next working day. */
  cutOff: CutOff | null;
  /** How long the bank holds itself to an actual exchange rate. */
  quoteMs: number;
  /** How many people have to agree to an order; the first one gave the consent. */
  authorisersRequired: number;
  /** How long the others have. */
  authorisersWithinMs: number;
  /** False: a broken bank that executes one payment consent as often as it is asked. */
  honourSingleUse: boolean;
  /** False: every account has enough for every payment, so that many payments can be made from one. */
  checkFunds: boolean;
  /** The message signatures it takes and makes: since 3.1.4 without `b64`, before with `b64: false`; or both. */
  signatureStyle: 'b64-absent' | 'b64-false' | 'either';
  /** False: the bank sends payment answers without x-jws-signature. */
  signResponses: boolean;
  /** The most items on one page; accounts and balances always come on one. */
  pageSize: number;
  /** The most a file of payments may have. */
  largestFileBytes: number;
  /** The least a statement's file has; large ones are made while they are sent. */
  statementFileBytes: number;
  /** The least transactions of every account: filled up with older ones. */
  minimumTransactions: number;
  /** So long after the customer signed in, a read is refused: every one, or all but those of balances and the last 90 days. */
  reauthentication: { afterMs: number; of: 'everything' | 'all-but-recent' } | null;
  /** How often a resource of an account may be read within a day without the customer there. */
  unattendedReadsPerDay: number | null;
}

/** A fresh set, for a personality to alter. */
export function defaultResourceKnobs(): ResourceKnobs {
  return {
    paymentStepMs: 2_000,
    paymentStatuses: ['RCVD', 'ACSP', 'ACSC', 'ACCC'],
    scheduledPaymentStatuses: ['RCVD', 'PDNG', 'ACSP', 'ACSC', 'ACCC'],
    initiationStatuses: ['RCVD', 'PDNG', 'INCO'],
    honourExecutionDate: true,
    advanceOnRead: false,
    cutOff: null,
    quoteMs: 600_000,
    authorisersRequired: 1,
    authorisersWithinMs: 86_400_000,
    honourSingleUse: true,
    checkFunds: true,
    signatureStyle: 'b64-absent',
    signResponses: true,
    pageSize: 100,
    largestFileBytes: 20_000_000,
    statementFileBytes: 0,
    minimumTransactions: 0,
    reauthentication: null,
    unattendedReadsPerDay: null,
  };
}

export interface ResourceDeps {
  /** The certificate and bearer token of a connection, judged by the authorisation server. */
  authenticate(request: IncomingMessage): Promise<Authentication>;
  /** The public keys a client registered with the directory, by which its message signatures are verified. */
  clientKeys(clientId: string): Promise<JSONWebKeySet>;
  /** The bank's seal key (PS256), for the signatures of its answers; `trustAnchor` is the directory's domain. */
  signing: { key: CryptoKey | KeyObject; kid: string; orgId: string; trustAnchor: string };
  clock: Clock;
  personality: string;
  /** Where an API is seen from outside, e.g. `https://localhost:8444/hybrid/open-banking/v4.0/aisp`. */
  groupUrl(version: ApiVersion, group: ApiGroup): string;
  /** A real address as the sandbox serves it. */
  servedAt(realAddress: string): string;
  choices: ResourceChoices;
  state: BankState;
  knobs: ResourceKnobs;
}
