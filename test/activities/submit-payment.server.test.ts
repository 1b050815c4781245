// Exactly once, over outages of hours and days: what is sent again, what is not, and what is said of money that nobody
// can be sure of. The bank forgets idempotency keys after 24 hours of its clock.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { submitPayment } from '../../activities/submit-payment.ts';
import { consentRequestOf } from '../sandbox-bank/payment-requests.ts';
import { openWorkshop, tenant, type Workshop } from './workshop.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const path = '/open-banking/v4.0/pisp/domestic-payments';
const consentPath = '/open-banking/v4.0/pisp/domestic-payment-consents/*';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
  // Tokens that outlive the outage, and a bank that lets a consent be paid twice: nothing but the rules is in the way.
  const knobs = { bank: 'hybrid', accessTokenSeconds: 7 * 24 * 3600, honourSingleUse: false };
  await shop.sandbox.control('POST', '/knobs', knobs);
});
afterAll(() => shop.close());
afterEach(() => shop.sandbox.control('DELETE', '/faults'));

type Payment = Awaited<ReturnType<Workshop['authorisedPayment']>>;

const order = (fault: object, at = { path, method: 'POST' }, times?: number) =>
  shop.sandbox.control('POST', '/faults', { ...at, fault, ...(times === undefined ? {} : { times }) });
const attempt = ({ paymentId }: Payment) => submitPayment(shop.deps, { tenant, paymentId });
const recordOf = ({ paymentId }: Payment) => shop.deps.store.payments.find(tenant, paymentId);

async function executed({ externalApiConsentId }: Payment): Promise<number> {
  const { body } = await shop.sandbox.control('GET', '/counters');
  return body.hybrid.paymentsByConsent[externalApiConsentId] ?? 0;
}

async function postings(): Promise<number> {
  const { body } = await shop.sandbox.control('GET', '/requests');
  return body.filter((request: Record<string, string>) => request.method === 'POST' && request.path === path)
    .length;
}

/** One attempt whose answer is lost, the bank having acted or not. */
async function lostAttempt(kind: 'close-after' | 'close-before'): Promise<Payment> {
  const payment = await shop.authorisedPayment();
  await order({ kind }, { path, method: 'POST' }, 1);
  await expect(attempt(payment)).rejects.toMatchObject({ kind: 'unavailable', sent: 'maybe-sent' });
  return payment;
}

describe.each(['close-after', 'close-before'] as const)('after an answer that was lost by %s', (kind) => {
  it('the same key and bytes are sent again within 23 hours, and the bank executes once', async () => {
    const payment = await lostAttempt(kind);
    await shop.moveClockMs(22 * hourMs + 50 * minuteMs);
    // Where the bank had acted the money has long arrived.
    expect((await attempt(payment)).status).toBe(kind === 'close-after' ? 'settled' : 'following');
    expect((await recordOf(payment))?.externalApiId).toBeTruthy();
    expect(await executed(payment)).toBe(1);
  });

  it.each([23 * hourMs + 50 * minuteMs, 24 * hourMs + 10 * minuteMs, 47 * hourMs])(
    'nothing is sent again %i ms later: the bank says how the consent stands',
    async (outageMs) => {
      const payment = await lostAttempt(kind);
      await shop.moveClockMs(outageMs);
      const before = await postings();
      const acted = kind === 'close-after';
      if (acted) expect((await attempt(payment)).status).toBe('executed-id-unknown');
      else await expect(attempt(payment)).rejects.toMatchObject({ type: 'GrantEnded' });
      expect((await recordOf(payment))?.status).toBe(acted ? 'executed-id-unknown' : 'failed');
      expect((await postings()) - before).toBe(0);
      expect(await executed(payment)).toBe(acted ? 1 : 0);
    },
  );

  it('somebody has to look when the bank has said nothing for 48 hours', async () => {
    const payment = await lostAttempt(kind);
    await order({ kind: 'status', status: 500 }, { path: consentPath, method: 'GET' });
    await shop.moveClockMs(47 * hourMs);
    await expect(attempt(payment)).rejects.toMatchObject({ type: 'BankUnavailable' });
    await shop.moveClockMs(hourMs + minuteMs);
    const before = await postings();
    expect((await attempt(payment)).status).toBe('outcome-unknown');
    expect((await attempt(payment)).status).toBe('outcome-unknown');
    expect((await postings()) - before).toBe(0);
    expect(await executed(payment)).toBeLessThanOrEqual(1);
  });
});

describe('a refusal', () => {
  it('ends a payment at once when nothing was sent before', async () => {
    const payment = await shop.authorisedPayment();
    await order({ kind: 'status', status: 401 });
    await expect(attempt(payment)).rejects.toMatchObject({ type: 'GrantEnded' });
    expect((await recordOf(payment))?.status).toBe('failed');
    expect(await executed(payment)).toBe(0);
  });

  it('ends it only after a while when an attempt may still be on its way', async () => {
    const payment = await lostAttempt('close-before');
    await order({ kind: 'status', status: 401 });
    const early = await attempt(payment).catch((error: unknown) => error);
    expect(early).toMatchObject({ type: 'BankUnavailable' });
    expect(Object(early).retryAfterMs).toBeGreaterThan(minuteMs);
    expect((await recordOf(payment))?.status).toBe('submitting');
    await shop.moveClockMs(2 * minuteMs);
    await expect(attempt(payment)).rejects.toMatchObject({ type: 'GrantEnded' });
    expect((await recordOf(payment))?.status).toBe('failed');
  });

  it('is no failure when the payment had been executed before', async () => {
    const payment = await lostAttempt('close-after');
    await order({ kind: 'status', status: 400, body: '{"Errors":[{"ErrorCode":"U009"}]}' });
    expect((await attempt(payment)).status).toBe('executed-id-unknown');
    expect(await executed(payment)).toBe(1);
  });
});

describe('an exchange rate that lapses', () => {
  const body = consentRequestOf('international-payment', 'v4.0', {
    ExchangeRateInformation: { UnitCurrency: 'GBP', RateType: 'Actual' },
  });
  const abroad = () => shop.authorisedPayment({ family: 'international-payment', body });

  it('is what an order is refused for that reaches the bank too late', async () => {
    const payment = await abroad();
    await shop.moveClockMs(11 * minuteMs);
    const details = { code: 'exchange-rate-expired', httpStatus: 400, errorCodes: ['U009'] };
    await expect(attempt(payment)).rejects.toMatchObject({ type: 'ConsentNotUsable', details });
    expect(await recordOf(payment)).toMatchObject({ status: 'failed', failure: { details } });
    expect(await executed(payment)).toBe(0);
  });

  it('is not, while it holds', async () => {
    const payment = await abroad();
    const body = '{"Errors":[{"ErrorCode":"U009"}]}';
    const at = { path: '/open-banking/v4.0/pisp/international-payments', method: 'POST' };
    await order({ kind: 'status', status: 400, body }, at);
    await expect(attempt(payment)).rejects.toMatchObject({ details: { code: 'consent-not-usable' } });
    expect(await executed(payment)).toBe(0);
  });
});
