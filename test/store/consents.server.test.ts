import { beforeAll, describe, expect, it } from 'vitest';
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

describe('consents', () => {
  const database = useTestDatabase();
  let registrationId: string;
  beforeAll(async () => {
    registrationId = await addRegistration(database.store);
  });
  const consents = () => database.store.consents;

  it('are found as they were inserted, with the bank of their registration', async () => {
    const values = newConsent(registrationId, { externalApiUserId: 'user-1' });
    await consents().insert(tenant, values);
    const { requestBody, useV4, ...columns } = values;
    expect(await consents().find(tenant, values.id)).toEqual({
      ...columns,
      created: database.clock.now(),
      status: 'creating',
      bankProfile: 'Sandbox_Hybrid',
      externalApiId: null,
      authContextModified: database.clock.now(),
      authContextModifiedBy: values.createdBy,
      createdWithV4: useV4,
      permissions: null,
      bankStatus: null,
      bankStatusConfirmed: null,
      reconfirmed: null,
      reconfirmationReminded: null,
      expiresAt: null,
      failure: null,
      lastUsedAt: null,
    });
    expect(await consents().findRequestBody(tenant, values.id)).toBe(requestBody);
  });

  it('are left as they are when inserted again', async () => {
    const values = newConsent(registrationId);
    await consents().insert(tenant, values);
    await consents().insert(tenant, { ...values, reference: 'another', requestBody: '{}' });
    expect((await consents().find(tenant, values.id))?.reference).toBe(values.reference);
    expect(await consents().findRequestBody(tenant, values.id)).toBe(values.requestBody);
  });

  it("keep the bank's answer to their creation", async () => {
    const { id } = await inserted();
    const response = bankResponse({ Data: { ConsentId: 'bank-1', Status: 'AWAU' } });
    const expiresAt = new Date('2027-01-01T00:00:00Z');
    const values = { externalApiId: 'bank-1', expiresAt, bankResponse: response };
    expect(await consents().recordCreated(tenant, id, values)).toBe(true);
    expect(await consents().findBankResponse(tenant, id)).toEqual(response);
    const found = await consents().find(tenant, id);
    expect(found).toMatchObject({ status: 'awaiting-authorisation', externalApiId: 'bank-1', expiresAt });
  });

  it('take the same creation twice and refuse another one', async () => {
    const { id } = await inserted();
    const values = { externalApiId: 'bank-2', bankResponse: bankResponse({}) };
    await consents().recordCreated(tenant, id, values);
    await consents().recordAuthorised(tenant, id, { modifiedBy: null });
    expect(await consents().recordCreated(tenant, id, values)).toBe(true);
    expect((await consents().find(tenant, id))?.status).toBe('authorised');
    expect(await consents().recordCreated(tenant, id, { ...values, externalApiId: 'bank-3' })).toBe(false);
    expect((await consents().find(tenant, id))?.externalApiId).toBe('bank-2');
  });

  it("keep the failure of their creation with the bank's own words", async () => {
    const { id } = await inserted();
    await consents().recordFailed(tenant, id, failure);
    expect(await consents().find(tenant, id)).toMatchObject({ status: 'failed', failure });
    const late = { externalApiId: 'late', bankResponse: bankResponse({}) };
    expect(await consents().recordCreated(tenant, id, late)).toBe(false);
  });

  it('do not fail once they were created', async () => {
    const id = await addConsent(database.store, registrationId);
    await consents().recordFailed(tenant, id, failure);
    expect(await consents().find(tenant, id)).toMatchObject({
      status: 'awaiting-authorisation',
      failure: null,
    });
  });

  it('are authorised and authorised again, and say when and by whom', async () => {
    const id = await addConsent(database.store, registrationId);
    database.clock.moveMs(60_000);
    const values = { modifiedBy: 'desk', externalApiUserId: 'user-9' };
    expect(await consents().recordAuthorised(tenant, id, values)).toBe(true);
    expect(await consents().recordAuthorised(tenant, id, { modifiedBy: 'desk 2' })).toBe(true);
    expect(await consents().find(tenant, id)).toMatchObject({
      status: 'authorised',
      authContextModified: database.clock.now(),
      authContextModifiedBy: 'desk 2',
      externalApiUserId: 'user-9',
    });
  });

  it('are not authorised before they are created nor after their end', async () => {
    const { id } = await inserted();
    expect(await consents().recordAuthorised(tenant, id, { modifiedBy: null })).toBe(false);
    const ended = await addConsent(database.store, registrationId);
    await consents().recordEnd(tenant, ended, 'revoked');
    expect(await consents().recordAuthorised(tenant, ended, { modifiedBy: null })).toBe(false);
  });

  it('change their status only from the one that was expected', async () => {
    const id = await addConsent(database.store, registrationId);
    const change = { from: 'authorised', to: 'consumed' } as const;
    expect(await consents().recordStatus(tenant, id, change)).toBe(false);
    await consents().recordAuthorised(tenant, id, { modifiedBy: null });
    expect(await consents().recordStatus(tenant, id, change)).toBe(true);
    expect(await consents().recordStatus(tenant, id, change)).toBe(true);
    expect((await consents().find(tenant, id))?.status).toBe('consumed');
  });

  it('end once, and forget their tokens', async () => {
    const id = await addConsent(database.store, registrationId);
    const tokens = { fromVersion: 0, accessToken: 'a', refreshToken: 'r', expiresAt: database.clock.now() };
    await database.store.grants.storeTokens(tenant, id, tokens);
    await consents().recordEnd(tenant, id, 'expired');
    await consents().recordEnd(tenant, id, 'revoked');
    expect((await consents().find(tenant, id))?.status).toBe('expired');
    expect(await database.store.grants.load(tenant, id)).toMatchObject({
      status: 'ended',
      endReason: 'expired',
      accessToken: undefined,
      refreshToken: undefined,
    });
  });

  it('are not found any more when they end by deletion, however they had ended before', async () => {
    const live = await addConsent(database.store, registrationId);
    const ended = await addConsent(database.store, registrationId);
    await consents().recordEnd(tenant, ended, 'expired');
    await consents().recordEnd(tenant, live, 'deleted');
    await consents().recordEnd(tenant, ended, 'deleted');
    expect(await consents().find(tenant, live)).toBeUndefined();
    expect(await consents().find(tenant, ended)).toBeUndefined();
  });

  it('are deleted once, and not while a payment is on its way', async () => {
    const id = await addConsent(database.store, registrationId, { family: 'domestic-payment' });
    const { payment } = await database.store.payments.insert(tenant, newPayment(id));
    expect(await consents().softDelete(tenant, id)).toBe('in-use');
    await database.store.payments.recordEnded(tenant, payment.id, { status: 'failed', failure });
    expect(await consents().softDelete(tenant, id)).toBe('deleted');
    expect(await consents().softDelete(tenant, id)).toBe('not-found');
    expect(await consents().find(tenant, id)).toBeUndefined();
  });

  it('are listed newest first', async () => {
    database.clock.moveMs(1000);
    const first = await addConsent(database.store, registrationId);
    database.clock.moveMs(1000);
    const second = await addConsent(database.store, registrationId);
    const listed = await consents().list(tenant, { limit: 2 });
    expect(listed.map(({ id }) => id)).toEqual([second, first]);
  });

  async function inserted() {
    const values = newConsent(registrationId);
    await consents().insert(tenant, values);
    return values;
  }
});
