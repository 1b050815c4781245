// A thousand requests at once under one key of the caller's: one payment, and the same answer for everybody.
import { Agent, request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  authorise,
  createPaymentConsent,
  executedPayments,
  paymentRequest,
  register,
} from './customer-journeys.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const callers = 1_000;
const inProgress = { status: 504, code: 'payment-in-progress' };

it('a thousand creates with the same key make one payment', { timeout: 180_000 }, async () => {
  const { Id: registrationId } = await register(house, 'Sandbox_Hybrid');
  // A bank that would pay twice, and takes its time with everything after that.
  await house.control('POST', '/knobs', { bank: 'hybrid', honourSingleUse: false, paymentStepMs: 3_600_000 });
  const consent = await createPaymentConsent(house, registrationId);
  await authorise(house, 'domestic-payment', consent);
  const { Data, Risk } = paymentRequest();
  const body = JSON.stringify({
    DomesticPaymentConsentId: consent.id,
    ExternalApiRequest: { Data: { ConsentId: '', ...Data }, Risk },
  });
  const url = new URL('/pisp/domestic-payments', house.everything.roles.api.addresses.api);
  const dispatcher = new Agent({ connections: 50 });
  const headers = { 'content-type': 'application/json', 'x-idempotency-key': 'the-same-for-all' };

  /** Whoever is told that it goes on asks again; any other answer is the last one. */
  async function create(): Promise<string> {
    for (;;) {
      const answer = await request(url, {
        method: 'POST',
        body,
        headers,
        dispatcher,
        headersTimeout: 60_000,
      });
      const text = await answer.body.text();
      const code = answer.statusCode === 201 ? undefined : JSON.parse(text).code;
      if (answer.statusCode !== inProgress.status || code !== inProgress.code)
        return `${answer.statusCode} ${text}`;
    }
  }

  try {
    const answers = new Set(await Promise.all(Array.from({ length: callers }, create)));
    expect([...answers]).toEqual([expect.stringMatching(/^201 .*"DomesticPaymentId"/)]);
    expect(await executedPayments(house, 'Sandbox_Hybrid', consent)).toBe(1);
    const requests: Record<string, string>[] = await house.control('GET', '/requests');
    const path = '/open-banking/v4.0/pisp/domestic-payments';
    const sent = requests.filter((one) => one.method === 'POST' && one.path === path);
    expect(sent).toHaveLength(1);
  } finally {
    await dispatcher.close();
  }
});
