// A payment in one request: the customer goes to the bank and comes back, and everything else happens by itself; and what
// becomes of it when they do not.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redirectForm } from '../../cli/sandbox-customer.ts';
import { create, delegate, executedPayments, register } from './customer-journeys.ts';
import { eventually } from './eventually.ts';
import { type House, openHouse } from './house.ts';

const path = '/payment-journeys';
const dayMs = 86_400_000;

let house: House;
let registrationId: string;

beforeAll(async () => {
  house = await openHouse();
  registrationId = (await register(house, 'Sandbox_Hybrid')).Id;
});
afterAll(() => house.close());

const request = (changes: object = {}) => ({
  BankRegistrationId: registrationId,
  InstructedAmount: { Amount: '12.50', Currency: 'GBP' },
  Creditor: { Name: 'Halcyon Interiors', Identification: '99000212345678' },
  RemittanceReference: 'INVOICE-7',
  ReturnUrl: 'https://shop.example/orders/7',
  ...changes,
});

async function authorise(authUrl: string) {
  const answer = await delegate(house, redirectForm(await house.authorise(authUrl)));
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 });
}

const statusOf = async (id: string) => (await house.ask('GET', `${path}/${id}`)).body.Status;

async function consentAtBank({ ConsentId, Family }: { ConsentId: string; Family: string }) {
  const { body } = await house.ask('GET', `/pisp/${Family}-consents/${ConsentId}`, undefined, {
    'x-obc-exclude-external-api-operation': 'true',
  });
  return { id: ConsentId, externalApiId: body.ExternalApiId };
}

describe('a payment asked for in one request', () => {
  it('is paid once when the customer has said yes, and its asker hears of each step', async () => {
    const journey = await create(house, path, request());
    expect(journey).toMatchObject({
      Status: 'awaiting-authorisation',
      IsFinal: false,
      Family: 'domestic-payment',
    });
    const { Id, AuthUrl } = journey;
    const seen: string[] = [];
    const following = follow(Id, (status) => seen.push(status));
    const waiting = house.ask('GET', `${path}/${Id}?waitSeconds=30&unlessStatus=awaiting-authorisation`);
    await authorise(AuthUrl);
    expect((await waiting).body.Status).not.toBe('awaiting-authorisation');
    await eventually(async () => expect(await statusOf(Id)).toBe('following'));
    // The bank's clock goes on, and with it the payment.
    await house.moveClockMs(dayMs);
    await following;
    expect(seen[0]).toBe('awaiting-authorisation');
    expect(seen.at(-1)).toBe('settled');
    const { body } = await house.ask('GET', `${path}/${Id}`);
    expect(body).toMatchObject({ IsFinal: true, PaymentId: expect.any(String), ExternalApiStatus: 'ACCC' });
    expect(await executedPayments(house, 'Sandbox_Hybrid', await consentAtBank(journey))).toBe(1);
  });

  it('is the same one under the same key', async () => {
    const key = { 'x-idempotency-key': randomUUID() };
    const [first, second] = await Promise.all([
      create(house, path, request(), key),
      create(house, path, request(), key),
    ]);
    expect(second.Id).toBe(first.Id);
    const other = await house.ask('POST', path, request({ Reference: 'another' }), key);
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency-key-reused' } });
    // Every link leads there.
    await authorise(second.AuthUrl);
    await eventually(async () => expect(await statusOf(first.Id)).toBe('following'));
    expect(await executedPayments(house, 'Sandbox_Hybrid', await consentAtBank(first))).toBe(1);
  });

  it.each([
    ['domestic-scheduled-payment', (at: string) => ({ RequestedExecutionDateTime: at })],
    [
      'domestic-standing-order',
      (at: string) => ({
        Schedule: { Frequency: { Type: 'MNTH', PointInTime: '15' }, FirstPaymentDateTime: at },
      }),
    ],
  ])('may be for later: %s', async (family, when) => {
    const { now } = await house.control('GET', '/clock');
    const later = new Date(Date.parse(now) + 30 * dayMs).toISOString();
    const journey = await create(
      house,
      path,
      request({ ...when(later), BankRegistrationId: undefined, BankProfile: 'Sandbox_Hybrid' }),
    );
    expect(journey.Family).toBe(family);
    const { AuthUrl } = await create(house, `${path}/${journey.Id}/auth-url`, {});
    await authorise(AuthUrl);
    await eventually(async () => expect(['following', 'initiated']).toContain(await statusOf(journey.Id)));
  });

  it('can be called off until the customer has authorised it', async () => {
    const { Id, AuthUrl } = await create(house, path, request());
    const off = await house.ask('POST', `${path}/${Id}/call-off`);
    expect(off).toMatchObject({ status: 200, body: { Status: 'called-off', IsFinal: true } });
    expect(await house.ask('POST', `${path}/${Id}/call-off`)).toMatchObject({ status: 200 });
    const late = await delegate(house, redirectForm(await house.authorise(AuthUrl)));
    expect(late.status).toBeGreaterThanOrEqual(400);
    const paid = await create(house, path, request());
    await authorise(paid.AuthUrl);
    expect(await house.ask('POST', `${path}/${paid.Id}/call-off`)).toMatchObject({
      ...{ status: 409, body: { code: 'payment-journey-too-late' } },
    });
  });

  it('is refused when the customer says no and the bank ends the consent, and nothing is paid', async () => {
    const journey = await create(house, path, request());
    const back = await house.authorise(journey.AuthUrl, { decision: 'deny' });
    const answer = await delegate(house, redirectForm(back));
    expect(answer).toMatchObject({ status: 400, body: { code: 'authorisation-refused' } });
    const { body } = await house.ask('GET', `${path}/${journey.Id}`);
    expect(body).toMatchObject({ Status: 'refused', IsFinal: true });
    expect(await executedPayments(house, 'Sandbox_Hybrid', await consentAtBank(journey))).toBe(0);
  });

  it('goes on when somebody only says that the customer refused', async () => {
    const journey = await create(house, path, request());
    const back = redirectForm(await house.authorise(journey.AuthUrl));
    const said = new URLSearchParams({ state: back.get('state') ?? '', error: 'access_denied' });
    expect((await delegate(house, said)).body.code).toBe('authorisation-refused');
    expect(await statusOf(journey.Id)).toBe('awaiting-authorisation');
    expect(await delegate(house, back)).toMatchObject({ status: 201 });
    await eventually(async () => expect(await statusOf(journey.Id)).toBe('following'));
  });

  it('is abandoned when the customer never comes back', async () => {
    const { Id } = await create(house, path, request());
    const open = await create(house, path, request({ BankRegistrationId: undefined }));
    expect(open).toMatchObject({ Status: 'awaiting-bank', HostedUrl: expect.any(String) });
    await house.moveClockMs(dayMs + 60_000);
    for (const id of [Id, open.Id])
      await eventually(async () => expect(await statusOf(id)).toBe('abandoned'));
  });

  it.each([
    [{ BankProfile: 'Sandbox_Hybrid' }, 'BankProfile'],
    [{ ReturnUrl: 'http://shop.example' }, 'ReturnUrl'],
    [{ Creditor: { Name: 'x' } }, 'Creditor.Identification'],
    [{ InstructedAmount: { Amount: '1,5', Currency: 'GBP' } }, 'InstructedAmount.Amount'],
  ])('is refused by name: %j', async (changes, member) => {
    const { status, body } = await house.ask('POST', path, request(changes));
    expect([status, body.code, Object.keys(body.errors)]).toEqual([400, 'validation-failed', [member]]);
  });
});

async function follow(id: string, tell: (status: string) => void): Promise<void> {
  const url = new URL(`${path}/${id}/events`, house.everything.roles.api.addresses.api);
  const answer = await fetch(url);
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const text = await answer.text();
  for (const [, data = ''] of text.matchAll(/^data: (.*)$/gm)) tell(JSON.parse(data).Status);
}
