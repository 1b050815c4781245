// A payer whose caller asks for the payment in one request, sends the customer to the bank, and waits for the end. One that
// gets lost is called off before another is begun: it might pay after all.
import { randomUUID } from 'node:crypto';
import { type FinalAnswer, NoFinalAnswer } from './careful-caller.ts';
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

const path = '/payment-journeys';

/** @throws {WrongAnswer} {@link NoFinalAnswer} */
export async function payInOneRequest(asked: PayersPath): Promise<Attempted> {
  const { caller, sandbox, reference } = asked;
  await asked.reach('consent');
  const created = await orNothing(() =>
    caller.ask({
      ...{ method: 'POST', path, key: randomUUID(), patienceMs: consentPatienceMs },
      body: requestFrom(asked),
    }),
  );
  // Nobody has been sent to the bank: it will come to nothing by itself.
  if (typeof created === 'string') return { kind: 'lost', why: created };
  if (created.status !== 201) return lostBy(created);
  const { Id, AuthUrl, ConsentId } = created.body;
  asked.note(ConsentId);
  await asked.reach('return');
  const body = await consentedAtBank(sandbox, AuthUrl);
  const returned = await orNothing(() =>
    caller.ask({
      ...{ method: 'POST', path: '/auth/redirect-delegate', body, patienceMs: authorisationPatienceMs },
    }),
  );
  if (typeof returned === 'string' || returned.status !== 201) {
    const why = typeof returned === 'string' ? returned : lostBy(returned).why;
    const off = await caller.ask({
      ...{ method: 'POST', path: `${path}/${Id}/call-off`, patienceMs: paymentPatienceMs },
    });
    if (off.status === 200) return { kind: 'lost', why };
    if (off.body?.code !== 'payment-journey-too-late') throw new WrongAnswer(described(off));
  }
  return { kind: 'paid', bankPaymentId: await ended(asked, `${path}/${Id}`, reference) };
}

async function ended({ caller }: PayersPath, journey: string, reference: string): Promise<string> {
  const untilMs = performance.now() + paymentPatienceMs;
  for (;;) {
    const { status, body } = await caller.ask({
      ...{ method: 'GET', path: `${journey}?waitSeconds=10`, patienceMs: paymentPatienceMs },
    });
    if (status !== 200) throw new WrongAnswer(`${reference}: ${described({ status, body })}`);
    if (body.IsFinal === true) {
      const isPaid = body.Status === 'settled' || body.Status === 'initiated';
      if (isPaid && typeof body.ExternalApiId === 'string') return body.ExternalApiId;
      throw new WrongAnswer(`${reference} ended as ${body.Status}`);
    }
    if (performance.now() > untilMs) throw new NoFinalAnswer(`${reference} is still ${body.Status}`);
  }
}

function requestFrom({ way, reference, registrationId, later }: PayersPath): object {
  const at = later.toISOString();
  const when = {
    'domestic-payment': {},
    'domestic-scheduled-payment': { RequestedExecutionDateTime: at },
    'domestic-standing-order': {
      Schedule: { Frequency: { Type: 'MNTH', PointInTime: '15' }, FirstPaymentDateTime: at },
    },
  };
  const whens: Record<string, object> = when;
  return {
    ...{ BankRegistrationId: registrationId, InstructedAmount: { Amount: '12.50', Currency: 'GBP' } },
    Creditor: { Name: 'Halcyon Interiors', Identification: '99000212345678' },
    ...{ RemittanceReference: reference, ReturnUrl: 'https://shop.example/orders/7' },
    ...whens[way.family],
  };
}

/** @returns the answer, or in words that there was none */
async function orNothing(ask: () => Promise<FinalAnswer>): Promise<FinalAnswer | string> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NoFinalAnswer) return error.message;
    throw error;
  }
}
