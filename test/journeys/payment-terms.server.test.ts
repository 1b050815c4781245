// What comes with payments: further authorisers, accounts to refund to, charges, exchange rates and cut-off times reach the
// caller as banks of both versions tell of them, and each leads to the end that it has to.
import { Client, Connection } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { paymentWorkflowId } from '../../workflows/contracts/ids.ts';
import { paymentNames } from '../../workflows/contracts/payment.ts';
import { consentRequestOf, orderOf } from '../sandbox-bank/payment-requests.ts';
import {
  authorise,
  type Consent,
  consentIdMember,
  create,
  executedPayments,
  register,
} from './customer-journeys.ts';
import { eventually } from './eventually.ts';
import { type House, openHouse } from './house.ts';

const minuteMs = 60_000;
type Family = 'domestic-payment' | 'international-payment';

let house: House;
let connection: Connection;
let temporal: Client;
let statementId: string;

beforeAll(async () => {
  house = await openHouse();
  connection = await Connection.connect({ address: house.everything.temporalAddress });
  temporal = new Client({ connection });
  statementId = (await register(house, 'Sandbox_Hybrid')).SoftwareStatementId;
});
afterAll(async () => {
  await connection.close();
  await house.close();
});

describe.each([
  { version: 'v4.0', profile: 'Sandbox_Hybrid', bank: 'hybrid' },
  { version: 'v3.1', profile: 'Sandbox_Jarm', bank: 'jarm' },
] as const)('on a bank of $version', ({ version, profile, bank }) => {
  let registrationId: string;

  const turn = (knobs: object) => house.control('POST', '/knobs', { bank, ...knobs });

  beforeAll(async () => {
    const changes = { PispUseV4: version === 'v4.0' };
    registrationId = (await register(house, profile, statementId, changes)).Id;
  });
  beforeEach(() => turn({ paymentStepMs: 0, accessTokenSeconds: 24 * 3600 }));
  afterEach(() => turn({ authorisersRequired: 1, cutOff: null }));

  async function consented(family: Family, initiation: Record<string, unknown> = {}, more: object = {}) {
    const request = consentRequestOf(family, 'v4.0', initiation, more);
    const { Id, ExternalApiId, ExternalApiResponse } = await create(house, `/pisp/${family}-consents`, {
      ...{ BankRegistrationId: registrationId, ExternalApiRequest: request },
    });
    return { id: Id, externalApiId: ExternalApiId, request, told: ExternalApiResponse.Data };
  }

  async function authorised(...asked: Parameters<typeof consented>) {
    const consent = await consented(...asked);
    await authorise(house, asked[0], consent);
    return consent;
  }

  const pay = (family: Family, { id, request }: Awaited<ReturnType<typeof consented>>) =>
    house.ask('POST', `/pisp/${family}s`, {
      [consentIdMember(family)]: id,
      ExternalApiRequest: orderOf('', request),
    });

  const listed = async ({ id }: Consent) =>
    (await house.ask('GET', `/payments?consentId=${id}&family=international-payment`)).body.Data;

  it('an order of two people is followed until both have agreed, with its charges and the account to refund to', async () => {
    const family = 'international-payment';
    await turn({ authorisersRequired: 2 });
    const consent = await authorised(
      family,
      {
        ExchangeRateInformation: { UnitCurrency: 'GBP', RateType: 'Actual' },
        LocalInstrument: 'UK.OBIE.SWIFT',
      },
      { ReadRefundAccount: 'Yes' },
    );
    const Charges = [expect.objectContaining({ Amount: { Amount: '9.50', Currency: 'GBP' } })];
    const ExchangeRateInformation = { RateType: 'Actual', ExpirationDateTime: expect.any(String) };
    expect(consent.told).toMatchObject({ Charges, ExchangeRateInformation, ReadRefundAccount: 'Yes' });

    const { status, body } = await pay(family, consent);
    expect([status, body.Warnings]).toEqual([201, undefined]);
    const order = body.ExternalApiResponse.Data;
    expect(order).toMatchObject({
      ...{ Charges, ExchangeRateInformation },
      Refund: { Account: { Identification: expect.any(String) }, Agent: expect.any(Object) },
      MultiAuthorisation: { Status: 'AWAF', NumberRequired: 2, NumberReceived: 1 },
    });
    const [payment] = await listed(consent);
    expect(payment).toMatchObject({ Family: family, Status: 'following', BankProfile: profile });
    const paymentId = order.InternationalPaymentId;
    expect(payment.ExternalApiId).toBe(paymentId);

    await house.control('POST', '/psu/co-authorise', { bank, paymentId, decision: 'approve' });
    const record = await eventually(async () => {
      const { body: found } = await house.ask('GET', `/payments/${payment.Id}`);
      expect(found.Status).toBe('settled');
      return found;
    });
    const ours = record.History.map((each: Record<string, string>) => each.Status);
    // The bank may have said more than one thing while it was followed.
    expect([...new Set(ours)]).toEqual(['submitting', 'following', 'settled']);
    expect(record.History.at(-1)).toMatchObject({ Status: 'settled', ExternalApiStatus: 'ACCC' });
    const { ExternalApiResponse } = (await house.ask('GET', `/pisp/international-payments/${paymentId}`))
      .body;
    expect(ExternalApiResponse.Data.MultiAuthorisation).toMatchObject({ Status: 'AUTH', NumberReceived: 2 });
    expect(await executedPayments(house, profile, consent)).toBe(1);
  });

  it('an order of two people ends as rejected when one of them refuses, whatever news there were before', async () => {
    await turn({ authorisersRequired: 2 });
    const consent = await authorised('international-payment');
    const { body } = await pay('international-payment', consent);
    const paymentId = body.ExternalApiResponse.Data.InternationalPaymentId;
    const [payment] = await listed(consent);
    const journey = temporal.workflow.getHandle(paymentWorkflowId(payment.Id));
    await journey.signal(paymentNames.bankHasNews);
    await eventually(async () => {
      const { events = [] } = await journey.fetchHistory();
      const looks = events?.filter(
        (each) => each.activityTaskScheduledEventAttributes?.activityType?.name === 'followPaymentStatus',
      );
      const calledOff = events?.filter((each) => each.activityTaskCancelRequestedEventAttributes);
      expect([looks?.length, calledOff?.length]).toEqual([2, 1]);
    });
    await house.control('POST', '/psu/co-authorise', { bank, paymentId, decision: 'refuse' });
    await eventually(async () => expect(await listed(consent)).toMatchObject([{ Status: 'rejected' }]));
  });

  it('an order is refused before anything is sent once the exchange rate has lapsed', async () => {
    const ExchangeRateInformation = { UnitCurrency: 'GBP', RateType: 'Actual' };
    const consent = await authorised('international-payment', { ExchangeRateInformation });
    await house.moveClockMs(11 * minuteMs);
    expect(await pay('international-payment', consent)).toMatchObject({
      ...{ status: 409, body: { code: 'exchange-rate-expired' } },
    });
    expect(await listed(consent)).toEqual([]);
    // An order would have ended it.
    const { body } = await house.ask('GET', `/pisp/international-payment-consents/${consent.id}`);
    expect(body.ExternalApiResponse.Data.Status).toBe('AUTH');
    expect(await executedPayments(house, profile, consent)).toBe(0);
  });

  it('the cut-off time is told, and the refusal of an order after it is told as one', async () => {
    const now = new Date((await house.control('GET', '/clock')).now);
    const minute = (now.getUTCHours() * 60 + now.getUTCMinutes() + 30) % (24 * 60);
    await turn({ cutOff: { minute, afterwards: 'next-day' } });
    const consent = await authorised('international-payment');
    const cutOffMs = Date.parse(consent.told.CutOffDateTime);
    expect((cutOffMs / minuteMs) % (24 * 60)).toBe(minute);
    await turn({ cutOff: { minute, afterwards: 'refuse' } });
    await house.moveClockMs(31 * minuteMs);
    const refusal = { code: 'bank-rejected-request', bankErrorCodes: ['U012'] };
    expect(await pay('international-payment', consent)).toMatchObject({ status: 400, body: refusal });
    expect(await listed(consent)).toMatchObject([{ Status: 'failed', Problem: refusal }]);
    expect(await executedPayments(house, profile, consent)).toBe(0);
  });
});
