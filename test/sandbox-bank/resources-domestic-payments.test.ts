// Domestic payments: once under a consent, as it was agreed, and on their way by the virtual clock.
import { describe, expect, it } from 'vitest';
import {
  access,
  agreedPayment,
  type Bank,
  instruction,
  newKey,
  openBank,
  type Version,
} from './resources-bank.ts';

const versions: Version[] = ['v3.1', 'v4.0'];
const oldNames: Record<string, string> = {
  RCVD: 'Pending',
  ACSP: 'AcceptedSettlementInProcess',
  ACSC: 'AcceptedSettlementCompleted',
  ACCC: 'AcceptedCreditSettlementCompleted',
  RJCT: 'Rejected',
};

describe.each(versions)('domestic payments of %s', (version) => {
  const path = `/${version}/pisp/domestic-payments`;
  const status = (code: string) => (version === 'v4.0' ? code : oldNames[code]);
  const error = (code: string, oldName: string) => (version === 'v4.0' ? code : `UK.OBIE.${oldName}`);
  const read = async (bank: Bank, id: string) =>
    (await bank.ask('GET', `${path}/${id}`, { token: 'client' })).body.Data;
  const pay = async (bank: Bank, amount = '10.00', more: object = {}) => {
    const { token, order } = await agreedPayment(bank, version, instruction(amount), more);
    return (await bank.ask('POST', path, { token, key: newKey(), body: order })).body.Data;
  };

  it('are made under an authorised consent and use it up', async () => {
    const bank = openBank();
    const { consentId, token, order } = await agreedPayment(bank, version);
    const answer = await bank.ask('POST', path, { token, key: newKey(), body: order });
    expect(answer.status).toBe(201);
    expect(answer.body.Data).toMatchObject({
      ConsentId: consentId,
      Status: status('RCVD'),
      Initiation: order.Data.Initiation,
    });
    expect('Refund' in answer.body.Data).toBe(false);
    const consents = `/${version}/pisp/domestic-payment-consents`;
    const consent = await bank.ask('GET', `${consents}/${consentId}`, { token: 'client' });
    expect(consent.body.Data.Status).toBe(version === 'v4.0' ? 'COND' : 'Consumed');
    const funds = await bank.ask('GET', `${consents}/${consentId}/funds-confirmation`, { token });
    expect(funds.status).toBe(400);
    expect(bank.state.counters()).toEqual({
      consentsCreated: 1,
      paymentsExecuted: 1,
      paymentsByConsent: { [consentId]: 1 },
      paymentsByEndToEnd: { 'E2E-1': 1 },
      paymentsByFamily: { 'domestic-payment': 1 },
    });
  });

  it('are refused a second time under another key', async () => {
    const bank = openBank();
    const { token, order } = await agreedPayment(bank, version);
    await bank.ask('POST', path, { token, key: newKey(), body: order });
    const again = await bank.ask('POST', path, { token, key: newKey(), body: order });
    expect([again.status, again.codes]).toEqual([400, [error('U009', 'Resource.InvalidConsentStatus')]]);
    expect(bank.state.counters().paymentsExecuted).toBe(1);
  });

  it('are counted twice by a bank that does not honour single use', async () => {
    const bank = openBank();
    bank.knobs.honourSingleUse = false;
    const { consentId, token, order } = await agreedPayment(bank, version);
    for (const key of [newKey(), newKey()]) await bank.ask('POST', path, { token, key, body: order });
    expect(bank.state.counters()).toMatchObject({
      paymentsExecuted: 2,
      paymentsByConsent: { [consentId]: 2 },
      paymentsByEndToEnd: { 'E2E-1': 2 },
    });
  });

  it('are refused before the customer agreed and after a refusal', async () => {
    const bank = openBank();
    const { order } = await agreedPayment(bank, version);
    const body = { Data: { Initiation: order.Data.Initiation }, Risk: order.Risk };
    const consent = await bank.ask('POST', `/${version}/pisp/domestic-payment-consents`, {
      token: 'client',
      key: newKey(),
      body,
    });
    const consentId: string = consent.body.Data.ConsentId;
    const asked = () => ({
      token: `consent:${consentId}`,
      key: newKey(),
      body: { ...order, Data: { ...order.Data, ConsentId: consentId } },
    });
    const codes = [error('U009', 'Resource.InvalidConsentStatus')];
    expect((await bank.ask('POST', path, asked())).codes).toEqual(codes);
    bank.state.rejectConsent(consentId);
    expect((await bank.ask('POST', path, asked())).codes).toEqual(codes);
    expect(bank.state.counters().paymentsExecuted).toBe(0);
  });

  it.each([
    ['another amount', { Data: { Initiation: instruction('10.01') } }, 'Data.Initiation'],
    [
      'one member more',
      { Data: { Initiation: instruction('10.00', { LocalInstrument: 'UK.OBIE.FPS' }) } },
      'Data.Initiation',
    ],
    ['another risk', { Risk: { PaymentContextCode: 'TransferToSelf' } }, 'Risk'],
    ['no risk', { Risk: {} }, 'Risk'],
    ['another consent', { Data: { ConsentId: 'pdc-other' } }, 'Data.ConsentId'],
  ])('are refused with %s than agreed', async (_, change, where) => {
    const bank = openBank();
    const { token, order } = await agreedPayment(bank, version);
    const body = { ...order, ...change, Data: { ...order.Data, ...('Data' in change ? change.Data : {}) } };
    const answer = await bank.ask('POST', path, { token, key: newKey(), body });
    expect([answer.status, answer.codes]).toEqual([400, [error('U008', 'Resource.ConsentMismatch')]]);
    expect(answer.body.Errors[0].Path).toBe(where);
    expect(bank.state.counters().paymentsExecuted).toBe(0);
  });

  it('may order the members as they like', async () => {
    const bank = openBank();
    const { token, order } = await agreedPayment(bank, version);
    const Initiation = Object.fromEntries(Object.entries(order.Data.Initiation).reverse());
    const body = { Risk: order.Risk, Data: { Initiation, ConsentId: order.Data.ConsentId } };
    expect((await bank.ask('POST', path, { token, key: newKey(), body })).status).toBe(201);
  });

  it('stay on the version of their consent', async () => {
    const bank = openBank();
    const { token, order } = await agreedPayment(bank, version);
    const other = version === 'v4.0' ? 'v3.1' : 'v4.0';
    const elsewhere = await bank.ask('POST', `/${other}/pisp/domestic-payments`, {
      token,
      key: newKey(),
      body: order,
    });
    expect(elsewhere.status).toBe(403);
  });

  it('move with the virtual clock to the credit of the creditor', async () => {
    const bank = openBank();
    const { DomesticPaymentId: id } = await pay(bank);
    const seen: string[] = [];
    for (const ms of [1_999, 1, 2_000, 2_000, 86_400_000]) {
      bank.advance(ms);
      seen.push((await read(bank, id)).Status);
    }
    expect(seen).toEqual(['RCVD', 'ACSP', 'ACSC', 'ACCC', 'ACCC'].map(status));
    expect((await read(bank, id)).StatusUpdateDateTime).toBe('2026-11-20T15:00:06.000Z');
  });

  it('move with each read when the bank is told so', async () => {
    const bank = openBank();
    Object.assign(bank.knobs, { advanceOnRead: true, paymentStatuses: ['RCVD', 'ACSP', 'ACCC'] });
    const payment = await pay(bank);
    bank.advance(86_400_000);
    const id = payment.DomesticPaymentId;
    const first = await read(bank, id);
    bank.advance(1_000);
    const second = await read(bank, id);
    expect([payment.Status, first.Status, second.Status]).toEqual(['RCVD', 'ACSP', 'ACCC'].map(status));
    expect((await read(bank, id)).StatusUpdateDateTime).toBe(second.StatusUpdateDateTime);
    expect(first.StatusUpdateDateTime).toBe('2026-11-21T15:00:00.000Z');
  });

  it('are final at once when a step takes no time', async () => {
    const bank = openBank();
    bank.knobs.paymentStepMs = 0;
    expect((await pay(bank)).Status).toBe(status('ACCC'));
  });

  it('of thirteen pence end rejected on their way', async () => {
    const bank = openBank();
    const { DomesticPaymentId: id } = await pay(bank, '5.13');
    bank.advance(2_000);
    expect((await read(bank, id)).Status).toBe(status('ACSP'));
    bank.advance(2_000);
    const payment = await read(bank, id);
    expect(payment.Status).toBe(status('RJCT'));
    expect(payment.StatusReason?.[0].StatusReasonCode).toBe(version === 'v4.0' ? 'AC04' : undefined);
  });

  it('without the money are rejected before they leave', async () => {
    const bank = openBank();
    const { DomesticPaymentId: id } = await pay(bank, '9000000.00');
    bank.advance(2_000);
    const payment = await read(bank, id);
    expect(payment.Status).toBe(status('RJCT'));
    expect(payment.StatusReason?.[0].StatusReasonCode).toBe(version === 'v4.0' ? 'AM04' : undefined);
  });

  it('name the account to refund to when asked', async () => {
    const payment = await pay(openBank(), '10.00', { ReadRefundAccount: 'Yes' });
    expect(payment.Refund.Account).toMatchObject({ Identification: '99000110222890', Name: 'MS A HART' });
  });

  it('tell their details in the words of the version', async () => {
    const bank = openBank();
    const { DomesticPaymentId: id } = await pay(bank, '5.13');
    const details = async () =>
      (await bank.ask('GET', `${path}/${id}/payment-details`, { token: 'client' })).body.Data.PaymentStatus;
    expect((await details())[0]).toMatchObject({
      PaymentTransactionId: id,
      Status: version === 'v4.0' ? 'RCVD' : 'Received',
    });
    bank.advance(4_000);
    const [rejected] = await details();
    expect(rejected.Status).toBe(status('RJCT'));
    expect(rejected.StatusDetail.StatusReason).toBe(version === 'v4.0' ? 'AC04' : 'ProprietaryRejection');
  });

  it('belong to the third party that made them and to their version', async () => {
    const bank = openBank();
    const { DomesticPaymentId: id } = await pay(bank);
    expect((await bank.ask('GET', `${path}/${id}`, { token: 'stranger' })).status).toBe(403);
    expect((await bank.ask('GET', `${path}/${id}/payment-details`, { token: 'stranger' })).status).toBe(403);
    expect((await bank.ask('GET', `${path}/none`, { token: 'client' })).codes).toEqual([
      error('U011', 'Resource.NotFound'),
    ]);
    const other = `/${version === 'v4.0' ? 'v3.1' : 'v4.0'}/pisp/domestic-payments/${id}`;
    expect((await bank.ask('GET', other, { token: 'client' })).status).toBe(400);
    expect((await bank.ask('GET', `${other}/payment-details`, { token: 'client' })).status).toBe(400);
  });

  it('show on the account they leave: pending first, then booked, never when rejected', async () => {
    const bank = openBank();
    const token = await access(bank, version);
    const newest = async () => {
      const { body } = await bank.ask('GET', `/${version}/aisp/accounts/22289/transactions`, { token });
      return body.Data.Transaction[0];
    };
    const balance = async (index: number) => {
      const { body } = await bank.ask('GET', `/${version}/aisp/accounts/22289/balances`, { token });
      return Math.round(Number(body.Data.Balance[index].Amount.Amount) * 100);
    };
    const [booked, available] = [await balance(0), await balance(1)];
    await pay(bank, '10.00');
    expect(await newest()).toMatchObject({
      Amount: { Amount: '10.00' },
      Status: version === 'v4.0' ? 'PDNG' : 'Pending',
      CreditorAccount: { Name: 'Halcyon Interiors' },
    });
    expect([await balance(0), await balance(1)]).toEqual([booked, available - 1_000]);
    bank.advance(4_000);
    expect(await newest()).toMatchObject({
      Status: version === 'v4.0' ? 'BOOK' : 'Booked',
      CreditDebitIndicator: 'Debit',
    });
    expect([await balance(0), await balance(1)]).toEqual([booked - 1_000, available - 1_000]);
    await pay(bank, '7.13');
    bank.advance(4_000);
    expect((await newest()).Amount.Amount).toBe('10.00');
    expect([await balance(0), await balance(1)]).toEqual([booked - 1_000, available - 1_000]);
  });
});
