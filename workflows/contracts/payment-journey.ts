// The payment journey of one request as others see it: what it is given, what it ends with, what it can be asked.
import { askedWithin, type TenantId } from './ids.ts';
import type { PaymentFamily, PaymentResult, PaymentStatus } from './payment.ts';

export interface PaymentJourneyInput {
  tenant: TenantId;
  journeyId: string;
  consentId: string;
  /** Of the payment that is made once the customer has authorised it. */
  paymentId: string;
  family: PaymentFamily;
  /** Bank profile name, for operators and fairness; absent: the customer chooses. */
  bank?: string;
  /** Under test alone: how often long waits look at the shared clock. */
  clockRecheckMs?: number;
}

/** What the customer has chosen. */
export interface BankChoice {
  bankRegistrationId: string;
  /** Its profile's name. */
  bank: string;
}

export type PaymentJourneyStatus =
  /** The customer has not chosen a bank yet. */
  | 'awaiting-bank'
  /** The bank is asked to record what is to be consented to. */
  | 'creating'
  | 'awaiting-authorisation'
  | PaymentStatus
  /** The customer never came back. */
  | 'abandoned'
  /** The customer said no at the bank. */
  | 'refused'
  /** Called off before the customer had authorised it. */
  | 'called-off';

export interface PaymentJourneyResult {
  status: PaymentResult['status'] | Extract<PaymentJourneyStatus, 'abandoned' | 'refused' | 'called-off'>;
}

/** Workflow type, update and query names. They live in histories: append, never rename. */
export const paymentJourneyNames = {
  workflow: 'paymentJourney',
  begin: 'begin',
  callOff: 'callOff',
  chooseBank: 'chooseBank',
  customerRefused: 'customerRefused',
  bankHasNews: 'bankHasNews',
  status: 'status',
} as const;

export const paymentJourneyUpdateIds = {
  begin: (journeyId: string) => `begin/${journeyId}`,
  callOff: (journeyId: string) => `call-off/${journeyId}`,
  chooseBank: (bankRegistrationId: string, nowMs: number) =>
    `choose-bank/${bankRegistrationId}/${askedWithin(nowMs)}`,
  /** Each attempt of a customer may end so. */
  customerRefused: (authContextId: string) => `customer-refused/${authContextId}`,
};
