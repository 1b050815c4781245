// Every step that journeys can ask for.
import type { RegistrationChange } from '../workflows/contracts/client-registration.ts';
import type {
  ConsentFamily,
  ConsentResult,
  ConsentStatus,
  RefreshGrantAnswer,
} from '../workflows/contracts/consent.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { PaymentFamily, PaymentStatus } from '../workflows/contracts/payment.ts';
import type { BankChoice } from '../workflows/contracts/payment-journey.ts';
import type { ReconfirmationLook } from '../workflows/contracts/reconfirmation.ts';
import type { WebhookDeliveryInput } from '../workflows/contracts/webhook-delivery.ts';
import type { FailureDetails, FailureType } from '../workflows/failures.ts';

export interface RegistrationReference {
  tenant: TenantId;
  registrationId: string;
}
export interface ConsentReference {
  tenant: TenantId;
  consentId: string;
  family: ConsentFamily;
}
export interface JourneyReference {
  tenant: TenantId;
  journeyId: string;
}
export interface PaymentReference {
  tenant: TenantId;
  paymentId: string;
}

/** A registration or a consent that will not come to be. */
export type FailureReference = (
  | Pick<RegistrationReference, 'registrationId'>
  | Pick<ConsentReference, 'consentId'>
) & {
  tenant: TenantId;
  failure: { type: FailureType; details: FailureDetails };
};

export interface Activities {
  currentTimeMs(): Promise<number>;
  prepareRegistration(reference: RegistrationReference): Promise<void>;
  registerClientAtBank(reference: RegistrationReference): Promise<void>;
  updateRegistration(
    reference: RegistrationReference & { change: RegistrationChange; atBank: boolean },
  ): Promise<void>;
  deleteRegistration(
    reference: RegistrationReference & { atBank: boolean },
  ): Promise<{ leftAtBank: boolean } | undefined>;
  createConsentAtBank(reference: ConsentReference): Promise<{ expiresAtMs?: number }>;
  uploadPaymentFile(reference: ConsentReference & { fileId: string }): Promise<void>;
  /** A consent that was made elsewhere: where it stands here. */
  importConsent(
    reference: ConsentReference,
  ): Promise<{ status: Extract<ConsentStatus, 'awaiting-authorisation' | 'authorised'> }>;
  deleteConsent(reference: ConsentReference & { atBank: boolean }): Promise<void>;
  recordConsentEnd(reference: ConsentReference & { status: ConsentResult['status'] }): Promise<void>;
  lookAtReconfirmation(
    reference: Pick<ConsentReference, 'tenant' | 'consentId'>,
  ): Promise<ReconfirmationLook>;
  /** How a consent stands at the bank whose customer has not agreed. */
  lookAtConsent(reference: ConsentReference): Promise<{ isRejected: boolean }>;
  completeAuthorisation(reference: ConsentReference & { redirectId: string }): Promise<void>;
  refreshGrant(reference: ConsentReference & { fromVersion: number }): Promise<RefreshGrantAnswer>;
  recordFailure(reference: FailureReference): Promise<void>;
  /** The payment that is made of a consent once its customer has authorised it. */
  prepareOrder(
    reference: ConsentReference & { family: PaymentFamily; paymentId: string },
  ): Promise<{ paymentId: string }>;
  /** The consent of a payment whose customer has chosen a bank. */
  recordBankChoice(reference: JourneyReference & BankChoice): Promise<void>;
  /** A payment that came to no bank. */
  recordOpenEnd(reference: JourneyReference & { status: 'abandoned' | 'called-off' }): Promise<void>;
  submitPayment(reference: PaymentReference): Promise<{ status: PaymentStatus }>;
  followPaymentStatus(reference: PaymentReference): Promise<{ status: PaymentStatus }>;
  deliverWebhook(input: WebhookDeliveryInput): Promise<{ isMore: boolean }>;
}
