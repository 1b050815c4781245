// A worker is killed with SIGKILL while the code is exchanged, the one call of a payment's journey that is not made again.
// The other calls, and the other processes, are the storm's (`test/chaos`).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RoleProcess } from '../../embedded/role-process.ts';
import {
  authorise,
  type Consent,
  createPaymentConsent,
  delegate,
  executedPayments,
  register,
  submitPayment,
  visitBank,
} from './customer-journeys.ts';
import { eventually } from './eventually.ts';
import { type House, openHouse } from './house.ts';
import { orderHold } from './struck.ts';

let house: House;
let registrationId: string;
let worker: RoleProcess;

beforeAll(async () => {
  house = await openHouse();
  registrationId = (await register(house, 'Sandbox_Hybrid')).Id;
  // A bank that lets a consent be paid twice: only the idempotency key stands between us and a second payment.
  await house.control('POST', '/knobs', { bank: 'hybrid', honourSingleUse: false });
  worker = house.everything.roles.worker;
});
afterAll(() => house.close());

/** Long enough for both requests to be at the bank when the worker dies. */
const heldMs = 20_000;

/** A customer whose code is on its way to the bank, at the moment that is told. */
async function exchanging(moment: 'before' | 'after') {
  const consent = await createPaymentConsent(house, registrationId);
  const form = await visitBank(house, 'domestic-payment', consent);
  const struck = await orderHold(house, { path: '/token', method: 'POST', moment, heldMs });
  const answer = delegate(house, form);
  await struck();
  return { consent, form, answer };
}

async function settled(consent: Consent): Promise<void> {
  const { body } = await eventually(async () => {
    const answer = await submitPayment(house, consent);
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 });
    return answer;
  });
  await eventually(async () => {
    const id = body.ExternalApiResponse.Data.DomesticPaymentId;
    const payment = await house.ask('GET', `/pisp/domestic-payments/${id}`);
    expect(payment.body.ExternalApiResponse.Data.Status).toBe('ACCC');
  });
}

const executed = (consent: Consent) => executedPayments(house, 'Sandbox_Hybrid', consent);

describe('killed around the exchange of a code', () => {
  let customers: Record<'before' | 'after', Awaited<ReturnType<typeof exchanging>>>;
  beforeAll(async () => {
    customers = { before: await exchanging('before'), after: await exchanging('after') };
    worker.signal('SIGKILL');
    await worker.ended;
    worker = await house.startWorker();
    for (const { answer } of Object.values(customers))
      expect(await answer).toMatchObject({ status: 504, body: { code: 'authorisation-in-progress' } });
    await house.moveClockMs(61_000); // nobody is left who could bring the answer
  });

  it.each(['before', 'after'] as const)(
    '%s the bank has made it: it is not sent again, the customer starts over and pays once',
    async (moment) => {
      const { consent, form } = customers[moment];
      await eventually(async () => {
        expect(await delegate(house, form)).toMatchObject({ status: 502, body: { code: 'outcome-unknown' } });
      });
      expect(await submitPayment(house, consent)).toMatchObject({ body: { code: 'consent-not-usable' } });
      const another = await createPaymentConsent(house, registrationId);
      await authorise(house, 'domestic-payment', another);
      await settled(another);
      expect([await executed(consent), await executed(another)]).toEqual([0, 1]);
    },
  );
});
