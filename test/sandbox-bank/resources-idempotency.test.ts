// One effect for one x-idempotency-key, for 24 hours of the bank's clock.
import { describe, expect, it } from 'vitest';
import {
  agreedPayment,
  consentRequest,
  instruction,
  newKey,
  openBank,
  type Version,
} from './resources-bank.ts';

const versions: Version[] = ['v3.1', 'v4.0'];
const dayMs = 86_400_000;

describe.each(versions)('an idempotency key of %s', (version) => {
  const consents = `/${version}/pisp/domestic-payment-consents`;
  const payments = `/${version}/pisp/domestic-payments`;
  const invalid = version === 'v4.0' ? 'U006' : 'UK.OBIE.Header.Invalid';

  it('makes one consent, however often it comes', async () => {
    const bank = openBank();
    const asked = { token: 'client', key: newKey(), body: consentRequest() };
    const first = await bank.ask('POST', consents, asked);
    const second = await bank.ask('POST', consents, asked);
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect(bank.state.counters().consentsCreated).toBe(1);
  });

  it('answers a repeated payment with its present state', async () => {
    const bank = openBank();
    const { token, order } = await agreedPayment(bank, version);
    const asked = { token, key: newKey(), body: order };
    const first = await bank.ask('POST', payments, asked);
    bank.advance(2_000);
    const second = await bank.ask('POST', payments, asked);
    expect(second.status).toBe(201);
    expect(second.body.Data.DomesticPaymentId).toBe(first.body.Data.DomesticPaymentId);
    expect(second.body.Data.Status).toBe(version === 'v4.0' ? 'ACSP' : 'AcceptedSettlementInProcess');
    expect(bank.state.counters().paymentsExecuted).toBe(1);
  });

  it('makes one payment of two requests that come at once', async () => {
    const bank = openBank();
    bank.knobs.honourSingleUse = false;
    const { token, order } = await agreedPayment(bank, version);
    const asked = { token, key: newKey(), body: order };
    const answers = await Promise.all([bank.ask('POST', payments, asked), bank.ask('POST', payments, asked)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(bank.state.counters().paymentsExecuted).toBe(1);
  });

  it('is refused with another body, and the first stands', async () => {
    const bank = openBank();
    const key = newKey();
    const first = await bank.ask('POST', consents, { token: 'client', key, body: consentRequest() });
    const other = await bank.ask('POST', consents, {
      token: 'client',
      key,
      body: consentRequest(instruction('11.00')),
    });
    expect([other.status, other.codes]).toEqual([400, [invalid]]);
    const again = await bank.ask('POST', consents, { token: 'client', key, body: consentRequest() });
    expect(again.body).toEqual(first.body);
  });

  it('stands for each third party and each path on its own', async () => {
    const bank = openBank();
    const { token, order } = await agreedPayment(bank, version);
    const key = newKey();
    await bank.ask('POST', consents, { token: 'client', key, body: consentRequest() });
    expect(
      (await bank.ask('POST', consents, { token: 'stranger', key, body: consentRequest() })).status,
    ).toBe(201);
    expect((await bank.ask('POST', payments, { token, key, body: order })).status).toBe(201);
    expect(bank.state.counters()).toMatchObject({ consentsCreated: 3, paymentsExecuted: 1 });
  });

  it('is forgotten 24 hours after its first use, not after its last', async () => {
    const bank = openBank();
    const asked = { token: 'client', key: newKey(), body: consentRequest() };
    const first = await bank.ask('POST', consents, asked);
    bank.advance(dayMs - 1);
    expect((await bank.ask('POST', consents, asked)).body.Data.ConsentId).toBe(first.body.Data.ConsentId);
    bank.advance(1);
    expect((await bank.ask('POST', consents, asked)).body.Data.ConsentId).not.toBe(first.body.Data.ConsentId);
    expect(bank.state.counters().consentsCreated).toBe(2);
  });

  it('is not used up by a request that was refused', async () => {
    const bank = openBank();
    const key = newKey();
    const refused = await bank.ask('POST', consents, {
      token: 'client',
      key,
      body: consentRequest(instruction('0.00')),
    });
    expect(refused.status).toBe(400);
    expect((await bank.ask('POST', consents, { token: 'client', key, body: consentRequest() })).status).toBe(
      201,
    );
  });

  it('is needed, and has 1 to 40 characters', async () => {
    const bank = openBank();
    const post = (key?: string) =>
      bank.ask('POST', consents, {
        token: 'client',
        ...(key === undefined ? {} : { key }),
        body: consentRequest(),
      });
    expect((await post()).codes).toEqual([version === 'v4.0' ? 'U007' : 'UK.OBIE.Header.Missing']);
    expect((await post('')).codes).toEqual([invalid]);
    expect((await post('x'.repeat(41))).codes).toEqual([invalid]);
    expect((await post('x'.repeat(40))).status).toBe(201);
    expect((await post('k')).status).toBe(201);
  });
});
