// Payments of each family, as asked for and as the bank has them, with the consents that come before them.
import { z } from '@hono/zod-openapi';
import { paymentFamilyFacts } from '../../standards/uk-open-banking/payment-families.ts';
import type { PaymentFamily } from '../../workflows/contracts/payment.ts';
import { eachPayment } from '../consent-families.ts';
import type { PaymentOrder } from '../payment-body.ts';
import { consentRequest, consentResponse } from './consents.ts';
import { paymentRequests } from './payment-requests.ts';
import { publishedAnswer } from './published-body.ts';
import { baseResponse, dateTime, ExternalApiResponseInfo, id, optionalText } from './shared.ts';

const uuid = z.string().openapi({ format: 'uuid' });

/** The member of a payment that says which consent it is made under: `DomesticPaymentConsentId`. */
export const consentIdMember = (family: PaymentFamily) => `${paymentFamilyFacts[family].name}ConsentId`;

export const consentIdOf = (family: PaymentFamily, request: PaymentRequest) =>
  String(new Map<string, unknown>(Object.entries(request)).get(consentIdMember(family)));

export interface PaymentRequest {
  ExternalApiRequest: PaymentOrder;
  ModifiedBy?: string | null | undefined;
}

/** Each made once: a schema has one name. */
export const paymentSchemas = eachPayment((family) => {
  const { name, readConsent, read, readDetails, confirmFunds } = paymentFamilyFacts[family];
  const answerOf = (endpoint: typeof read) => ({
    ...baseResponse,
    ExternalApiResponse: publishedAnswer(endpoint),
    ExternalApiResponseInfo,
  });
  const consent = z.object({
    ...consentResponse,
    ExternalApiResponse: publishedAnswer(readConsent).optional(),
  });
  return {
    consentRequest: z
      .object({ ...consentRequest, ExternalApiRequest: paymentRequests[family].consent })
      .openapi(`${name}ConsentRequest`),
    consent: consent.openapi(`${name}ConsentCreateResponse`),
    /** Without the bank's part, which a list does not ask for. */
    consentMembers: consent.omit({ ExternalApiResponse: true, ExternalApiResponseInfo: true }),
    fundsConfirmation:
      confirmFunds === null
        ? undefined
        : z.object(answerOf(confirmFunds)).openapi(`${name}ConsentFundsConfirmationResponse`),
    // One member has a name that is made here, so that the type of the others has to be said.
    request: z
      .object({
        [consentIdMember(family)]: id,
        ExternalApiRequest: paymentRequests[family].order,
        ModifiedBy: optionalText,
      })
      .openapi(`${name}Request`) as unknown as z.ZodType<PaymentRequest>,
    response: z.object(answerOf(read)).openapi(`${name}Response`),
    details: z.object(answerOf(readDetails)).openapi(`${name}DetailsResponse`),
    /** A payment has no members of our own but these: the rest is the bank's. */
    members: z.object({
      Id: uuid,
      Created: dateTime,
      ModifiedBy: z.string().optional(),
      [consentIdMember(family)]: uuid,
      BankRegistrationId: uuid,
      ExternalApiId: z.string().optional().openapi({ description: 'The id that the bank gave it.' }),
      Status: z.string().openapi({ description: 'Where its journey stands: see docs/payments.md.' }),
      ExternalApiStatus: z.string().optional().openapi({ description: 'What the bank said last.' }),
    }),
  };
});
