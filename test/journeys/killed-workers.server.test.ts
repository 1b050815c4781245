// A worker is killed with SIGKILL while the code is exchanged, the one call of a payment's journey that is not made again.
// The other calls, and the other processes, are the storm's (`test/chaos`).
import { afterAll, beforeAll, expect, it } from 'vitest';
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

const heldMs = 8_000;

/** Kills the worker as soon as the request is at the bank, and starts another one. */
async function killAt(fault: { path: string; method: 'GET' | 'POST'; moment: 'before' | 'after' }) {
  const struck = await orderHold(house, { ...fault, heldMs });
  return async () => {
    await struck();
    worker.signal('SIGKILL');
    await worker.ended;
    worker = await house.startWorker();
  };
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

it.each(['before', 'after'] as const)(
  'killed %s the bank has exchanged the code: it is not sent again, the customer starts over and pays once',
  async (moment) => {
    const consent = await createPaymentConsent(house, registrationId);
    const form = await visitBank(house, 'domestic-payment', consent);
    const kill = await killAt({ path: '/token', method: 'POST', moment });
    const [answer] = await Promise.all([delegate(house, form), kill()]);
    expect(answer).toMatchObject({ status: 504, body: { code: 'authorisation-in-progress' } });
    await house.moveClockMs(61_000); // nobody is left who could bring the answer
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
