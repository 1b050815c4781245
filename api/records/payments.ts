// What the API asks of the store about payments and about requests that may be made twice.
import type { TenantId } from '../../workflows/contracts/ids.ts';
import type { PaymentFamily, PaymentStatus } from '../../workflows/contracts/payment.ts';
import type { RecordedFailure, StoredBankResponse } from './failure.ts';

export interface NewPayment {
  id: string;
  consentId: string;
  family: PaymentFamily;
  /** The exact text that every attempt sends. */
  body: string;
  /** The key that every attempt carries. */
  bankIdempotencyKey: string;
}

export interface Payment {
  id: string;
  consentId: string;
  family: PaymentFamily;
  bankProfile: string;
  bankRegistrationId: string;
  useV4: boolean;
  status: PaymentStatus;
  /** The bank's id; null until the bank has answered. */
  externalApiId: string | null;
  failure: RecordedFailure | null;
}

export interface PaymentRecords {
  /** One payment per single-use consent: a second one finds the first, and is told whether its body is the same. */
  insert(
    tenant: TenantId,
    values: NewPayment,
  ): Promise<{ kind: 'inserted' | 'same' | 'different'; payment: Payment }>;
  find(tenant: TenantId, id: string): Promise<Payment | undefined>;
  findByConsent(tenant: TenantId, consentId: string): Promise<Payment | undefined>;
  /** The registration tells apart two banks that use the same id. */
  findByExternalApiId(
    tenant: TenantId,
    externalApiId: string,
    registrationId?: string,
  ): Promise<Payment | undefined>;
  findBankResponse(tenant: TenantId, id: string): Promise<StoredBankResponse | undefined>;
}

export interface IdempotencyRecords {
  claim(
    tenant: TenantId,
    claim: { key: string; operation: string; bodyHash: string; resourceId: string },
  ): Promise<{ kind: 'new' | 'same'; resourceId: string } | { kind: 'conflict' }>;
}
