// Parts of our own house that are down: Temporal stops, and everything is stopped and started again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redirectForm } from '../../cli/sandbox-customer.ts';
import { readConfig } from '../../config.ts';
import { startEverything } from '../../embedded/everything.ts';
import { freePort } from '../../embedded/free-port.ts';
import { type RunningTemporal, startTemporal } from '../../embedded/temporal.ts';
import {
  authorise,
  type Consent,
  createAccess,
  createPaymentConsent,
  delegate,
  executedPayments,
  read,
  register,
  startAuthorisation,
  submitPayment,
} from './customer-journeys.ts';
import { eventually } from './eventually.ts';
import { type House, houseOf, housePorts, openHouse } from './house.ts';

describe('with Temporal stopped', () => {
  let folder: string;
  let temporal: RunningTemporal;
  let startAgain: () => Promise<RunningTemporal>;
  let house: House;
  let registrationId: string;
  let consent: Consent;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'temporal-'));
    const [port, uiPort] = [await freePort(), await freePort()];
    startAgain = () => startTemporal({ folder, port, uiPort, withoutFsync: true });
    temporal = await startAgain();
    house = await openHouse({ TEMPORAL_ADDRESS: temporal.address });
    registrationId = (await register(house, 'Sandbox_Hybrid')).Id;
    consent = await createAccess(house, registrationId);
    await authorise(house, 'account-access', consent);
    await temporal.stop();
  });
  afterAll(async () => {
    await house.close();
    await temporal.stop();
    rmSync(folder, { recursive: true });
  });

  it('reads on valid tokens are served', async () => {
    expect((await read(house, consent, '/aisp/accounts')).status).toBe(200);
  });

  it('creates answer 503 and say what is missing', async () => {
    const answer = await house.ask('POST', '/aisp/account-access-consents', {
      BankRegistrationId: registrationId,
      TemplateRequest: { Type: 'MaximumPermissions' },
    });
    expect(answer).toMatchObject({ status: 503, body: { code: 'journeys-unavailable' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    const ready = await house.ask('GET', '/health/ready');
    expect(ready).toMatchObject({ status: 503, body: { missing: ['temporal'] } });
  });

  it('everything goes on when it is back', async () => {
    temporal = await startAgain();
    await eventually(async () => {
      expect((await house.ask('GET', '/health/ready')).status).toBe(200);
    });
    await createAccess(house, registrationId);
  });
});

describe('a house that is stopped and started again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'house-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('goes on with the journeys that waited for their customers', async () => {
    const config = readConfig({ ...(await housePorts()), DATA_DIR: folder });
    const before = houseOf(await startEverything(config), folder);
    const { Id: registrationId } = await register(before, 'Sandbox_Hybrid');
    const access = await createAccess(before, registrationId);
    const payment = await createPaymentConsent(before, registrationId);
    const { AuthUrl } = await startAuthorisation(before, 'account-access', access);
    await before.close();

    const after = houseOf(await startEverything(config), folder);
    try {
      const answer = await delegate(after, redirectForm(await after.authorise(AuthUrl)));
      expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 });
      expect((await read(after, access, '/aisp/accounts')).status).toBe(200);
      await authorise(after, 'domestic-payment', payment);
      expect((await submitPayment(after, payment)).status).toBe(201);
      expect(await executedPayments(after, 'Sandbox_Hybrid', payment)).toBe(1);
    } finally {
      await after.close();
    }
  });
});
