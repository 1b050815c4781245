// One customer who pays once, step by step or in one request, through whatever happens. What may be begun anew is: a consent,
// as long as nothing has been paid under it. A payment never is.
import { payInOneRequest } from './pay-in-one-request.ts';
import { payStepByStep } from './pay-step-by-step.ts';
import { type PayerParts, type PayersPath, WrongAnswer } from './payers-path.ts';
import { type Way, wayInWords } from './ways.ts';

/** What a payer was told in the end. */
export interface Paid {
  reference: string;
  way: Way;
  /** Of the payment, at the bank. */
  bankPaymentId: string;
  /** All that were made on the way, the last of which was paid under. */
  consentIds: string[];
  /** Consents that were lost on the way, and nothing paid under them: what was said of each. */
  lost: string[];
}

const mostStarts = 8;

/** @throws {WrongAnswer} {@link NoFinalAnswer} */
export async function pay(
  parts: PayerParts,
  { way, reference, reach }: Pick<PayersPath, 'way' | 'reference' | 'reach'>,
): Promise<Paid> {
  const lost: string[] = [];
  const consentIds: string[] = [];
  const attempt = way.isInOneRequest ? payInOneRequest : payStepByStep;
  while (lost.length < mostStarts) {
    const note = (consentId: string) => void consentIds.push(consentId);
    const attempted = await attempt({ ...parts, way, reference, reach, note });
    if (attempted.kind === 'paid') {
      const { bankPaymentId } = attempted;
      return { reference, way, bankPaymentId, consentIds, lost };
    }
    lost.push(attempted.why);
  }
  throw new WrongAnswer(`${reference} (${wayInWords(way)}): no consent could be had: ${lost.join(', ')}`);
}
