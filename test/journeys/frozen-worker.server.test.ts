// A worker that is frozen between sending a refresh and reading its answer, replaced meanwhile, and woken up later.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { authorise, createAccess, read, register } from './customer-journeys.ts';
import { eventually } from './eventually.ts';
import { type House, openHouse } from './house.ts';
import { orderHold } from './struck.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** How long Temporal hears nothing of a step before it hands it to another worker. */
const silentForMs = 3_000;

it('the bank sees one refresh, and its tokens are used', { timeout: 150_000 }, async () => {
  const { Id: registrationId } = await register(house, 'Sandbox_Jarm'); // rotates refresh tokens: a lost one would cost the grant
  const consent = await createAccess(house, registrationId);
  await authorise(house, 'account-access', consent);
  await house.moveClockMs(301_000);

  const struck = await orderHold(house, { path: '/token', method: 'POST', moment: 'after', heldMs: 1_000 });
  const frozen = house.everything.roles.worker;
  const reading = read(house, consent, '/aisp/accounts');
  await struck();
  const frozenAtMs = performance.now();
  frozen.signal('SIGSTOP');
  await house.startWorker();
  expect(await reading).toMatchObject({ status: 504, body: { code: 'refresh-in-progress' } });
  await eventually(async () => {
    expect(performance.now() - frozenAtMs).toBeGreaterThan(silentForMs + 3_000); // the step is with the other worker now
  });
  frozen.signal('SIGCONT');

  await eventually(async () => {
    expect((await read(house, consent, '/aisp/accounts')).status).toBe(200);
  }, 60_000);
  const requests: Record<string, string>[] = await house.control('GET', '/requests');
  expect(requests.filter(({ grantType }) => grantType === 'refresh_token')).toHaveLength(1);
});
