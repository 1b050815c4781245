// Payment journeys in the store: how one stands is read off its consent and its payment.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordBankChoice } from '../../activities/record-bank-choice.ts';
import { newSigningSecret } from '../../notifications/signatures.ts';
import {
  addConsent,
  addRegistration,
  failure,
  newClient,
  newPayment,
  newRegistration,
  tenant,
} from './records.ts';
import { useTestDatabase } from './test-database.ts';
import { newWebhookEndpoint } from './webhook-records.ts';

const database = useTestDatabase();
let registrationId: string;
beforeAll(async () => {
  registrationId = await addRegistration(database.store);
});

async function addJourney(status?: 'creating') {
  const { store } = database;
  const values = { family: 'domestic-payment' } as const;
  const consentId = randomUUID();
  if (status === 'creating')
    await store.consents.insert(tenant, {
      ...{ id: consentId, createdBy: null, reference: null, bankRegistrationId: registrationId },
      ...{ externalApiUserId: null, requestBody: '{}', useV4: true, ...values },
    });
  const id = status === 'creating' ? consentId : await addConsent(store, registrationId, values);
  const journey = { id: randomUUID(), consentId: id, paymentId: randomUUID() };
  const returnUrl = 'https://shop.example/orders/7';
  await store.paymentJourneys.insert(tenant, { ...journey, returnUrl, createdBy: null, reference: null });
  return journey;
}

describe('a payment journey', () => {
  it('has the id of the payment that was made, whoever made it', async () => {
    const { paymentJourneys, payments } = database.store;
    const { id, consentId, paymentId } = await addJourney();
    expect(await paymentJourneys.find(tenant, id)).toMatchObject({ paymentId, paymentStatus: null });
    const other = newPayment(consentId);
    await payments.insert(tenant, other);
    expect(await paymentJourneys.find(tenant, id)).toMatchObject({ paymentId: other.id });
  });

  it('has the failure of its payment, with the words of the bank', async () => {
    const { paymentJourneys, payments } = database.store;
    const { id, consentId } = await addJourney();
    const payment = newPayment(consentId);
    await payments.insert(tenant, payment);
    expect(await paymentJourneys.find(tenant, id)).toMatchObject({ failure: null });
    await payments.recordEnded(tenant, payment.id, { status: 'failed', failure });
    expect(await paymentJourneys.find(tenant, id)).toMatchObject({ paymentStatus: 'failed', failure });
  });

  it('has the failure of its consent, where it came to no payment', async () => {
    const { paymentJourneys, consents } = database.store;
    const { id, consentId } = await addJourney('creating');
    await consents.recordFailed(tenant, consentId, failure);
    expect(await paymentJourneys.findByConsent(tenant, consentId)).toMatchObject({
      ...{ id, consentStatus: 'failed', failure },
    });
  });
});

describe('a webhook endpoint of one payment journey', () => {
  it('is told of that alone, and of that again when it is replayed', async () => {
    const { consents, webhookEndpoints, webhookEvents } = database.store;
    const [one, other] = [await addJourney(), await addJourney()];
    for (const { id } of [one, other]) {
      const endpoint = newWebhookEndpoint({ id, journeyId: id });
      await webhookEndpoints.insert(tenant, endpoint, newSigningSecret('hmac-sha256'));
    }
    const ofAll = newWebhookEndpoint();
    await webhookEndpoints.insert(tenant, ofAll, newSigningSecret('hmac-sha256'));
    await consents.recordEnd(tenant, one.consentId, 'abandoned');
    const { items } = await webhookEvents.listPage(tenant, { resourceId: one.consentId, limit: 2 });
    const eventId = items[0]?.id ?? '';
    expect(JSON.parse(items[0]?.payload ?? '').data).toMatchObject({ PaymentJourneyId: one.id });
    const deliveries = await database.db<{ endpointId: string }>`
      SELECT endpoint_id FROM webhook_delivery WHERE event_id = ${eventId}`;
    const told = [one.id, ofAll.id].sort();
    expect(deliveries.map(({ endpointId }) => endpointId).sort()).toEqual(told);
    const again = await webhookEvents.replay(tenant, { eventId, occasionId: randomUUID() });
    expect(again.map(({ endpointId }) => endpointId).sort()).toEqual(told);
    const listed = await webhookEndpoints.listPage(tenant, { limit: 50 });
    expect(listed.items.map(({ id }) => id)).toEqual([ofAll.id]);
  });
});

describe('the client that pays at a bank', () => {
  it('is the newest one that is registered and may start payments', async () => {
    const { registrations, softwareStatements } = database.store;
    const { items } = await softwareStatements.listPage(tenant, { limit: 1 });
    const bankProfile = 'Bank of this test';
    const add = async (registrationScope: 'All' | 'PaymentInitiation' | 'AccountAndTransaction') => {
      const asked = { ...newRegistration(items[0]?.id ?? ''), bankProfile };
      await registrations.insertRequested(tenant, asked);
      const client = { ...newClient(), registrationScope };
      await registrations.recordRegistered(tenant, asked.id, { client });
      database.clock.moveMs(1000);
      return asked.id;
    };
    expect(await registrations.findNewestForPayments(tenant, bankProfile)).toBeUndefined();
    await add('All');
    const newest = await add('PaymentInitiation');
    await add('AccountAndTransaction');
    await registrations.insertRequested(tenant, { ...newRegistration(items[0]?.id ?? ''), bankProfile });
    expect(await registrations.findNewestForPayments(tenant, bankProfile)).toMatchObject({ id: newest });
  });
});

describe('a payment whose customer chooses the bank', () => {
  const open = {
    ...{ family: 'domestic-payment' as const, requestBody: '{"Data":{}}', externalApiUserId: 'user-1' },
    customerIpAddress: '203.0.113.7',
  } as const;

  async function addOpen() {
    const journey = { id: randomUUID(), consentId: randomUUID(), paymentId: randomUUID() };
    const values = { ...journey, returnUrl: 'https://shop.example/', createdBy: null, reference: 'r', open };
    await database.store.paymentJourneys.insert(tenant, values);
    return journey;
  }
  const choose = (journeyId: string, bankRegistrationId = registrationId) =>
    recordBankChoice(
      { store: database.store },
      { tenant, journeyId, bankRegistrationId, bank: 'Sandbox_Hybrid' },
    );

  it('is at no bank until they have, and keeps what is to be asked there', async () => {
    const { paymentJourneys } = database.store;
    const { id } = await addOpen();
    expect(await paymentJourneys.find(tenant, id)).toMatchObject({
      ...{ bankProfile: null, bankRegistrationId: null, family: 'domestic-payment', ended: null },
    });
    expect(await paymentJourneys.findOpen(tenant, id)).toEqual(open);
    expect(await paymentJourneys.findOpen(tenant, (await addJourney()).id)).toBeUndefined();
  });

  it('has the consent that was asked for when they have, once, at a bank that can be used', async () => {
    const { paymentJourneys, consents } = database.store;
    const { id, consentId } = await addOpen();
    const unknown = choose(id, randomUUID());
    await expect(unknown).rejects.toMatchObject({ details: { code: 'registration-not-usable' } });
    expect(await consents.find(tenant, consentId)).toBeUndefined();
    await choose(id, registrationId);
    await choose(id, registrationId);
    expect(await paymentJourneys.find(tenant, id)).toMatchObject({
      ...{ bankProfile: 'Sandbox_Hybrid', bankRegistrationId: registrationId, consentStatus: 'creating' },
    });
    expect(await consents.find(tenant, consentId)).toMatchObject({
      externalApiUserId: 'user-1',
      reference: 'r',
    });
    expect(await consents.findRequestBody(tenant, consentId)).toBe(open.requestBody);
    expect(await consents.findCustomerIpAddress(tenant, consentId)).toBe(open.customerIpAddress);
  });

  it('ends once, and not when there is a consent', async () => {
    const { paymentJourneys } = database.store;
    const [ended, chosen] = [await addOpen(), await addOpen()];
    await paymentJourneys.recordEnd(tenant, ended.id, 'called-off');
    await paymentJourneys.recordEnd(tenant, ended.id, 'abandoned');
    expect(await paymentJourneys.find(tenant, ended.id)).toMatchObject({ ended: 'called-off' });
    await choose(chosen.id, registrationId);
    await paymentJourneys.recordEnd(tenant, chosen.id, 'abandoned');
    expect(await paymentJourneys.find(tenant, chosen.id)).toMatchObject({ ended: null });
  });
});
