// A payer whose caller makes each step itself: the consent, its file where it has one, the authorisation, the order.
import { randomUUID } from 'node:crypto';
import { NoFinalAnswer } from './careful-caller.ts';
import { confirmingFamilies, fileOf, requestOf, titleOf } from './families.ts';
import {
  type Attempted,
  authorisationPatienceMs,
  consentedAtBank,
  consentPatienceMs,
  described,
  lostBy,
  type PayersPath,
  paymentPatienceMs,
  WrongAnswer,
} from './payers-path.ts';

/** @throws {WrongAnswer} {@link NoFinalAnswer} */
export async function payStepByStep(path: PayersPath): Promise<Attempted> {
  const consent = await authorisedConsent(path);
  if (consent.kind === 'lost') return consent;
  await confirmFunds(path, consent.id);
  await path.reach('order');
  return { kind: 'paid', bankPaymentId: await submit(path, consent.id) };
}

const consentsOf = ({ way }: PayersPath) => `/pisp/${way.family}-consents`;

async function authorisedConsent(
  path: PayersPath,
): Promise<{ kind: 'authorised'; id: string } | (Attempted & { kind: 'lost' })> {
  const { way, reference, later, caller, sandbox, registrationId } = path;
  const ExternalApiRequest = requestOf(way.family, reference, later);
  await path.reach('consent');
  try {
    const consent = await caller.ask({
      ...{ method: 'POST', path: consentsOf(path), key: randomUUID(), patienceMs: consentPatienceMs },
      body: { BankRegistrationId: registrationId, ExternalApiRequest },
    });
    if (consent.status !== 201) return lostBy(consent);
    const id: string = consent.body.Id;
    path.note(id);
    if (way.family === 'file-payment') {
      await path.reach('upload');
      const uploaded = await caller.ask({
        ...{ method: 'POST', path: `${consentsOf(path)}/${id}/file`, file: fileOf(reference) },
        patienceMs: consentPatienceMs,
      });
      if (uploaded.status !== 200) return lostBy(uploaded);
    }
    const context = await caller.ask({
      ...{ method: 'POST', path: `${consentsOf(path).slice(0, -1)}-auth-contexts` },
      ...{ body: { [`${titleOf(way.family)}ConsentId`]: id }, patienceMs: consentPatienceMs },
    });
    if (context.status !== 201) return lostBy(context);
    await path.reach('return');
    const form = await consentedAtBank(sandbox, context.body.AuthUrl);
    const returned = await caller.ask({
      ...{ method: 'POST', path: '/auth/redirect-delegate', body: form },
      patienceMs: authorisationPatienceMs,
    });
    return returned.status === 201 ? { kind: 'authorised', id } : lostBy(returned);
  } catch (error) {
    if (error instanceof NoFinalAnswer) return { kind: 'lost', why: error.message };
    throw error;
  }
}

/** Whatever the answer: the payment does not depend on it. */
async function confirmFunds(path: PayersPath, consentId: string): Promise<void> {
  if (!confirmingFamilies.includes(path.way.family)) return;
  await path.reach('confirm funds');
  await path.caller.ask({
    ...{ method: 'GET', path: `${consentsOf(path)}/${consentId}/funds-confirmation` },
    patienceMs: consentPatienceMs,
  });
}

async function submit({ caller, way, reference, later }: PayersPath, consentId: string): Promise<string> {
  const title = titleOf(way.family);
  const {
    Data: { Initiation },
    Risk,
  } = requestOf(way.family, reference, later);
  const answer = await caller.ask({
    ...{ method: 'POST', path: `/pisp/${way.family}s`, key: randomUUID(), patienceMs: paymentPatienceMs },
    body: {
      [`${title}ConsentId`]: consentId,
      ExternalApiRequest: { Data: { ConsentId: '', Initiation }, ...(Risk && { Risk }) },
    },
  });
  const id: unknown = answer.body?.ExternalApiResponse?.Data?.[`${title}Id`];
  if (answer.status === 201 && typeof id === 'string') return id;
  throw new WrongAnswer(`${reference}: ${described(answer)}`);
}
