// Payment journeys: a payment asked for in one request, in the words of a service that wants to be paid.
import { z } from '@hono/zod-openapi';
import { signatureKinds } from '../../notifications/signatures.ts';
import { OBFrequency6 } from '../../standards/uk-open-banking/v4.0/generated/payment-initiation.requests.ts';
import { Listed } from './lists.ts';
import { dateTime, entityRequest, entityResponse, id, optionalText } from './shared.ts';

export const tag = 'Payment journeys';
export const path = '/payment-journeys';
export const onePath = `${path}/{paymentJourneyId}` as const;
export const journeyParams = z.object({ paymentJourneyId: id });

const amount = z.object({
  Amount: z.string().regex(/^\d{1,13}$|^\d{1,13}\.\d{1,5}$/, 'must be a decimal number, as text'),
  Currency: z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters'),
});

const creditor = z.object({
  Name: z.string().min(1).max(350),
  SchemeName: z.string().default('UK.OBIE.SortCodeAccountNumber'),
  Identification: z.string().min(1).max(256),
  SecondaryIdentification: z.string().min(1).max(34).optional(),
});

const returnUrl = z
  .url()
  .refine((text) => isReturnUrl(text), 'must be an https address, or http on this machine');

function isReturnUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLocal);
}

export const PaymentJourneyRequest = z
  .object({
    BankRegistrationId: id.optional().openapi({
      description:
        'Which client pays; or `BankProfile`, for the newest registration there. Neither: the customer chooses a bank on the page of `HostedUrl`.',
    }),
    BankProfile: z.string().optional(),
    InstructedAmount: amount,
    Creditor: creditor,
    EndToEndIdentification: z.string().min(1).max(31).optional(),
    RemittanceReference: z
      .string()
      .min(1)
      .max(18)
      .optional()
      .openapi({ description: 'What the creditor sees.' }),
    PaymentContextCode: z.string().default('TransferToThirdParty'),
    RequestedExecutionDateTime: z.iso
      .datetime({ offset: true })
      .optional()
      .openapi({ description: 'A payment on a later day.' }),
    Schedule: z
      .object({
        Frequency: OBFrequency6,
        FirstPaymentDateTime: z.iso.datetime({ offset: true }),
        NumberOfPayments: z
          .string()
          .regex(/^\d{1,35}$/)
          .optional(),
      })
      .optional()
      .openapi({ description: 'A standing order.' }),
    ReturnUrl: returnUrl.openapi({ description: 'Where the customer goes in the end.' }),
    Webhook: z
      .strictObject({
        Url: z.string().max(2000).openapi({ format: 'uri' }),
        SignatureKind: z.enum(signatureKinds).default('hmac-sha256'),
      })
      .optional()
      .openapi({
        description: 'Told of this payment alone, beside the webhook endpoints, which are told of all.',
      }),
    ExternalApiUserId: optionalText,
    ...entityRequest,
  })
  .refine(
    ({ BankRegistrationId, BankProfile }) => BankRegistrationId === undefined || BankProfile === undefined,
    { path: ['BankProfile'], message: 'must not be given beside BankRegistrationId' },
  )
  .refine(
    ({ RequestedExecutionDateTime, Schedule }) =>
      RequestedExecutionDateTime === undefined || Schedule === undefined,
    { path: ['Schedule'], message: 'must not be given beside RequestedExecutionDateTime' },
  )
  .openapi('PaymentJourneyRequest');
export type PaymentJourneyRequest = z.output<typeof PaymentJourneyRequest>;

const uuid = z.string().openapi({ format: 'uuid' });

export const PaymentJourneyResponse = z
  .object({
    ...entityResponse,
    BankProfile: z.string().optional().openapi({ description: 'Absent until the customer has chosen.' }),
    BankRegistrationId: uuid.optional(),
    ConsentId: uuid.optional(),
    Family: z.string(),
    Status: z.string().openapi({ description: 'Where it stands: see docs/payments.md.' }),
    IsFinal: z.boolean(),
    HostedUrl: z.string().optional().openapi({
      format: 'uri',
      description:
        'The page of this payment for its customer. Whoever has the link may go on with the payment. Absent when nothing says where customers reach the public listener (`PUBLIC_URL`).',
    }),
    PaymentId: uuid.optional(),
    ExternalApiId: z.string().optional().openapi({ description: 'The id that the bank gave the payment.' }),
    ExternalApiStatus: z.string().optional().openapi({ description: 'What the bank said last.' }),
    ...Listed,
  })
  .openapi('PaymentJourneyResponse');

export const PaymentJourneyCreated = PaymentJourneyResponse.extend({
  AuthUrl: z.string().optional().openapi({
    format: 'uri',
    description: 'Where to send the customer; absent once they have authorised it.',
  }),
  AppSessionId: z.string().optional(),
  AuthUrlExpires: dateTime.optional(),
  Webhook: z
    .object({
      WebhookEndpointId: uuid,
      Secret: z.string().optional().openapi({ description: '`whsec_…`: verifies `v1` signatures.' }),
      PublicKey: z.string().optional().openapi({ description: '`whpk_…`: verifies `v1a` signatures.' }),
    })
    .optional()
    .openapi({ description: 'For whoever asks for the payment, the same again under the same key.' }),
}).openapi('PaymentJourneyCreateResponse');
