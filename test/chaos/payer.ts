// One customer who pays once, through whatever happens. What may be begun anew is: a consent, as long as nothing has been
// paid under it. A payment never is.
import { randomUUID } from 'node:crypto';
import { redirectForm, type SandboxControl } from '../../cli/sandbox-customer.ts';
import { type CarefulCaller, type FinalAnswer, NoFinalAnswer } from './careful-caller.ts';
import type { PaymentFamily } from './families.ts';

/** What a payer was told in the end. */
export interface Paid {
  reference: string;
  /** Of the payment, at the bank. */
  bankPaymentId: string;
  /** Consents that were lost on the way, and nothing paid under them: what was said of each. */
  lost: string[];
}

export interface PayerParts {
  caller: CarefulCaller;
  sandbox: SandboxControl;
  registrationId: string;
}

/** Somebody was told what should never be heard. */
export class WrongAnswer extends Error {
  override name = 'WrongAnswer';
}

const consentPatienceMs = 45_000;
/** Beyond the minute for which an exchange of a code that was cut off counts as under way. */
const authorisationPatienceMs = 100_000;
const paymentPatienceMs = 180_000;
const mostStarts = 8;

/** @throws {WrongAnswer} {@link NoFinalAnswer} */
export async function pay(parts: PayerParts, family: PaymentFamily, reference: string): Promise<Paid> {
  const lost: string[] = [];
  while (lost.length < mostStarts) {
    const consent = await authorisedConsent(parts, family, reference);
    if (consent.kind === 'lost') {
      lost.push(consent.why);
      continue;
    }
    await confirmFunds(parts, family, consent.id);
    const bankPaymentId = await submit(parts, family, { reference, consentId: consent.id });
    return { reference, bankPaymentId, lost };
  }
  throw new WrongAnswer(`${reference}: no consent could be had: ${lost.join(', ')}`);
}

/** `lost`: the customer has to begin anew. */
type ConsentHad = { kind: 'authorised'; id: string } | { kind: 'lost'; why: string };

async function authorisedConsent(
  { caller, sandbox, registrationId }: PayerParts,
  family: PaymentFamily,
  reference: string,
): Promise<ConsentHad> {
  const body = { BankRegistrationId: registrationId, ExternalApiRequest: family.request(reference) };
  try {
    const consent = await caller.ask({
      ...{ method: 'POST', path: family.consents, body, key: randomUUID() },
      patienceMs: consentPatienceMs,
    });
    if (consent.status !== 201) return lostBy(consent);
    const context = await caller.ask({
      ...{ method: 'POST', path: family.authContexts, body: { [family.consentMember]: consent.body.Id } },
      patienceMs: consentPatienceMs,
    });
    if (context.status !== 201) return lostBy(context);
    const form = redirectForm(await sandbox.authorise(context.body.AuthUrl));
    const returned = await caller.ask({
      ...{ method: 'POST', path: '/auth/redirect-delegate', body: form },
      patienceMs: authorisationPatienceMs,
    });
    return returned.status === 201 ? { kind: 'authorised', id: consent.body.Id } : lostBy(returned);
  } catch (error) {
    if (error instanceof NoFinalAnswer) return { kind: 'lost', why: error.message };
    throw error;
  }
}

/** Whatever the answer: the payment does not depend on it. */
async function confirmFunds({ caller }: PayerParts, family: PaymentFamily, consentId: string): Promise<void> {
  if (family.fundsConfirmation === undefined) return;
  const path = `${family.consents}/${consentId}/${family.fundsConfirmation}`;
  await caller.ask({ method: 'GET', path, patienceMs: consentPatienceMs });
}

async function submit(
  { caller }: PayerParts,
  family: PaymentFamily,
  { reference, consentId }: { reference: string; consentId: string },
): Promise<string> {
  const { Data, Risk } = family.request(reference);
  const answer = await caller.ask({
    ...{ method: 'POST', path: family.payments, key: randomUUID() },
    body: {
      [family.consentMember]: consentId,
      ExternalApiRequest: { Data: { ConsentId: '', ...Data }, Risk },
    },
    patienceMs: paymentPatienceMs,
  });
  const id: unknown = answer.body?.ExternalApiResponse?.Data?.[family.paymentMember];
  if (answer.status === 201 && typeof id === 'string') return id;
  throw new WrongAnswer(`${reference}: ${described(answer)}`);
}

/** What a consent that is lost may be answered with; anything else is our bug. */
const losses = [
  ...['outcome-unknown', 'consent-not-usable', 'authorisation-needed', 'journey-closed'],
  ...['redirect-already-used', 'bank-rejected-request'],
];

function lostBy(answer: FinalAnswer): ConsentHad {
  const why: unknown = answer.body?.code;
  if (typeof why === 'string' && losses.includes(why)) return { kind: 'lost', why };
  throw new WrongAnswer(described(answer));
}

const described = ({ status, body }: FinalAnswer) => `${status} ${body?.code ?? ''} ${body?.detail ?? ''}`;
