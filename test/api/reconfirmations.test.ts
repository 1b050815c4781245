// POST …/reconfirm: kept once, told to the journey, and shown by the consent.
import { describe, expect, it } from 'vitest';
import { JourneysUnavailable } from '../../temporal/journeys.ts';
import type { ConsentStatus } from '../../workflows/contracts/consent.ts';
import { fakeApi } from './fake-api.ts';
import { addConsent, consentId } from './stories.ts';

const path = `/aisp/account-access-consents/${consentId}`;
const authorised = new Date('2026-08-01T00:00:00Z');

function setUp(status: ConsentStatus = 'authorised') {
  const api = fakeApi();
  addConsent(api, 'account-access', status, { authContextModified: authorised });
  const told: string[] = [];
  api.journeys.consentReconfirmed = async (reference) => {
    expect(reference).toMatchObject({ tenant: 'default', family: 'account-access', bank: 'Sandbox_Hybrid' });
    told.push(reference.consentId);
  };
  return { ...api, told };
}

const members = async ({ send }: ReturnType<typeof setUp>) =>
  (await send('GET', path, { headers: { 'x-obc-exclude-external-api-operation': 'true' } })).json;

describe('a reconfirmation', () => {
  it('is answered with when the next one is due, which the consent shows as well', async () => {
    const api = setUp();
    expect(await members(api)).toMatchObject({ ReconfirmationDue: '2026-10-30T00:00:00.000Z' });
    const { status, json } = await api.send('POST', `${path}/reconfirm`, {
      body: { Reference: 'asked by mail', CreatedBy: 'desk' },
    });
    const due = '2027-02-18T12:00:00.000Z';
    expect([status, json]).toEqual([
      201,
      {
        ...{ Id: expect.any(String), Created: '2026-11-20T12:00:00.000Z', AccountAccessConsentId: consentId },
        ...{ Reference: 'asked by mail', CreatedBy: 'desk', ReconfirmationDue: due },
      },
    ]);
    expect(await members(api)).toMatchObject({
      ...{ Status: 'authorised', Reconfirmed: '2026-11-20T12:00:00.000Z', ReconfirmationDue: due },
    });
    expect(api.told).toEqual([consentId]);
  });

  it('needs no body, and is the same for the same key', async () => {
    const api = setUp();
    const request = { headers: { 'x-idempotency-key': 'k' } };
    const first = await api.send('POST', `${path}/reconfirm`, request);
    expect(first.status).toBe(201);
    expect((await api.send('POST', `${path}/reconfirm`, request)).json).toEqual(first.json);
    expect(api.tables.reconfirmations.size).toBe(1);
  });

  it('counts when its journey cannot be told', async () => {
    const api = setUp();
    api.journeys.consentReconfirmed = () => Promise.reject(new JourneysUnavailable('x'));
    expect((await api.send('POST', `${path}/reconfirm`)).status).toBe(201);
    expect(api.tables.reconfirmations.size).toBe(1);
  });

  it.each<[ConsentStatus, number, string]>([
    ['awaiting-authorisation', 409, 'authorisation-needed'],
    ['expired', 409, 'consent-not-usable'],
  ])('of a consent that is %s is refused', async (status, answered, code) => {
    const api = setUp(status);
    expect((await api.send('POST', `${path}/reconfirm`)).json).toMatchObject({ status: answered, code });
    expect(await members(api)).not.toHaveProperty('ReconfirmationDue');
  });

  it('of a payment consent, or of none, is not found', async () => {
    const api = setUp();
    addConsent(api, 'domestic-payment', 'authorised');
    expect((await api.send('POST', `${path}/reconfirm`)).status).toBe(404);
    expect((await fakeApi().send('POST', `${path}/reconfirm`)).status).toBe(404);
  });
});
