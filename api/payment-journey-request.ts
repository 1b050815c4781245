// What a bank is asked to have consented to, from what a service wants to be paid: the family that does it, and its body in
// version 4.
import { paymentFamilyFacts } from '../standards/uk-open-banking/payment-families.ts';
import type { PaymentFamily } from '../workflows/contracts/payment.ts';
import type { PaymentJourneyRequest } from './schemas/payment-journeys.ts';
import { paymentSchemas } from './schemas/payments.ts';
import { validated } from './validation.ts';

export interface AskedPayment {
  family: PaymentFamily;
  resource: (typeof paymentFamilyFacts)[PaymentFamily]['consentResource'];
  body: object;
}

/** @param journeyId tells the payment apart where its asker has no name for it */
export function askedPayment(request: PaymentJourneyRequest, journeyId: string): AskedPayment {
  const family = familyOf(request);
  const isLater = family !== 'domestic-payment';
  const body = {
    Data: {
      ...(isLater ? { Permission: 'Create' } : {}),
      Initiation: { ...initiationOf(family, request, journeyId), ...creditorOf(request) },
    },
    Risk: { PaymentContextCode: request.PaymentContextCode },
  };
  return { family, resource: paymentFamilyFacts[family].consentResource, body: checked(family, body) };
}

function familyOf({ Schedule, RequestedExecutionDateTime }: PaymentJourneyRequest): PaymentFamily {
  if (Schedule !== undefined) return 'domestic-standing-order';
  return RequestedExecutionDateTime === undefined ? 'domestic-payment' : 'domestic-scheduled-payment';
}

function initiationOf(family: PaymentFamily, request: PaymentJourneyRequest, journeyId: string): object {
  const { InstructedAmount, RequestedExecutionDateTime, Schedule, RemittanceReference: reference } = request;
  const remittance = reference && {
    RemittanceInformation: { Structured: [{ CreditorReferenceInformation: { Reference: reference } }] },
  };
  if (family === 'domestic-standing-order') {
    const { Frequency, FirstPaymentDateTime, NumberOfPayments } = Schedule ?? {};
    return {
      MandateRelatedInformation: { Frequency, FirstPaymentDateTime },
      ...(NumberOfPayments === undefined ? {} : { NumberOfPayments }),
      FirstPaymentAmount: InstructedAmount,
      RecurringPaymentAmount: InstructedAmount,
      ...remittance,
    };
  }
  const short = journeyId.replaceAll('-', '').slice(0, 31);
  return {
    InstructionIdentification: short,
    EndToEndIdentification: request.EndToEndIdentification ?? short,
    InstructedAmount,
    ...(RequestedExecutionDateTime === undefined ? {} : { RequestedExecutionDateTime }),
    ...remittance,
  };
}

const creditorOf = ({ Creditor }: PaymentJourneyRequest) => ({ CreditorAccount: Creditor });

/** Against the published schema, so that what it refuses is named here and not by a bank. */
function checked(family: PaymentFamily, body: object): object {
  const schema = paymentSchemas[family].consentRequest.shape.ExternalApiRequest;
  return validated(schema, body);
}
