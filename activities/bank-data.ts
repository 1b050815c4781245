// The few members of bank answers that steps act on. Whatever else an answer has is kept and passed on, not judged.
import { z } from 'zod';
import type { EndpointAnswer } from '../bank-client/call-endpoint.ts';
import { paymentFamilyFacts } from '../standards/uk-open-banking/payment-families.ts';
import type { PaymentFamily } from '../workflows/contracts/payment.ts';
import { StepFailure } from './step-failure.ts';

const consentData = z.object({
  Data: z.object({
    ConsentId: z.string().min(1),
    Status: z.string().min(1),
    ExpirationDateTime: z.iso.datetime({ offset: true, local: true }).optional().catch(undefined),
  }),
});
const paymentData = (idName: string) =>
  z.object({ Data: z.object({ [idName]: z.string().min(1), Status: z.string().min(1) }) });

/** @throws {StepFailure} `ResponseInvalid` */
export function readConsentData(answer: EndpointAnswer) {
  const { ConsentId, Status, ExpirationDateTime } = read(consentData, answer).Data;
  return {
    consentId: ConsentId,
    status: Status,
    expiresAt: ExpirationDateTime === undefined ? undefined : new Date(ExpirationDateTime),
  };
}

/** @throws {StepFailure} `ResponseInvalid` */
export function readPaymentData(family: PaymentFamily, answer: EndpointAnswer) {
  const { answerId } = paymentFamilyFacts[family];
  const { [answerId]: externalApiId = '', Status = '' } = read(paymentData(answerId), answer).Data;
  return { externalApiId, bankStatus: Status };
}

function read<Schema extends z.ZodType>(
  schema: Schema,
  { body, interactionId }: EndpointAnswer,
): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const missing = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  const details = { code: 'bank-response-invalid', ...(interactionId === null ? {} : { interactionId }) };
  throw new StepFailure('ResponseInvalid', details, `The bank's answer lacks ${missing}.`);
}
