// Reads while the customer is away, with real processes: the bank's own log counts what reached it.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RoleProcess } from '../../embedded/role-process.ts';
import { authorise, type Consent, createAccess, read, register } from './customer-journeys.ts';
import { eventually } from './eventually.ts';
import { type House, openHouse } from './house.ts';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

let house: House;
let registrationId: string;
let consent: Consent;
/** In place of the one that was killed, which is all that the house would stop. */
let replacement: RoleProcess | undefined;

beforeAll(async () => {
  house = await openHouse();
  // What ends is the confirmation, not the tokens.
  await house.control('POST', '/knobs', { bank: 'hybrid', refreshTokenSeconds: (400 * dayMs) / 1000 });
  registrationId = (await register(house, 'Sandbox_Hybrid')).Id;
});
afterAll(async () => {
  await replacement?.stop();
  await house.close();
});
beforeEach(async () => {
  consent = await createAccess(house, registrationId);
  await authorise(house, 'account-access', consent);
  await house.control('DELETE', '/requests');
});

const readAlone = (path: string) =>
  house.ask('GET', path, undefined, { 'x-obc-account-access-consent-id': consent.id });

/** Of a path, by the bank's own log. */
async function reachedBank(end: string): Promise<number> {
  const requests: { path: string }[] = await house.control('GET', '/requests');
  return requests.filter(({ path }) => path.endsWith(end)).length;
}

const own = async () => {
  const path = `/aisp/account-access-consents/${consent.id}`;
  return (await house.ask('GET', path, undefined, { 'x-obc-exclude-external-api-operation': 'true' })).body;
};

describe('the bank’s allowance', () => {
  it('is four reads in 24 hours of each thing, however the reads are made and whatever becomes of the API', async () => {
    const together = await Promise.all(Array.from({ length: 3 }, () => readAlone('/aisp/balances')));
    const left = ({ headers }: { headers: Headers }) => headers.get('x-obc-unattended-reads-left');
    expect(together.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(together.map(left).sort()).toEqual(['1', '2', '3']);

    // The fourth is on its way when the process that makes it is killed.
    const fault = { kind: 'delay-answer', ms: 20_000 };
    await house.control('POST', '/faults', { bank: 'hybrid', path: '/*/balances', times: 1, fault });
    const cut = readAlone('/aisp/balances').catch(() => 'cut');
    await eventually(async () => expect(await reachedBank('/aisp/balances')).toBe(4));
    const { api } = house.everything.roles;
    api.signal('SIGKILL');
    await api.ended;
    expect(await cut).toBe('cut');
    const next = await house.everything.start('api');
    try {
      const refused = await readAlone('/aisp/balances');
      expect(refused).toMatchObject({ status: 429, body: { code: 'unattended-reads-used-up' } });
      const waitSeconds = Number(refused.headers.get('retry-after'));
      expect(waitSeconds).toBeGreaterThan((dayMs - hourMs) / 1000);
      expect(waitSeconds).toBeLessThanOrEqual(dayMs / 1000);
      expect(await reachedBank('/aisp/balances')).toBe(4);

      // Another thing, and a customer who is there.
      expect((await readAlone('/aisp/transactions')).status).toBe(200);
      expect((await read(house, consent, '/aisp/balances')).status).toBe(200);
      expect(await reachedBank('/aisp/balances')).toBe(5);
      await house.moveClockMs(dayMs);
      expect((await readAlone('/aisp/balances')).status).toBe(200);
    } finally {
      await next.stop();
      replacement = await house.everything.start('api');
      house.everything.roles.api = replacement;
    }
  });
});

describe('ninety days after the customer last confirmed', () => {
  const reconfirm = () => house.ask('POST', `/aisp/account-access-consents/${consent.id}/reconfirm`, {});

  it('reads without them end, with a reminder ahead, until they reconfirm; the consent stays', async () => {
    expect(await own()).not.toHaveProperty('ReconfirmationReminded');
    await house.moveClockMs(77 * dayMs);
    // The journey's own clock.
    await eventually(async () => expect(await own()).toHaveProperty('ReconfirmationReminded'));
    const { ReconfirmationDue } = await own();
    const inTime = await readAlone('/aisp/balances');
    expect([inTime.status, inTime.headers.get('x-obc-reconfirmation-due')]).toEqual([200, ReconfirmationDue]);

    await house.moveClockMs(13 * dayMs);
    const before = await reachedBank('/aisp/balances');
    expect(await readAlone('/aisp/balances')).toMatchObject({
      ...{ status: 409, body: { code: 'reconfirmation-needed' } },
    });
    expect(await reachedBank('/aisp/balances')).toBe(before);
    expect((await read(house, consent, '/aisp/balances')).status).toBe(200);
    expect(await own()).toMatchObject({ Status: 'authorised', ReconfirmationDue });

    expect((await reconfirm()).status).toBe(201);
    expect((await readAlone('/aisp/balances')).status).toBe(200);
    const requests: { method: string; path: string }[] = await house.control('GET', '/requests');
    expect(requests.filter(({ path }) => path.includes('/account-access-consents'))).toEqual([]);
  });

  it('a new authorisation of the same consent serves as well', async () => {
    await house.moveClockMs(90 * dayMs);
    expect((await readAlone('/aisp/balances')).body.code).toBe('reconfirmation-needed');
    await authorise(house, 'account-access', consent);
    expect((await readAlone('/aisp/balances')).status).toBe(200);
  });
});
