// What every payer goes by, step by step or in one request: whom they ask, where they wait, and what ends an attempt.
import { redirectForm, type SandboxControl } from '../../cli/sandbox-customer.ts';
import type { CarefulCaller, FinalAnswer } from './careful-caller.ts';
import type { PayersStep, Way } from './ways.ts';

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

export const consentPatienceMs = 45_000;
/** Beyond the minute for which an exchange of a code that was cut off counts as under way. */
export const authorisationPatienceMs = 100_000;
export const paymentPatienceMs = 180_000;

/** `lost`: the customer has to begin anew. */
export type Attempted = { kind: 'paid'; bankPaymentId: string } | { kind: 'lost'; why: string };

/** Somebody was told what should never be heard. */
export class WrongAnswer extends Error {
  override name = 'WrongAnswer';
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
