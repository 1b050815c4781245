// The risk of a payment as callers write it: that of version 4, and beside it the context that only version 3.1 knows.
import { z } from '@hono/zod-openapi';
import { oBRisk1PaymentContextCodeCodes } from '../../standards/uk-open-banking/v3.1/generated/payment-initiation.codes.ts';
import { OBWriteDomesticConsent4 } from '../../standards/uk-open-banking/v4.0/generated/payment-initiation.requests.ts';
import { Problem } from '../problem.ts';

export const Risk = OBWriteDomesticConsent4.shape.Risk.extend({
  V3PaymentContextCode: z
    .enum(oBRisk1PaymentContextCodeCodes)
    .optional()
    .openapi({ description: 'Instead of PaymentContextCode, for registrations on version 3.1.' }),
}).openapi('PaymentRisk');

/** @throws {Problem} when a bank on version 4 would be told what it does not know */
export function refuseContextOfVersion3(
  { Risk: risk }: { Risk?: z.output<typeof Risk> },
  useV4: boolean,
): void {
  if (!useV4 || risk?.V3PaymentContextCode === undefined) return;
  throw new Problem('validation-failed', {
    errors: { 'ExternalApiRequest.Risk.V3PaymentContextCode': ['is for registrations on version 3.1'] },
  });
}
