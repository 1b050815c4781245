// A worker is killed with SIGKILL inside every step of a payment's journey, before and after the bank has acted, and
// another one takes over. However that goes, the bank executes one payment.
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

const consents = '/open-banking/v4.0/pisp/domestic-payment-consents';
const payments = '/open-banking/v4.0/pisp/domestic-payments';
const heldMs = 8_000;

/** Kills the worker as soon as the request is at the bank, and starts another one. */
async function killAt(fault: { path: string; method: 'GET' | 'POST'; moment: 'before' | 'after' }) {
  const struck = await orderHold(house, { ...fault, heldMs });
  return async (changes?: Record<string, string>) => {
    await struck();
    worker.signal('SIGKILL');
    await worker.ended;
    worker = await house.startWorker(changes);
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

describe.each(['before', 'after'] as const)('killed %s the bank has acted', (moment) => {
  it('while the consent is created', async () => {
    const kill = await killAt({ path: consents, method: 'POST', moment });
    const [consent] = await Promise.all([createPaymentConsent(house, registrationId), kill()]);
    await authorise(house, 'domestic-payment', consent);
    await settled(consent);
    expect(await executed(consent)).toBe(1);
  });

  it('while the code is exchanged: the code is not sent again, the customer starts over and pays once', async () => {
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
  });

  it('while the payment is submitted', async () => {
    const consent = await createPaymentConsent(house, registrationId);
    await authorise(house, 'domestic-payment', consent);
    const kill = await killAt({ path: payments, method: 'POST', moment });
    const [answer] = await Promise.all([submitPayment(house, consent), kill()]);
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 });
    await settled(consent);
    expect(await executed(consent)).toBe(1);
  });

  it('while its status is followed', async () => {
    const consent = await createPaymentConsent(house, registrationId);
    await authorise(house, 'domestic-payment', consent);
    const kill = await killAt({ path: `${payments}/*`, method: 'GET', moment });
    await Promise.all([submitPayment(house, consent), kill()]);
    await settled(consent);
    expect(await executed(consent)).toBe(1);
  });
});

it('is seen to fail against a build that takes a new key at each attempt', async () => {
  const broken = { NODE_OPTIONS: `--import ${new URL('broken-build.mjs', import.meta.url).href}` };
  worker.signal('SIGTERM');
  await worker.ended;
  worker = await house.startWorker(broken);
  const consent = await createPaymentConsent(house, registrationId);
  await authorise(house, 'domestic-payment', consent);
  const kill = await killAt({ path: payments, method: 'POST', moment: 'after' });
  await Promise.all([submitPayment(house, consent), kill(broken)]);
  await settled(consent);
  expect(await executed(consent)).toBe(2);
});
