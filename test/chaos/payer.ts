// One customer who pays once, step by step or in one request, through whatever happens. What may be begun anew is: a consent,
// as long as nothing has been paid under it. A payment never is.
import { redirectForm, type SandboxControl } from '../../cli/sandbox-customer.ts';
import type { CarefulCaller, FinalAnswer } from './careful-caller.ts';
import { payInOneRequest } from './pay-in-one-request.ts';
import { payStepByStep } from './pay-step-by-step.ts';
import { type PayersStep, type Way, wayInWords } from './ways.ts';

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

export interface PayerParts {
  caller: CarefulCaller;
  sandbox: SandboxControl;
  registrationId: string;
  /** For what is to be paid later. */
  later: Date;
}

/** One attempt of a payer. */
export interface PayersPath extends PayerParts {
  way: Way;
  reference: string;
  /** Resolves when the payer may go on with this step. */
  reach(step: PayersStep): Promise<void>;
  /** A consent that is at the bank, or may be. */
  note(consentId: string): void;
}

/** `lost`: the customer has to begin anew. */
export type Attempted = { kind: 'paid'; bankPaymentId: string } | { kind: 'lost'; why: string };

/** Somebody was told what should never be heard. */
export class WrongAnswer extends Error {
  override name = 'WrongAnswer';
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

/** The customer says yes at the bank: what comes back with their browser. */
export async function consentedAtBank(sandbox: SandboxControl, authUrl: string): Promise<URLSearchParams> {
  return redirectForm(await sandbox.authorise(authUrl));
}

/** What a consent that is lost may be answered with; anything else is our bug. */
const losses = [
  ...['outcome-unknown', 'consent-not-usable', 'authorisation-needed', 'journey-closed'],
  ...['redirect-already-used', 'bank-rejected-request'],
];

/** @throws {WrongAnswer} */
export function lostBy(answer: FinalAnswer): Attempted & { kind: 'lost' } {
  const why: unknown = answer.body?.code;
  if (typeof why === 'string' && losses.includes(why)) return { kind: 'lost', why };
  throw new WrongAnswer(described(answer));
}

export const described = ({ status, body }: FinalAnswer) =>
  `${status} ${body?.code ?? ''} ${body?.detail ?? ''} ${JSON.stringify(body?.errors ?? '')}`;
