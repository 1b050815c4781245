// What a consent may be used for: what its bank says of it, imports, reconfirmations, the budget of unattended reads.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { addConsent, addRegistration, bankResponse, newConsent, otherTenant, tenant } from './records.ts';
import { useTestDatabase } from './test-database.ts';

const database = useTestDatabase();
const hourMs = 60 * 60 * 1000;
let registrationId: string;
beforeAll(async () => {
  registrationId = await addRegistration(database.store);
});
const consents = () => database.store.consents;

async function authorised(): Promise<string> {
  const id = await addConsent(database.store, registrationId);
  await consents().recordAuthorised(tenant, id, { modifiedBy: null });
  return id;
}

describe('what a bank says of a consent', () => {
  it('is kept with when it was said, from its creation on', async () => {
    const values = newConsent(registrationId, { permissions: ['ReadAccountsBasic'] });
    await consents().insert(tenant, values);
    expect(await consents().find(tenant, values.id)).toMatchObject({ permissions: ['ReadAccountsBasic'] });
    const granted = { status: 'AWAU', permissions: ['ReadAccountsDetail', 'ReadBalances'] };
    const created = { externalApiId: 'b', bankResponse: bankResponse({}), ...granted };
    await consents().recordCreated(tenant, values.id, created);
    const confirmed = database.clock.now();
    expect(await consents().find(tenant, values.id)).toMatchObject({
      ...{ permissions: granted.permissions, bankStatus: 'AWAU', bankStatusConfirmed: confirmed },
    });
    database.clock.moveMs(hourMs);
    const expiresAt = new Date('2027-02-01T00:00:00Z');
    await consents().recordSeenAtBank(tenant, values.id, { status: 'AUTH', expiresAt });
    const seen = { bankStatus: 'AUTH', bankStatusConfirmed: database.clock.now(), expiresAt };
    const kept = { permissions: granted.permissions, status: 'awaiting-authorisation' };
    expect(await consents().find(tenant, values.id)).toMatchObject({ ...seen, ...kept });
    // A status that nobody knows confirms nothing.
    database.clock.moveMs(hourMs);
    await consents().recordSeenAtBank(tenant, values.id, {});
    expect(await consents().find(tenant, values.id)).toMatchObject({ ...seen, ...kept });
  });
});

describe('an imported consent', () => {
  const imported = (family: 'account-access' | 'domestic-payment', isAuthorised: boolean) => {
    const wasAuthorised = { nonce: 'first nonce', modifiedBy: 'elsewhere' };
    return newConsent(registrationId, {
      ...{ family, requestBody: undefined, useV4: false },
      imported: { externalApiId: 'bank-7', authorised: isAuthorised ? wasAuthorised : undefined },
    });
  };

  it.each([
    ['account-access', true, 'authorised'],
    ['account-access', false, 'awaiting-authorisation'],
    ['domestic-payment', true, 'awaiting-authorisation'],
  ] as const)(
    '(%s, authorised elsewhere: %s) is %s, without tokens',
    async (family, isAuthorised, status) => {
      const values = imported(family, isAuthorised);
      await consents().insert(tenant, values);
      await consents().insert(tenant, values);
      expect(await consents().find(tenant, values.id)).toMatchObject({
        ...{ status: 'creating', externalApiId: 'bank-7', createdWithV4: false, permissions: null },
        authContextModifiedBy: isAuthorised ? 'elsewhere' : values.createdBy,
      });
      expect(await consents().recordImported(tenant, values.id)).toBe(status);
      expect(await consents().recordImported(tenant, values.id)).toBe(status);
      expect((await consents().find(tenant, values.id))?.status).toBe(status);
      const grant = await database.store.grants.load(tenant, values.id);
      if (isAuthorised) expect(grant).toMatchObject({ version: 1, status: 'ended', nonce: 'first nonce' });
      else expect(grant).toBeUndefined();
      expect((await database.store.grants.loadForRead(tenant, values.id))?.grant).toBeNull();
    },
  );

  it('gets its first tokens as the next version, and keeps the nonce of its first authorisation', async () => {
    const values = imported('account-access', true);
    await consents().insert(tenant, values);
    await consents().recordImported(tenant, values.id);
    const tokens = { fromVersion: 1, accessToken: 'a', expiresAt: database.clock.now() };
    expect(await database.store.grants.storeTokens(tenant, values.id, tokens)).toMatchObject({ version: 2 });
    const grant = await database.store.grants.loadForRead(tenant, values.id);
    expect(grant?.grant).toMatchObject({ version: 2, accessToken: 'a' });
  });
});

describe('the address of a customer who asks for a deletion', () => {
  it('is that of the last request, or none', async () => {
    const id = await authorised();
    const address = () => consents().findDeletionCustomerIpAddress(tenant, id);
    await consents().recordDeletionAsked(tenant, id, { customerIpAddress: '203.0.113.7' });
    expect(await address()).toBe('203.0.113.7');
    await consents().recordDeletionAsked(tenant, id, { customerIpAddress: '203.0.113.8' });
    expect(await address()).toBe('203.0.113.8');
    await consents().recordDeletionAsked(tenant, id, { customerIpAddress: undefined });
    expect(await address()).toBeUndefined();
  });
});

describe('a reconfirmation', () => {
  const values = (consentId: string) => ({
    ...{ id: randomUUID(), reference: 'asked by mail', createdBy: 'desk', consentId },
  });

  it('is kept, once, and is what reads go by', async () => {
    const id = await authorised();
    const before = await database.store.grants.loadForRead(tenant, id);
    database.clock.moveMs(48 * hourMs);
    const given = values(id);
    const first = await database.store.reconfirmations.insert(tenant, given);
    const at = database.clock.now();
    database.clock.moveMs(hourMs);
    expect(first).toEqual({ ...given, created: at });
    expect(await database.store.reconfirmations.insert(tenant, given)).toEqual(first);
    expect(await consents().find(tenant, id)).toMatchObject({ reconfirmed: at, bankStatus: 'AUTH' });
    const after = await database.store.grants.loadForRead(tenant, id);
    expect((after?.confirmedAtMs ?? 0) - (before?.confirmedAtMs ?? 0)).toBe(48 * hourMs);
  });

  it('needs a consent that is authorised, and the tenant’s own', async () => {
    const waiting = await addConsent(database.store, registrationId);
    expect(await database.store.reconfirmations.insert(tenant, values(waiting))).toBeUndefined();
    expect(
      await database.store.reconfirmations.insert(otherTenant, values(await authorised())),
    ).toBeUndefined();
  });
});

describe('a reminder of a reconfirmation', () => {
  const reminded = async (id: string) => (await consents().find(tenant, id))?.reconfirmationReminded;

  it('is noted once for each confirmation', async () => {
    const id = await authorised();
    expect(await reminded(id)).toBeNull();
    database.clock.moveMs(hourMs);
    const first = database.clock.now();
    await database.store.reconfirmations.recordReminder(tenant, id);
    database.clock.moveMs(hourMs);
    await database.store.reconfirmations.recordReminder(tenant, id);
    expect(await reminded(id)).toEqual(first);
    await database.store.reconfirmations.insert(tenant, {
      ...{ id: randomUUID(), reference: null, createdBy: null, consentId: id },
    });
    database.clock.moveMs(hourMs);
    await database.store.reconfirmations.recordReminder(tenant, id);
    expect(await reminded(id)).toEqual(database.clock.now());
  });

  it('is the tenant’s own', async () => {
    const id = await authorised();
    await database.store.reconfirmations.recordReminder(otherTenant, id);
    expect(await reminded(id)).toBeNull();
  });
});

describe('the list of those whose customers have to be asked', () => {
  it('has the authorised ones whose last confirmation is older', async () => {
    const [confirmed, forgotten] = [await authorised(), await authorised()];
    const waiting = await addConsent(database.store, registrationId);
    const listed = async (confirmedBefore: Date | undefined) => {
      const request = { family: 'account-access', confirmedBefore } as const;
      const ids = new Set((await consents().listPage(tenant, request)).items.map(({ id }) => id));
      return [confirmed, forgotten, waiting].map((id) => ids.has(id));
    };
    database.clock.moveMs(hourMs);
    const before = database.clock.now();
    expect(await listed(before)).toEqual([true, true, false]);
    await database.store.reconfirmations.insert(tenant, {
      ...{ id: randomUUID(), reference: null, createdBy: null, consentId: confirmed },
    });
    expect(await listed(before)).toEqual([false, true, false]);
    expect(await listed(undefined)).toEqual([true, true, true]);
  });
});

describe('the budget of unattended reads', () => {
  const reads = () => database.store.unattendedReads;
  const resource = '/accounts/{AccountId}/balances';

  it('is claimed by as many as are allowed, however many ask at once of however many processes', async () => {
    const what = { consentId: await authorised(), account: 'a', resource };
    const pools = [database.connect(), database.connect()].map(({ store }) => store.unattendedReads);
    const claims = await Promise.all(
      Array.from({ length: 50 }, (_, n) => (pools[n % 2] ?? reads()).claim(tenant, what, 4)),
    );
    const claimed = claims.flatMap((claim) => (claim.kind === 'claimed' ? [claim.left] : []));
    expect(claimed.sort()).toEqual([0, 1, 2, 3]);
  });

  it('is one of each consent, account and resource', async () => {
    const what = { consentId: await authorised(), account: 'a', resource };
    const other = { ...what, consentId: await authorised() };
    for (const one of [what, other, { ...what, account: 'b' }, { ...what, resource: '/balances' }])
      expect(await reads().claim(tenant, one, 1)).toMatchObject({ kind: 'claimed', left: 0 });
    expect(await reads().claim(tenant, what, 1)).toMatchObject({ kind: 'used-up' });
  });

  it('is free again a day after each claim, and says when that is', async () => {
    const what = { consentId: await authorised(), account: '', resource };
    const firstMs = database.clock.nowMs();
    await reads().claim(tenant, what, 2);
    database.clock.moveMs(hourMs);
    await reads().claim(tenant, what, 2);
    const freeAtMs = firstMs + 24 * hourMs;
    expect(await reads().claim(tenant, what, 2)).toEqual({ kind: 'used-up', freeAtMs });
    database.clock.moveMs(23 * hourMs - 1);
    expect(await reads().claim(tenant, what, 2)).toEqual({ kind: 'used-up', freeAtMs });
    database.clock.moveMs(1);
    expect(await reads().claim(tenant, what, 2)).toMatchObject({ kind: 'claimed', left: 0 });
    expect(await reads().claim(tenant, what, 2)).toEqual({ kind: 'used-up', freeAtMs: freeAtMs + hourMs });
  });

  it('gets back what did not reach the bank, once', async () => {
    const what = { consentId: await authorised(), account: '', resource };
    const claim = await reads().claim(tenant, what, 2);
    await reads().claim(tenant, what, 2);
    if (claim.kind !== 'claimed') throw new Error('nothing was claimed');
    await reads().giveBack(tenant, what, claim.id);
    await reads().giveBack(tenant, what, claim.id);
    expect(await reads().claim(tenant, what, 2)).toMatchObject({ kind: 'claimed', left: 0 });
    expect(await reads().claim(tenant, what, 2)).toMatchObject({ kind: 'used-up' });
  });
});

describe('the key of account identities', () => {
  it('is made once, by whoever comes first, and is not the same for two tenants', async () => {
    const stores = Array.from({ length: 8 }, () => database.connect(1).store);
    const keys = await Promise.all(stores.map(({ accountIdentityKeys }) => accountIdentityKeys.get(tenant)));
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
    expect(keys[0]).toHaveLength(32);
    const other = await database.store.accountIdentityKeys.get(otherTenant);
    expect(other).not.toEqual(keys[0]);
    expect(await database.store.accountIdentityKeys.get(tenant)).toEqual(keys[0]);
  });
});
