// Every event that webhooks tell of, with the data that it carries: ids and states of ours, and nothing that is personal
// or secret. The names are in the records of callers: append, never rename.
import { z } from 'zod';
import type { ConsentStatus } from '../workflows/contracts/consent.ts';
import { paymentStatuses } from '../workflows/contracts/payment.ts';

const uuid = z.guid();
const time = z.iso.datetime();

/** Of a journey's states those that are told, in an order for people. */
const statuses = <Status extends string>(told: { [Name in Status]: true }) =>
  z.enum(Object.keys(told) as [Status, ...Status[]]); // the keys are the statuses, by the parameter's type

type ToldConsentStatus = Exclude<ConsentStatus, 'creating' | 'awaiting-upload' | 'awaiting-authorisation'>;

const consentStatus = statuses<ToldConsentStatus>({
  authorised: true,
  consumed: true,
  rejected: true,
  revoked: true,
  expired: true,
  abandoned: true,
  deleted: true,
  failed: true,
});

const paymentStatus = z.enum(paymentStatuses).exclude(['submitting']);

export const eventCatalogue = {
  'consent.status-changed': {
    summary: 'A consent of any family was authorised, was used up, or has ended.',
    data: z.strictObject({
      ConsentId: uuid,
      Family: z.string(),
      BankProfile: z.string(),
      Created: time,
      /** Of the payment in one request that it is part of. */
      PaymentJourneyId: uuid.optional(),
      Status: consentStatus,
    }),
  },
  'payment.status-changed': {
    summary: 'The bank has a payment, says something new of it, or it has ended.',
    data: z.strictObject({
      PaymentId: uuid,
      ConsentId: uuid,
      Family: z.string(),
      BankProfile: z.string(),
      Created: time,
      /** Of the payment in one request that it is part of. */
      PaymentJourneyId: uuid.optional(),
      Status: paymentStatus,
      /** What the bank said last, in its own code. */
      BankStatus: z.string().optional(),
    }),
  },
  'webhook-endpoint.disabled': {
    summary: 'Another endpoint gets no more events: see why and enable it.',
    data: z.strictObject({ WebhookEndpointId: uuid, Reason: z.enum(['failing', 'gone']) }),
  },
  'webhook-endpoint.test': {
    summary: 'Somebody tries the endpoint out.',
    data: z.strictObject({ WebhookEndpointId: uuid }),
  },
} as const satisfies Record<string, { summary: string; data: z.ZodType }>;

export type EventType = keyof typeof eventCatalogue;

export type EventData<Type extends EventType> = z.output<(typeof eventCatalogue)[Type]['data']>;
export type DisablingReason = EventData<'webhook-endpoint.disabled'>['Reason'];

export const eventTypes = Object.keys(eventCatalogue) as [EventType, ...EventType[]]; // not empty, as seen above

/** What is sent: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export const envelopeOf = (type: EventType) =>
  z.strictObject({ type: z.literal(type), timestamp: time, data: eventCatalogue[type].data });
