// Domestic payments, as asked for and as the bank has them.
import { z } from '@hono/zod-openapi';
import { paymentInitiation } from '../../standards/uk-open-banking/payment-initiation.ts';
import { Risk } from './payment-risk.ts';
import { baseResponse, ExternalApiResponseInfo, id, optionalText } from './shared.ts';

const published = paymentInitiation.createDomesticPayment.request['v4.0'];

export const DomesticPaymentRequest = z
  .object({
    DomesticPaymentConsentId: id,
    // Callers may leave the bank's consent id empty: it is filled in.
    ExternalApiRequest: published.extend({
      Data: published.shape.Data.extend({ ConsentId: z.string().max(128) }),
      Risk,
    }),
    ModifiedBy: optionalText,
  })
  .openapi('DomesticPaymentRequest');

export const DomesticPaymentResponse = z
  .object({
    ...baseResponse,
    ExternalApiResponse: paymentInitiation.getDomesticPayment.response['v4.0'],
    ExternalApiResponseInfo,
  })
  .openapi('DomesticPaymentResponse');
