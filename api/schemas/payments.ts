// Domestic payments, as asked for and as the bank has them.
import { z } from '@hono/zod-openapi';
import { paymentInitiation } from '../../standards/uk-open-banking/payment-initiation.ts';
import { OBWriteDomestic2 } from '../../standards/uk-open-banking/v4.0/generated/payment-initiation.requests.ts';
import { Risk } from './payment-risk.ts';
import { publishedAnswer } from './published-body.ts';
import { baseResponse, ExternalApiResponseInfo, id, optionalText } from './shared.ts';

export const DomesticPaymentRequest = z
  .object({
    DomesticPaymentConsentId: id,
    // Callers may leave the bank's consent id empty: it is filled in.
    ExternalApiRequest: OBWriteDomestic2.extend({
      Data: OBWriteDomestic2.shape.Data.extend({ ConsentId: z.string().max(128) }),
      Risk,
    }),
    ModifiedBy: optionalText,
  })
  .openapi('DomesticPaymentRequest');

export const DomesticPaymentResponse = z
  .object({
    ...baseResponse,
    ExternalApiResponse: publishedAnswer(paymentInitiation.getDomesticPayment),
    ExternalApiResponseInfo,
  })
  .openapi('DomesticPaymentResponse');
