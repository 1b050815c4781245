// Postgres is away for longer than a bank would be waited for: no journey fails because of it.
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { consentWorkflowId } from '../../workflows/contracts/ids.ts';
import { type FreezableProxy, startFreezableProxy } from '../store/frozen-proxy.ts';
import { createDatabase } from '../store/test-database.ts';
import { authorise, executedPayments, paymentRequest, register, submitPayment } from './customer-journeys.ts';
import { eventually } from './eventually.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let postgres: FreezableProxy;
let temporal: Connection;
let drop: () => Promise<void>;
let registrationId: string;

beforeAll(async () => {
  const database = await createDatabase();
  drop = database.drop;
  postgres = await startFreezableProxy(database.url);
  house = await openHouse({ DATABASE_URL: postgres.url });
  registrationId = (await register(house, 'Sandbox_Hybrid')).Id;
  temporal = await Connection.connect({ address: house.everything.temporalAddress });
});
afterAll(async () => {
  await temporal.close();
  await house.close();
  postgres.close();
  await drop();
});

it('a consent whose bank has it by then is recorded when Postgres is back', async () => {
  const key = { 'x-idempotency-key': randomUUID() };
  const body = { BankRegistrationId: registrationId, ExternalApiRequest: paymentRequest() };
  const ask = () => house.ask('POST', '/pisp/domestic-payment-consents', body, key);
  const path = '/open-banking/*/pisp/domestic-payment-consents';
  await house.control('POST', '/faults', { path, times: 1, fault: { kind: 'hold-answer' } });
  const first = ask();
  const [held] = await house.control('GET', '/held?waitMs=30000');
  postgres.shut();
  await house.control('POST', `/held/${held.id}/release`, { how: 'go-on' });

  const { workflow } = new Client({ connection: temporal });
  const journey = workflow.getHandle(consentWorkflowId(held.idempotencyKey));
  await eventually(async () => {
    const { raw } = await journey.describe();
    expect(raw.pendingActivities?.[0]?.attempt).toBeGreaterThan(3);
  });
  postgres.open();
  await first;

  const consent = await eventually(async () => {
    const { status, body: created } = await ask();
    expect(status, JSON.stringify(created)).toBe(201);
    return { id: created.Id, externalApiId: created.ExternalApiId };
  });
  await authorise(house, 'domestic-payment', consent);
  expect(await submitPayment(house, consent)).toMatchObject({ status: 201 });
  expect(await executedPayments(house, 'Sandbox_Hybrid', consent)).toBe(1);
});
