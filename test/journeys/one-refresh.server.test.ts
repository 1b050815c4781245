// Five hundred readers of four API processes who find one consent's token expired at the same moment: the bank sees one
// refresh, and each of them gets its answer.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../embedded/free-port.ts';
import { authorise, createAccess, read, register } from './customer-journeys.ts';
import { type House, houseOf, openHouse } from './house.ts';

const readers = 500;

let house: House;
const apis: House[] = [];

beforeAll(async () => {
  // It is about who is answered, not about how fast this machine makes connections.
  house = await openHouse({ BANK_WAIT_MS: '60000', BANK_TIMEOUT_MS: '60000' });
  apis.push(house);
  for (let other = 1; other < 4; other++) apis.push(await otherApi());
});
afterAll(async () => {
  for (const api of apis.toReversed()) await api.close();
});

async function otherApi(): Promise<House> {
  const { everything } = house;
  const [API_PORT, PUBLIC_PORT] = [String(await freePort()), String(await freePort())];
  const api = await everything.start('api', { API_PORT, PUBLIC_PORT });
  const seen = { ...everything, roles: { ...everything.roles, api }, stop: api.stop };
  return houseOf(seen, house.folder);
}

async function seen(isIt: (entry: Record<string, string>) => boolean): Promise<number> {
  const requests: Record<string, string>[] = await house.control('GET', '/requests');
  return requests.filter((entry) => entry.bank === 'jarm' && isIt(entry)).length;
}
const refreshes = () => seen(({ grantType }) => grantType === 'refresh_token');
const reads = () => seen(({ method, path }) => method === 'GET' && path?.endsWith('/aisp/accounts') === true);

it('makes one refresh of them all, and keeps none of them from its answer', async () => {
  const { Id: registrationId } = await register(house, 'Sandbox_Jarm'); // lets no refresh token be used twice
  const consent = await createAccess(house, registrationId);
  await authorise(house, 'account-access', consent);
  for (const api of apis) expect((await read(api, consent, '/aisp/accounts')).status).toBe(200);
  const before = { refreshes: await refreshes(), reads: await reads() };
  await house.moveClockMs(301_000);
  const answers = await Promise.all(
    Array.from({ length: readers }, (_, reader) =>
      read(apis[reader % apis.length] ?? house, consent, '/aisp/accounts'),
    ),
  );
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.map(({ status, body }) => `${status} ${body.code}`)).toEqual([]);
  expect((await refreshes()) - before.refreshes).toBe(1);
  expect((await reads()) - before.reads).toBe(readers);
});
