// One attempt to submit a payment, and what it proves.
import type { Bank } from '../bank-client/bank.ts';
import { BankError } from '../bank-client/bank-error.ts';
import type { EndpointAnswer } from '../bank-client/call-endpoint.ts';
import type { ApiVersion } from '../standards/uk-open-banking/endpoint.ts';
import { paymentFamilyFacts } from '../standards/uk-open-banking/payment-families.ts';
import { consentStatusCode } from '../standards/uk-open-banking/statuses.ts';
import type { PaymentFamily } from '../workflows/contracts/payment.ts';
import { readConsentData, readPaymentData } from './bank-data.ts';
import { StepFailure } from './step-failure.ts';

export interface Submission {
  family: PaymentFamily;
  version: ApiVersion;
  body: string;
  idempotencyKey: string;
  accessToken: string;
  customerIpAddress: string | undefined;
  /** An earlier attempt may have had an effect: this one finds out. */
  isUrgent: boolean;
}

export type Attempt =
  /** The bank has it. */
  | { kind: 'taken'; answer: EndpointAnswer; externalApiId: string; bankStatus: string }
  /** Nothing left for the bank. */
  | { kind: 'not-sent'; error: BankError }
  /** This attempt had no effect; it says nothing of earlier ones. */
  | { kind: 'refused'; error: BankError }
  /** The bank may have acted. */
  | { kind: 'unclear'; error: BankError | StepFailure };

export async function attemptPayment(bank: Bank, submission: Submission): Promise<Attempt> {
  const { family, version, ...sent } = submission;
  const { create: endpoint } = paymentFamilyFacts[family];
  try {
    const answer = await bank.call({ endpoint, version, params: {}, ...sent });
    return { kind: 'taken', answer, ...readPaymentData(family, answer) };
  } catch (error) {
    if (error instanceof StepFailure) return { kind: 'unclear', error };
    if (!(error instanceof BankError)) throw error;
    if (error.sent === 'not-sent') return { kind: 'not-sent', error };
    return { kind: isRefusal(error.httpStatus) ? 'refused' : 'unclear', error };
  }
}

/** A time-out that the bank found, or a request for patience, is no decision. */
function isRefusal(status = 0): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

/** `unused`: nothing was executed under it so far. `consumed`: a payment was. `ended`: none ever will be. */
export type ConsentStanding = 'unused' | 'consumed' | 'ended' | 'unclear';

/** With the client's own token, so that it works long after the customer's has ended. Rejects with a BankError. */
export async function readConsentStanding(
  bank: Bank,
  family: PaymentFamily,
  version: ApiVersion,
  externalApiConsentId: string,
): Promise<ConsentStanding> {
  const { readConsent: endpoint } = paymentFamilyFacts[family];
  const answer = await bank.call({
    ...{ endpoint, version, params: { ConsentId: externalApiConsentId } },
    isUrgent: true,
  });
  switch (consentStatusCode(readConsentData(answer).status)) {
    case 'AUTH':
      return 'unused';
    case 'COND':
      return 'consumed';
    case 'RJCT':
    case 'EXPD':
    case 'CANC':
      return 'ended';
    default:
      return 'unclear';
  }
}
