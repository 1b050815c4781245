// What the API asks of journeys, as plain calls: start one, tell it something, wait for its answer.
import type {
  DeleteRegistrationAnswer,
  DeleteRegistrationRequest,
  UpdateRegistrationRequest,
} from '../workflows/contracts/client-registration.ts';
import type {
  CompleteAuthorisationRequest,
  ConsentFamily,
  DeleteConsentRequest,
  RefreshGrantAnswer,
  UploadFileRequest,
} from '../workflows/contracts/consent.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { PaymentInput } from '../workflows/contracts/payment.ts';
import type { BankChoice, PaymentJourneyInput } from '../workflows/contracts/payment-journey.ts';
import type { FailureDetails, FailureType } from '../workflows/failures.ts';

export interface ConsentReference {
  tenant: TenantId;
  consentId: string;
  family: ConsentFamily;
  bank: string;
}

export interface RegistrationReference {
  tenant: TenantId;
  registrationId: string;
  bank: string;
}

/**
 * Every call starts the journey if it has not been started, and joins it if it has: the same request made twice is
 * the same journey. Answers come when the step is done.
 *
 * All calls throw {@link JourneyFailure} when the step ended in a typed failure, {@link JourneyInProgress} when it
 * takes longer than the caller may wait (it goes on; the same call joins it), {@link JourneysUnavailable} when
 * Temporal cannot be reached, {@link JourneyClosed} when the journey is over and takes no more requests.
 */
export interface Journeys {
  registerClient(registration: RegistrationReference): Promise<void>;
  /** Only once it is registered. */
  updateRegistration(registration: RegistrationReference, request: UpdateRegistrationRequest): Promise<void>;
  deleteRegistration(
    registration: RegistrationReference,
    request: DeleteRegistrationRequest,
  ): Promise<DeleteRegistrationAnswer>;
  /** An imported one is at the bank already. */
  createConsent(consent: ConsentReference & { isImported?: boolean }): Promise<void>;
  /** @param consent with the workflow that waits for its customer, where that is not its own */
  completeAuthorisation(
    consent: ConsentReference & { workflowId?: string },
    request: CompleteAuthorisationRequest,
  ): Promise<void>;
  /** Fresh tokens for a reader that found version `fromVersion` expired; all readers share one refresh. */
  refreshGrant(consent: ConsentReference, fromVersion: number): Promise<RefreshGrantAnswer>;
  /** Tells a journey that is there; starts none. */
  consentReconfirmed(consent: ConsentReference): Promise<void>;
  uploadFile(consent: ConsentReference, request: UploadFileRequest): Promise<void>;
  deleteConsent(consent: ConsentReference, request: DeleteConsentRequest): Promise<void>;
  submitPayment(payment: PaymentInput): Promise<void>;
  /** Answers when the bank has recorded what is to be consented to. */
  beginPaymentJourney(journey: PaymentJourneyInput): Promise<void>;
  callOffPaymentJourney(journeyId: string): Promise<void>;
  /** Answers when that bank has recorded what is to be consented to. */
  chooseBank(journeyId: string, choice: BankChoice): Promise<void>;
  /** Of the workflow that waits for a customer, who has come back without having agreed. Answers when the bank was asked. */
  customerRefused(workflowId: string, authContextId: string): Promise<void>;
  /** Whether Temporal answers. */
  isReachable(): Promise<boolean>;
}

export class JourneyFailure extends Error {
  override name = 'JourneyFailure';
  readonly type: FailureType;
  readonly details: FailureDetails;
  constructor(type: FailureType, message: string, details: FailureDetails) {
    super(message);
    this.type = type;
    this.details = details;
  }
}

export class JourneyInProgress extends Error {
  override name = 'JourneyInProgress';
}

export class JourneysUnavailable extends Error {
  override name = 'JourneysUnavailable';
}

export class JourneyClosed extends Error {
  override name = 'JourneyClosed';
}
