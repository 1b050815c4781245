// Links to the pages of payments: one for each, found by what nobody can guess, and nowhere to be read.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { addConsent, addRegistration, tenant } from './records.ts';
import { useTestDatabase } from './test-database.ts';

describe('a link to the page of a payment', () => {
  const database = useTestDatabase();
  const links = () => database.store.paymentLinks;
  const journeyId = randomUUID();
  let consentId: string;
  let token: string;
  beforeAll(async () => {
    const { store } = database;
    const registrationId = await addRegistration(store);
    consentId = await addConsent(store, registrationId, { family: 'domestic-payment' });
    await store.paymentJourneys.insert(tenant, {
      ...{ id: journeyId, createdBy: null, reference: null, consentId, paymentId: randomUUID() },
      returnUrl: 'https://shop.example/',
    });
    token = (await links().tokenOf(tenant, journeyId)) ?? '';
  });

  it('cannot be guessed, and is the same whoever asks, also at once', async () => {
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const others = await Promise.all([1, 2, 3].map(() => links().tokenOf(tenant, journeyId)));
    expect(new Set(others)).toEqual(new Set([token]));
    expect(await links().tokenOf(tenant, randomUUID())).toBeUndefined();
  });

  it('leads to its payment, and tells when that last changed', async () => {
    const made = await links().findJourney(tenant, token);
    expect(made?.journeyId).toBe(journeyId);
    database.clock.moveMs(60_000);
    await database.store.consents.recordStatus(tenant, consentId, {
      ...{ from: 'awaiting-authorisation', to: 'abandoned' },
    });
    const ended = await links().findJourney(tenant, token);
    expect(ended?.lastChanged).toEqual(database.clock.now());
    for (const other of ['', token.slice(1), token.toLowerCase()])
      expect(await links().findJourney(tenant, other)).toBeUndefined();
  });

  it('is not in the records as it is', async () => {
    const rows = await database.db<{ row: string }>`SELECT link::text AS row FROM payment_link link`;
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(token);
  });
});
