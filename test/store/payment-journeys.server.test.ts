// Payment journeys in the store: how one stands is read off its consent and its payment.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
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
