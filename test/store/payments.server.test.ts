import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addConsent, addRegistration, bankResponse, failure, newPayment, tenant } from './records.ts';
import { useTestDatabase } from './test-database.ts';

const unsent = { outcome: 'not-sent', httpStatus: null, answerCodes: [], interactionId: null } as const;

describe('payments', () => {
  const database = useTestDatabase();
  const payments = () => database.store.payments;
  let registrationId: string;
  let consentId: string;
  beforeAll(async () => {
    registrationId = await addRegistration(database.store);
  });
  beforeEach(async () => {
    consentId = await addConsent(database.store, registrationId, { family: 'domestic-payment' });
  });

  async function inserted() {
    const values = newPayment(consentId);
    await payments().insert(tenant, values);
    return values;
  }

  it('are found by id and by consent, with their bank', async () => {
    const values = newPayment(consentId);
    const { body, ...columns } = values;
    const payment = {
      ...columns,
      created: database.clock.now(),
      consentExternalApiId: `bank-${consentId}`,
      bankProfile: 'Sandbox_Hybrid',
      bankRegistrationId: registrationId,
      useV4: true,
      status: 'submitting',
      firstSentAt: null,
      lastSentAt: null,
      externalApiId: null,
      bankStatus: null,
      failure: null,
      modifiedBy: null,
    };
    expect(await payments().insert(tenant, values)).toEqual({ kind: 'inserted', payment });
    expect(await payments().find(tenant, values.id)).toEqual(payment);
    expect(await payments().findByConsent(tenant, consentId)).toEqual(payment);
    expect(await payments().findBody(tenant, values.id)).toBe(body);
  });

  it('keep the exact text that is sent', async () => {
    const body = '{ "Data": {"Amount":"10.00", "Name":"Zoë \\u00e9 𝄞"},\n "Risk":{} }';
    const values = { ...newPayment(consentId), body };
    await payments().insert(tenant, values);
    expect(await payments().findBody(tenant, values.id)).toBe(body);
  });

  it('are made once per consent: the same body finds the first, another is told so', async () => {
    const first = await inserted();
    const same = await payments().insert(tenant, newPayment(consentId));
    expect(same).toMatchObject({ kind: 'same', payment: { id: first.id } });
    const different = await payments().insert(tenant, { ...newPayment(consentId), body: '{}' });
    expect(different).toMatchObject({ kind: 'different', payment: { id: first.id } });
    expect(await payments().insert(tenant, first)).toMatchObject({ kind: 'same', payment: { id: first.id } });
    expect(await payments().findBody(tenant, first.id)).toBe(first.body);
  });

  it('are made once when many ask at the same time', async () => {
    const pools = [payments(), database.connect().store.payments];
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, n) => pools[n % 2]?.insert(tenant, newPayment(consentId))),
    );
    expect(results.filter((result) => result?.kind === 'inserted')).toHaveLength(1);
    expect(results.filter((result) => result?.kind === 'same')).toHaveLength(15);
    expect(new Set(results.map((result) => result?.payment.id)).size).toBe(1);
  });

  it('never share an idempotency key', async () => {
    const { bankIdempotencyKey } = await inserted();
    const other = await addConsent(database.store, registrationId, { family: 'domestic-payment' });
    const second = { ...newPayment(other), bankIdempotencyKey };
    await expect(payments().insert(tenant, second)).rejects.toThrow(/idempotency key/);
  });

  it('keep the times of the first attempt and of the latest', async () => {
    const { id } = await inserted();
    const first = database.clock.now();
    const sending = (attemptId: string) => payments().recordSending(tenant, id, attemptId);
    expect(await sending(randomUUID())).toEqual({ firstSentAt: first, previousSentAt: null });
    database.clock.moveMs(60_000);
    const second = database.clock.now();
    const attemptId = randomUUID();
    expect(await sending(attemptId)).toEqual({ firstSentAt: first, previousSentAt: first });
    expect(await payments().find(tenant, id)).toMatchObject({ firstSentAt: first, lastSentAt: second });
    const attempt = { ...unsent, id: attemptId };
    await payments().recordNoEffect(tenant, id, { previousSentAt: first, attempt });
    expect(await payments().find(tenant, id)).toMatchObject({ firstSentAt: first, lastSentAt: first });
    expect(await payments().recordSending(tenant, randomUUID(), attemptId)).toBeUndefined();
  });

  it('follow the status of the bank and keep when it was what', async () => {
    const { id } = await inserted();
    const inserting = database.clock.now();
    const externalApiId = `order-${id}`;
    const heard = (status: 'following' | 'settled', bankStatus: string) =>
      payments().recordStatus(tenant, id, {
        status,
        externalApiId,
        bankStatus,
        bankResponse: bankResponse({ Status: bankStatus }),
      });
    database.clock.moveMs(1000);
    const submitting = database.clock.now();
    expect(await heard('following', 'RCVD')).toBe('following');
    database.clock.moveMs(1000);
    expect(await heard('following', 'RCVD')).toBe('following');
    database.clock.moveMs(1000);
    const settling = database.clock.now();
    expect(await heard('settled', 'ACCC')).toBe('settled');
    expect(await heard('following', 'RCVD')).toBe('settled');
    expect(await payments().find(tenant, id)).toMatchObject({
      status: 'settled',
      bankStatus: 'ACCC',
      externalApiId,
    });
    expect((await payments().findBankResponse(tenant, id))?.body).toEqual({ Status: 'ACCC' });
    expect(await payments().listStatuses(tenant, id)).toEqual([
      { status: 'submitting', bankStatus: null, recorded: inserting },
      { status: 'following', bankStatus: 'RCVD', recorded: submitting },
      { status: 'settled', bankStatus: 'ACCC', recorded: settling },
    ]);
  });

  it("keep the bank's latest answer though its status has not changed", async () => {
    const { id } = await inserted();
    for (const attempt of [1, 2]) {
      await payments().recordStatus(tenant, id, {
        status: 'following',
        externalApiId: `order-${id}`,
        bankStatus: 'PDNG',
        bankResponse: bankResponse({ attempt }),
      });
    }
    expect((await payments().findBankResponse(tenant, id))?.body).toEqual({ attempt: 2 });
  });

  it('count one change of status when many record it at the same time', async () => {
    const { id } = await inserted();
    const pools = [payments(), database.connect().store.payments];
    await Promise.all(
      Array.from({ length: 16 }, (_, n) =>
        pools[n % 2]?.recordStatus(tenant, id, {
          status: 'following',
          externalApiId: `order-${id}`,
          bankStatus: 'RCVD',
          bankResponse: bankResponse({ n }),
        }),
      ),
    );
    expect(await payments().listStatuses(tenant, id)).toHaveLength(2);
  });

  it("end with a failure and the bank's own words", async () => {
    const { id } = await inserted();
    expect(await payments().recordEnded(tenant, id, { status: 'failed', failure })).toBe('failed');
    expect(await payments().recordEnded(tenant, id, { status: 'outcome-unknown' })).toBe('failed');
    expect(await payments().find(tenant, id)).toMatchObject({ status: 'failed', failure });
    expect((await payments().listStatuses(tenant, id)).map(({ status }) => status)).toEqual([
      'submitting',
      'failed',
    ]);
  });

  it('end without one', async () => {
    const { id } = await inserted();
    expect(await payments().recordEnded(tenant, id, { status: 'executed-id-unknown' })).toBe(
      'executed-id-unknown',
    );
    expect(await payments().find(tenant, id)).toMatchObject({ failure: null });
    expect(await payments().recordEnded(tenant, randomUUID(), { status: 'failed' })).toBeUndefined();
  });

  it("are found by the bank's id, and by the registration where two banks use the same", async () => {
    const externalApiId = `order-${randomUUID()}`;
    const values = {
      status: 'following',
      externalApiId,
      bankStatus: 'RCVD',
      bankResponse: bankResponse({}),
    } as const;
    const { id } = await inserted();
    await payments().recordStatus(tenant, id, values);
    const otherRegistration = await addRegistration(database.store);
    const otherConsent = await addConsent(database.store, otherRegistration, { family: 'domestic-payment' });
    const other = newPayment(otherConsent);
    database.clock.moveMs(1000);
    await payments().insert(tenant, other);
    await payments().recordStatus(tenant, other.id, values);
    const found = (registration?: string) =>
      payments().findByExternalApiId(tenant, 'domestic-payment', externalApiId, registration);
    expect((await found(registrationId))?.id).toBe(id);
    expect((await found(otherRegistration))?.id).toBe(other.id);
    expect((await found())?.id).toBe(other.id);
    expect(await payments().findByExternalApiId(tenant, 'domestic-payment', 'unknown')).toBeUndefined();
  });

  it('are listed newest first', async () => {
    database.clock.moveMs(1000);
    const { id } = await inserted();
    expect((await payments().list(tenant, { limit: 1 })).map((payment) => payment.id)).toEqual([id]);
  });
});

describe('idempotency claims', () => {
  const database = useTestDatabase();
  const claim = (values = {}) => ({
    key: 'key-1',
    operation: 'POST /pisp/domestic-payments',
    bodyHash: 'hash-1',
    resourceId: randomUUID(),
    ...values,
  });

  it('lead the same request to the first resource, and refuse another under its key', async () => {
    const { idempotency } = database.store;
    const first = claim();
    expect(await idempotency.claim(tenant, first)).toEqual({ kind: 'new', resourceId: first.resourceId });
    expect(await idempotency.claim(tenant, claim())).toEqual({ kind: 'same', resourceId: first.resourceId });
    expect(await idempotency.claim(tenant, claim({ bodyHash: 'hash-2' }))).toEqual({ kind: 'conflict' });
    expect(await idempotency.claim(tenant, claim({ operation: 'other' }))).toEqual({ kind: 'conflict' });
    expect(await idempotency.claim('other', claim({ bodyHash: 'hash-2' }))).toMatchObject({ kind: 'new' });
  });

  it('are taken by one of many', async () => {
    const pools = [database.store.idempotency, database.connect().store.idempotency];
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, n) => pools[n % 2]?.claim(tenant, claim({ key: 'key-2' }))),
    );
    expect(results.filter((result) => result?.kind === 'new')).toHaveLength(1);
    expect(results.filter((result) => result?.kind === 'same')).toHaveLength(15);
    expect(new Set(results.map((result) => result && 'resourceId' in result && result.resourceId)).size).toBe(
      1,
    );
  });
});
