// What the matrix knows of a bank beforehand, and what its columns find out on the way.
import { type PaymentFamily, paymentFamilies } from './payment-families.ts';
import type { Session } from './session.ts';

export interface MatrixBank {
  profile: string;
  softwareStatementId: string;
  useSimulatedBank: boolean;
  offers: { accounts: boolean; payments: boolean };
  /** One client for accounts and another for payments. */
  clientsPerApi: boolean;
  /** Whether the bank tells of a client (GET). */
  readsRegistrations: boolean;
  /** Whether the bank lets us delete a client. */
  deletesRegistrations: boolean;
  /** Whether the bank knows a client. Absent: nobody can tell. */
  knowsClient?: (clientId: string) => Promise<boolean>;
  /** Of banks that hand clients out by hand. */
  givenClient?: (scope: string) => Promise<{ ExternalApiId: string; ExternalApiSecret?: string }>;
  /** Tokens end at once from now on, so that the next read has to refresh. Absent: nobody can make them. */
  endTokens?: () => Promise<void>;
  /** By the bank's own counters. Absent: nobody can tell. */
  executedPayments?: (externalApiConsentId: string) => Promise<number>;
  /** Of payments. Absent: all there are. */
  offeredFamilies?: () => Promise<readonly PaymentFamily[]>;
  /** What nobody wants to see this time, of payments and refresh. */
  leftOut?: readonly Column[];
  /** Which version to use instead of the newest. */
  useVersion3?: boolean;
}

export interface Found {
  /** By registration. */
  clientIds: Map<string, string>;
  accountsRegistrationId?: string;
  paymentsRegistrationId?: string;
  accessConsentId?: string;
}

export const columns = [
  ...(['registration', 'account-access'] as const),
  ...paymentFamilies,
  ...(['refresh', 'deletion'] as const),
] as const;
export type Column = (typeof columns)[number];

/** @throws {StepFailed} where something is not as the specification has it */
export type RunColumn = (session: Session, bank: MatrixBank, found: Found) => Promise<void>;
