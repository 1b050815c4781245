// One bank hangs or is down, and nobody else notices: neither the readers of another bank nor its journeys. What of the
// sick bank hangs money on it still comes to its one end.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { median } from '../../bench/statistics.ts';
import {
  authorise,
  type Consent,
  createAccess,
  createPaymentConsent,
  executedPayments,
  read,
  register,
  submitPayment,
} from './customer-journeys.ts';
import { eventually } from './eventually.ts';
import { type Answer, type House, openHouse } from './house.ts';

const places = 4;
const failures = 3;
const openMs = 2_000;

let house: House;
let sick: string;
let well: string;

beforeAll(async () => {
  house = await openHouse({
    BANK_CONCURRENCY: String(places),
    BANK_WAIT_MS: '200',
    BANK_TIMEOUT_MS: '25000',
    BANK_CIRCUIT_FAILURES: String(failures),
    BANK_CIRCUIT_OPEN_MS: String(openMs),
  });
  sick = (await register(house, 'Sandbox_Hybrid')).Id;
  well = (await register(house, 'Sandbox_Jarm')).Id;
});
afterAll(() => house.close());
afterEach(() => house.control('DELETE', '/faults'));

const base = '/open-banking/v4.0';
const order = (method: string, path: string, fault: object, times?: number) =>
  house.control('POST', '/faults', { bank: 'hybrid', method, path, fault, ...(times ? { times } : {}) });

/** Of all requests that the sick bank has seen. */
async function seen(method: string, path: string): Promise<number> {
  const requests: Record<string, string>[] = await house.control('GET', '/requests');
  const isIt = (entry: Record<string, string>) =>
    entry.bank === 'hybrid' && entry.method === method && entry.path === path;
  return requests.filter(isIt).length;
}

async function live(registrationId: string): Promise<Consent> {
  const consent = await createAccess(house, registrationId);
  await authorise(house, 'account-access', consent);
  return consent;
}

const createAt = (registrationId: string) =>
  house.ask('POST', '/aisp/account-access-consents', {
    BankRegistrationId: registrationId,
    TemplateRequest: { Type: 'MaximumPermissions' },
  });

/** Calls that are counted while nobody has answered them. */
function underWay(calls: Promise<Answer>[]) {
  const state = { open: calls.length };
  const ended = Promise.all(calls.map((call) => call.finally(() => state.open--)));
  return { state, ended };
}

async function timedReads(consent: Consent, count: number): Promise<number[]> {
  const took: number[] = [];
  for (let call = 0; call < count; call++) {
    const startedMs = performance.now();
    expect((await read(house, consent, '/aisp/accounts')).status).toBe(200);
    took.push(performance.now() - startedMs);
  }
  return took;
}

describe('a bank that hangs', () => {
  it('takes no more than its places in API and worker, and nothing of another bank', async () => {
    const [sickConsent, wellConsent] = [await live(sick), await live(well)];
    const [accounts, consents] = [`${base}/aisp/accounts`, `${base}/aisp/account-access-consents`];
    const before = { reads: await seen('GET', accounts), creations: await seen('POST', consents) };
    const baseline = median(await timedReads(wellConsent, 40));

    await order('GET', accounts, { kind: 'delay', ms: 16_000 });
    await order('POST', consents, { kind: 'delay', ms: 16_000 });
    const reads = underWay(Array.from({ length: places }, () => read(house, sickConsent, '/aisp/accounts')));
    const creations = underWay(Array.from({ length: places }, () => createAt(sick)));
    await eventually(async () => {
      expect((await seen('GET', accounts)) - before.reads).toBe(places);
      expect((await seen('POST', consents)) - before.creations).toBe(places);
    });

    const refused = await Promise.all(
      Array.from({ length: 20 }, () => read(house, sickConsent, '/aisp/accounts')),
    );
    for (const answer of refused) {
      expect(answer).toMatchObject({ status: 503, body: { code: 'bank-busy' } });
      expect(answer.headers.get('retry-after')).toBe('1');
    }
    const further = underWay(Array.from({ length: 20 }, () => createAt(sick)));
    const others = await Promise.all(Array.from({ length: places }, () => createAt(well)));
    expect(others.map(({ status }) => status)).toEqual(Array(places).fill(201));
    const meanwhile = median(await timedReads(wellConsent, 40));

    // All of that while the sick bank's were hanging: none of them got its place by their coming to an end.
    expect([reads.state.open, creations.state.open]).toEqual([places, places]);
    expect(meanwhile).toBeLessThan(10 * baseline);
    expect((await seen('GET', accounts)) - before.reads).toBe(places);
    expect((await seen('POST', consents)) - before.creations).toBe(places);

    for (const { status } of await reads.ended) expect(status).toBe(200);
    for (const { status } of await creations.ended) expect(status).toBe(201);
    for (const { status, body } of await further.ended)
      expect([201, 503], JSON.stringify(body)).toContain(status);
  });
});

describe('a bank that is down', () => {
  it('is not called for a while, then one call finds out; its other APIs are called all the while', async () => {
    const consent = await live(sick);
    const accounts = `${base}/aisp/accounts`;
    await order('GET', accounts, { kind: 'close-before' });
    const before = await seen('GET', accounts);
    for (let call = 0; call < failures; call++)
      expect(await read(house, consent, '/aisp/accounts')).toMatchObject({
        body: { code: 'bank-unavailable' },
      });
    // The clock of the house goes on meanwhile: what is claimed is that not every call was made.
    const answers: Answer[] = [];
    for (let call = 0; call < 20; call++) answers.push(await read(house, consent, '/aisp/accounts'));
    const refused = answers.filter(({ body }) => body.code === 'bank-circuit-open');
    expect(refused.length).toBeGreaterThan(0);
    for (const { status, headers } of refused) {
      expect(status).toBe(503);
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    expect((await seen('GET', accounts)) - before).toBe(failures + answers.length - refused.length);
    expect((await createPaymentConsent(house, sick)).id).toEqual(expect.any(String));
    expect((await createAt(well)).status).toBe(201);

    await house.control('DELETE', '/faults');
    await house.moveClockMs(openMs);
    expect((await read(house, consent, '/aisp/accounts')).status).toBe(200);
    const metrics = await fetch(`${house.everything.roles.api.addresses.api}/metrics`);
    expect(await metrics.text()).toContain(
      'bank_circuit_state{bank="Sandbox_Hybrid",api="accountInformation"} 0',
    );
  });

  it('executes every payment once, those whose answers it lost and those that its circuit held back', async () => {
    const consents = [await createPaymentConsent(house, sick), await createPaymentConsent(house, sick)];
    for (const consent of consents) await authorise(house, 'domestic-payment', consent);
    await order('POST', `${base}/pisp/domestic-payments`, { kind: 'close-after' }, failures + 1);
    const answers = await Promise.all(consents.map((consent) => submitPayment(house, consent)));
    for (const { status, body } of answers)
      if (status !== 201) expect(body).toMatchObject({ code: 'payment-in-progress' });
    await eventually(async () => {
      const log = house.logOf('worker');
      expect(log).toContain('circuit of a bank');
      for (const consent of consents) {
        const paid = await submitPayment(house, consent);
        expect(paid, JSON.stringify(paid.body)).toMatchObject({ status: 201 });
      }
    });
    for (const consent of consents) expect(await executedPayments(house, 'Sandbox_Hybrid', consent)).toBe(1);
  });
});
