// What is told of consents and payments: stored with the change that it tells of, once, in order, and nothing personal in it.
import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EventType, envelopeOf } from '../../notifications/catalogue.ts';
import { newSigningSecret } from '../../notifications/signatures.ts';
import {
  addConsent,
  addRegistration,
  bankResponse,
  failure,
  newConsent,
  newPayment,
  tenant,
} from './records.ts';
import { useTestDatabase } from './test-database.ts';
import { newWebhookEndpoint } from './webhook-records.ts';

const database = useTestDatabase();
const consents = () => database.store.consents;
const payments = () => database.store.payments;
let registrationId: string;
let endpointId: string;
beforeAll(async () => {
  registrationId = await addRegistration(database.store);
});
beforeEach(async () => {
  if (endpointId !== undefined) await database.store.webhookEndpoints.softDelete(tenant, endpointId);
  const endpoint = newWebhookEndpoint();
  endpointId = endpoint.id;
  await database.store.webhookEndpoints.insert(tenant, endpoint, newSigningSecret('hmac-sha256'));
});

/** What waits for the endpoint about a resource, in the order of its delivery, each as the catalogue has it. */
async function told(type: EventType, resourceId: string): Promise<Record<string, unknown>[]> {
  const rows = await database.db<{ eventId: string }>`
    SELECT event_id FROM webhook_delivery
    WHERE tenant = ${tenant} AND endpoint_id = ${endpointId} AND resource_id = ${resourceId} ORDER BY position`;
  const events = await Promise.all(
    rows.map(({ eventId }) => database.store.webhookEvents.find(tenant, eventId)),
  );
  return events.map((event) => envelopeOf(type).parse(JSON.parse(event?.payload ?? '')).data);
}

const toldOfConsent = async (id: string) =>
  (await told('consent.status-changed', id)).map(({ Status }) => Status);
const toldOfPayment = async (id: string) =>
  (await told('payment.status-changed', id)).map(({ Status, BankStatus }) => [Status, BankStatus]);

describe('payments', () => {
  async function inserted() {
    const consentId = await addConsent(database.store, registrationId, { family: 'domestic-payment' });
    const payment = newPayment(consentId);
    await payments().insert(tenant, payment);
    return payment;
  }
  const heard = (id: string, status: 'following' | 'settled', bankStatus: string) =>
    payments().recordStatus(tenant, id, {
      ...{
        status,
        bankStatus,
        externalApiId: 'order',
        bankResponse: bankResponse({ Name: 'Jane Planted-Name' }),
      },
    });

  it('tell each status once, in order, with ids and states alone', async () => {
    const { id, consentId } = await inserted();
    const created = database.clock.now().toISOString();
    expect(await toldOfPayment(id)).toEqual([]);
    for (const [status, code] of [
      ['following', 'RCVD'],
      ['following', 'RCVD'],
      ['following', 'ACSP'],
      ['settled', 'ACCC'],
      ['following', 'RCVD'],
    ] as const) {
      database.clock.moveMs(1_000);
      await heard(id, status, code);
    }
    expect(await toldOfPayment(id)).toEqual([
      ['following', 'RCVD'],
      ['following', 'ACSP'],
      ['settled', 'ACCC'],
    ]);
    expect((await told('payment.status-changed', id)).at(-1)).toEqual({
      ...{ PaymentId: id, ConsentId: consentId, Family: 'domestic-payment', BankProfile: 'Sandbox_Hybrid' },
      ...{ Created: created, Status: 'settled', BankStatus: 'ACCC' },
    });
  });

  it('tell an end that the bank did not say, and nothing after it', async () => {
    const { id } = await inserted();
    await payments().recordEnded(tenant, id, { status: 'failed', failure });
    await payments().recordEnded(tenant, id, { status: 'failed', failure });
    await heard(id, 'settled', 'ACCC');
    expect(await toldOfPayment(id)).toEqual([['failed', undefined]]);
  });

  it('tell no words of a bank that are no code', async () => {
    const { id } = await inserted();
    await heard(id, 'following', 'for Jane Planted-Name');
    expect(await toldOfPayment(id)).toEqual([['following', undefined]]);
  });

  it('tell one event when two processes hear the same at once', async () => {
    const { id } = await inserted();
    const other = database.connect().store.payments;
    const status = 'following';
    const values = {
      status,
      bankStatus: 'RCVD',
      externalApiId: 'order',
      bankResponse: bankResponse({}),
    } as const;
    await Promise.all(
      [payments(), other, payments(), other].map((each) => each.recordStatus(tenant, id, values)),
    );
    expect(await toldOfPayment(id)).toEqual([['following', 'RCVD']]);
  });
});

describe('consents', () => {
  const access = () => addConsent(database.store, registrationId);
  const authorise = (id: string) => consents().recordAuthorised(tenant, id, { modifiedBy: null });

  it('tell that they were authorised, once, and used up', async () => {
    const id = await addConsent(database.store, registrationId, { family: 'domestic-payment' });
    expect(await toldOfConsent(id)).toEqual([]);
    for (const _ of [1, 2]) expect(await authorise(id)).toBe(true);
    const used = { from: 'authorised', to: 'consumed' } as const;
    for (const _ of [1, 2]) expect(await consents().recordStatus(tenant, id, used)).toBe(true);
    expect(await authorise(id)).toBe(false);
    expect(await toldOfConsent(id)).toEqual(['authorised', 'consumed']);
    expect((await told('consent.status-changed', id))[0]).toEqual({
      ...{ ConsentId: id, Family: 'domestic-payment', BankProfile: 'Sandbox_Hybrid', Status: 'authorised' },
      Created: database.clock.now().toISOString(),
    });
  });

  it.each(['rejected', 'revoked', 'expired', 'abandoned', 'deleted'] as const)(
    'tell that they end as %s',
    async (end) => {
      const id = await access();
      await consents().recordEnd(tenant, id, end);
      await consents().recordEnd(tenant, id, end);
      expect(await toldOfConsent(id)).toEqual([end]);
    },
  );

  it('tell that they were deleted after they had ended, and nothing else after an end', async () => {
    const id = await access();
    await consents().recordEnd(tenant, id, 'expired');
    await consents().recordEnd(tenant, id, 'revoked');
    expect(await consents().softDelete(tenant, id)).toBe('deleted');
    expect(await consents().softDelete(tenant, id)).toBe('not-found');
    expect(await toldOfConsent(id)).toEqual(['expired', 'deleted']);
  });

  it('tell that nobody ever sent the file that they wait for', async () => {
    const id = await addConsent(database.store, registrationId, { family: 'file-payment' });
    expect(await consents().find(tenant, id)).toMatchObject({ status: 'awaiting-upload' });
    await consents().recordEnd(tenant, id, 'abandoned');
    expect(await consents().find(tenant, id)).toMatchObject({ status: 'abandoned' });
    expect(await toldOfConsent(id)).toEqual(['abandoned']);
  });

  it('tell nothing while a payment under them keeps them from being deleted', async () => {
    const id = await addConsent(database.store, registrationId, { family: 'domestic-payment' });
    await payments().insert(tenant, newPayment(id));
    expect(await consents().softDelete(tenant, id)).toBe('in-use');
    expect(await toldOfConsent(id)).toEqual([]);
  });

  it('tell that a bank would not record them', async () => {
    const consent = newConsent(registrationId);
    await consents().insert(tenant, consent);
    await consents().recordFailed(tenant, consent.id, failure);
    await consents().recordFailed(tenant, consent.id, failure);
    expect(await toldOfConsent(consent.id)).toEqual(['failed']);
  });

  it('that were made and authorised elsewhere tell that they are', async () => {
    const imported = (authorised?: { nonce: string; modifiedBy: string | null }) =>
      newConsent(registrationId, { imported: { externalApiId: randomUUID(), authorised } });
    const [live, waiting] = [imported({ nonce: 'n', modifiedBy: null }), imported()];
    for (const consent of [live, waiting]) {
      await consents().insert(tenant, consent);
      for (const _ of [1, 2]) await consents().recordImported(tenant, consent.id);
    }
    expect(await toldOfConsent(live.id)).toEqual(['authorised']);
    expect(await toldOfConsent(waiting.id)).toEqual([]);
  });
});

it('is kept, for whoever comes later, when nobody wants to know', async () => {
  await database.store.webhookEndpoints.softDelete(tenant, endpointId);
  const id = await addConsent(database.store, registrationId);
  await consents().recordEnd(tenant, id, 'revoked');
  const { items } = await database.store.webhookEvents.listPage(tenant, { resourceId: id });
  expect(items.map(({ payload }) => JSON.parse(payload).data.Status)).toEqual(['revoked']);
});

it('goes to those alone that want such events', async () => {
  const other = newWebhookEndpoint({ eventTypes: ['payment.status-changed'] });
  await database.store.webhookEndpoints.insert(tenant, other, newSigningSecret('ed25519'));
  const id = await addConsent(database.store, registrationId);
  await consents().recordEnd(tenant, id, 'revoked');
  expect((await database.store.webhookDeliveries.listPage(tenant, { endpointId: other.id })).items).toEqual(
    [],
  );
  expect((await database.store.webhookDeliveries.listPage(tenant, { endpointId })).items).toHaveLength(1);
});
