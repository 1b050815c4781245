// The identifiers that journeys, records and the API share, and the workflow id that each business id stands for.

/** Whose data this is. One tenant, `default`, until access control comes; it is in every key all the same. */
export type TenantId = string;

export const defaultTenant: TenantId = 'default';

/** The workflow that drives a bank registration. */
export const registrationWorkflowId = (registrationId: string) => `registration/${registrationId}`;

/** The workflow that drives a consent of any family. */
export const consentWorkflowId = (consentId: string) => `consent/${consentId}`;

/** The workflow that drives one payment. */
export const paymentWorkflowId = (paymentId: string) => `payment/${paymentId}`;

/** The workflow that delivers webhooks about one resource to one endpoint. */
export const webhookDeliveryWorkflowId = (endpointId: string, resourceId: string) =>
  `webhook-delivery/${endpointId}/${resourceId}`;

/** The workflow that drives a payment that was asked for in one request. */
export const paymentJourneyWorkflowId = (journeyId: string) => `payment-journey/${journeyId}`;

export const isPaymentJourney = (workflowId: string) => workflowId.startsWith(paymentJourneyWorkflowId(''));

const sharedMs = 10_000;

/** Names the ten seconds whose equal requests share one answer. */
export const askedWithin = (nowMs: number) => Math.floor(nowMs / sharedMs);
