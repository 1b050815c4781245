// Webhooks in a whole house: what happens to consents and payments arrives at a real receiver, signed and in order, and nothing
// is lost when the worker dies between storing, telling, sending and recording.
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { redirectForm } from '../../cli/sandbox-customer.ts';
import { freePort } from '../../embedded/free-port.ts';
import type { RoleProcess } from '../../embedded/role-process.ts';
import { type EventType, envelopeOf, eventTypes } from '../../notifications/catalogue.ts';
import { answerWith, type Received, type Receiver, startReceiver } from '../notifications/receiver.ts';
import {
  authorise,
  create,
  createPaymentConsent,
  delegate,
  register,
  submitPayment,
} from './customer-journeys.ts';
import { eventually } from './eventually.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let receiver: Receiver;
let worker: RoleProcess;
let endpointId: string;
let secret: string;
let metricsPort: number;

beforeAll(async () => {
  metricsPort = await freePort();
  const settings = { WEBHOOK_ALLOWED_HOSTS: '127.0.0.1', WORKER_METRICS_PORT: String(metricsPort) };
  [house, receiver] = await Promise.all([openHouse(settings), startReceiver()]);
  worker = house.everything.roles.worker;
  const Url = `http://127.0.0.1:${receiver.port}/hooks`;
  const endpoint = await create(house, '/webhook-endpoints', { Url });
  endpointId = endpoint.Id;
  secret = endpoint.Secret;
});
afterAll(async () => {
  await house.close();
  await receiver.close();
});
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer(answerWith(204));
});

const isEvent = (type: string): type is EventType => eventTypes.some((each) => each === type);

/** Verified by the library, and as the catalogue has it. */
function eventOf({ body, headers }: Received, by = secret) {
  const { type } = new Webhook(by).verify(body, headers) as { type: string };
  if (!isEvent(type)) throw new Error('an event that is in no catalogue');
  return { id: headers['webhook-id'], ...envelopeOf(type).parse(JSON.parse(body)) };
}

const received = (count: number) =>
  eventually(async () => {
    expect(receiver.received.length).toBeGreaterThanOrEqual(count);
    return receiver.received.map((each) => eventOf(each));
  });

/** Samples of webhooks, by name and labels. */
async function samplesAt(url: string): Promise<Map<string, number>> {
  const text = await (await fetch(url)).text();
  const lines = text.split('\n').filter((line) => line.startsWith('webhook'));
  return new Map(
    lines.map((line): [string, number] => [
      line.slice(0, line.lastIndexOf(' ')),
      Number(line.split(' ').at(-1)),
    ]),
  );
}
const ofWorker = () => samplesAt(`http://127.0.0.1:${metricsPort}/metrics`);
const waiting = async () =>
  (await samplesAt(`${house.everything.roles.api.addresses.api}/metrics`)).get('webhooks_waiting');

const test = async (): Promise<string> =>
  (await create(house, `/webhook-endpoints/${endpointId}/test`, {})).WebhookEventId;

const deliveriesOf = async (eventId: string) => {
  const { body } = await house.ask('GET', `/webhook-endpoints/${endpointId}/deliveries`);
  return body.Data.filter((delivery: { WebhookEventId: string }) => delivery.WebhookEventId === eventId);
};

it('arrive signed, and again when they are replayed', async () => {
  const eventId = await test();
  const [event] = await received(1);
  expect(event).toMatchObject({ id: eventId, type: 'webhook-endpoint.test' });
  await create(house, `/webhook-events/${eventId}/replay`, { WebhookEndpointId: endpointId });
  const [first, again] = await received(2);
  expect(again).toEqual(first);
  await eventually(async () => {
    expect(await deliveriesOf(eventId)).toMatchObject([
      { Status: 'delivered', IsReplay: false, Attempts: [{ Outcome: 'delivered', HttpStatus: 204 }] },
      { Status: 'delivered', IsReplay: true, Attempts: [{ Outcome: 'delivered', HttpStatus: 204 }] },
    ]);
  });
});

it('tell what happens to a consent and its payment, each in order, with no more than ids and states', async () => {
  const { Id: registrationId } = await register(house, 'Sandbox_Hybrid');
  const consent = await createPaymentConsent(house, registrationId);
  await authorise(house, 'domestic-payment', consent);
  expect(await submitPayment(house, consent)).toMatchObject({ status: 201 });
  await eventually(async () => {
    const events = receiver.received
      .map((each) => eventOf(each))
      .map(({ type, data }) => ({ type, ...data }));
    const of = (type: EventType) => events.filter((event) => event.type === type);
    const states = (type: EventType) => of(type).map((event) => ('Status' in event ? event.Status : ''));
    expect(states('consent.status-changed')).toEqual(['authorised', 'consumed']);
    expect(states('payment.status-changed').at(-1)).toBe('settled');
    expect(
      states('payment.status-changed')
        .slice(0, -1)
        .every((status) => status === 'following'),
    ).toBe(true);
    for (const event of events)
      expect(event).toMatchObject({ ConsentId: consent.id, BankProfile: 'Sandbox_Hybrid' });
  });
  expect(JSON.stringify(receiver.received)).not.toContain('Halcyon Interiors');
  expect(JSON.stringify(receiver.received)).not.toContain('99000212345678');
});

it('of one payment in one request arrive where its asker said, signed with its own secret', async () => {
  const own = await startReceiver();
  try {
    const { Id: BankRegistrationId } = await register(house, 'Sandbox_Hybrid');
    const journey = await create(house, '/payment-journeys', {
      BankRegistrationId,
      InstructedAmount: { Amount: '12.50', Currency: 'GBP' },
      Creditor: { Name: 'Halcyon Interiors', Identification: '99000212345678' },
      ReturnUrl: 'https://shop.example/orders/7',
      Webhook: { Url: `http://127.0.0.1:${own.port}/orders/7` },
    });
    const back = redirectForm(await house.authorise(journey.AuthUrl));
    expect(await delegate(house, back)).toMatchObject({ status: 201 });
    await eventually(async () => {
      const events = own.received.map((each) => eventOf(each, journey.Webhook.Secret).data);
      expect(events.at(-1)).toMatchObject({ PaymentJourneyId: journey.Id, Status: 'settled' });
      expect(new Set(events.map((data) => 'PaymentJourneyId' in data && data.PaymentJourneyId)).size).toBe(1);
    });
  } finally {
    await own.close();
  }
});

it('are tried again when they were not taken', async () => {
  receiver.answer((request, response) =>
    answerWith(receiver.received.length === 1 ? 500 : 204)(request, response),
  );
  const eventId = await test();
  await received(2);
  await eventually(async () => {
    expect(await deliveriesOf(eventId)).toMatchObject([
      { Status: 'delivered', Attempts: [{ HttpStatus: 500 }, { HttpStatus: 204 }] },
    ]);
  });
});

it('are counted by how they went, and timed, without a word of whose they are', async () => {
  await eventually(async () => {
    expect(await waiting()).toBe(0);
    const samples = await ofWorker();
    const delivered = samples.get('webhook_deliveries_total{outcome="delivered"}');
    expect(delivered).toBeGreaterThanOrEqual(5);
    expect(samples.get('webhook_attempts_total{outcome="delivered"}')).toBe(delivered);
    expect(samples.get('webhook_attempts_total{outcome="refused"}')).toBe(1);
    expect(samples.get('webhook_delivery_duration_seconds_count')).toBe(delivered);
    expect(samples.get('webhook_delivery_duration_seconds_bucket{le="259200"}')).toBe(delivered);
  });
});

it('arrive twice when the worker is killed between sending and recording, and wait for one that is to come', async () => {
  const arrived = Promise.withResolvers<void>();
  receiver.answer(() => arrived.resolve());
  const eventId = await test();
  await arrived.promise;
  worker.signal('SIGKILL');
  await worker.ended;
  receiver.answer(answerWith(204));
  // Stored while there is nobody who could tell a journey of it.
  const stored = await test();
  expect(await waiting()).toBe(2);
  worker = await house.startWorker({ WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' });
  await eventually(async () => {
    const ids = receiver.received.map((each) => eventOf(each)).map(({ id }) => id);
    expect(ids.toSorted()).toEqual([eventId, eventId, stored].toSorted());
  });
  await eventually(async () => {
    expect(await deliveriesOf(eventId)).toMatchObject([{ Status: 'delivered' }]);
    expect(await deliveriesOf(stored)).toMatchObject([{ Status: 'delivered' }]);
  });
});

it('leave neither payload, URL nor secret in logs', () => {
  for (const role of ['api', 'worker']) {
    expect(house.logOf(role)).not.toContain(secret.slice('whsec_'.length));
    expect(house.logOf(role)).not.toContain(`:${receiver.port}`);
  }
});
