// What a bank is asked about payments of each family: the published requests, with the risk as callers write it, and with
// the bank's id of the consent left to us.
import { z } from '@hono/zod-openapi';
import * as published from '../../standards/uk-open-banking/v4.0/generated/payment-initiation.requests.ts';
import type { PaymentFamily } from '../../workflows/contracts/payment.ts';
import { Risk } from './payment-risk.ts';

const requests = <Consent extends z.ZodObject, Data extends z.ZodObject>(
  consent: Consent,
  order: z.ZodObject<{ Data: Data }>,
) => ({
  consent: withOwnRisk(consent),
  // Callers may leave the bank's consent id empty: it is filled in.
  order: withOwnRisk(order.extend({ Data: order.shape.Data.extend({ ConsentId: z.string().max(128) }) })),
});

/** Files have none: what they are for stands in them. */
const withOwnRisk = (request: z.ZodObject) => ('Risk' in request.shape ? request.extend({ Risk }) : request);

export const paymentRequests: Record<PaymentFamily, ReturnType<typeof requests>> = {
  'domestic-payment': requests(published.OBWriteDomesticConsent4, published.OBWriteDomestic2),
  'domestic-scheduled-payment': requests(
    published.OBWriteDomesticScheduledConsent4,
    published.OBWriteDomesticScheduled2,
  ),
  'domestic-standing-order': requests(
    published.OBWriteDomesticStandingOrderConsent5,
    published.OBWriteDomesticStandingOrder3,
  ),
  'international-payment': requests(published.OBWriteInternationalConsent5, published.OBWriteInternational3),
  'international-scheduled-payment': requests(
    published.OBWriteInternationalScheduledConsent5,
    published.OBWriteInternationalScheduled3,
  ),
  'international-standing-order': requests(
    published.OBWriteInternationalStandingOrderConsent6,
    published.OBWriteInternationalStandingOrder4,
  ),
  'file-payment': requests(published.OBWriteFileConsent3, published.OBWriteFile2),
};
