// Files of payments: kept in encrypted parts while they are on their way, one for each consent, and no longer than that.
import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addConsent, addRegistration, otherTenant, tenant } from './records.ts';
import { useTestDatabase } from './test-database.ts';

describe('a file', () => {
  const database = useTestDatabase();
  const files = () => database.store.paymentFiles;
  const parts = [Buffer.from('first of Jane Planted-Name'), Buffer.from([0, 255, 128])];
  let registrationId: string;
  let consentId: string;
  beforeAll(async () => {
    registrationId = await addRegistration(database.store);
  });
  beforeEach(async () => {
    consentId = await addConsent(database.store, registrationId, { family: 'file-payment' });
  });

  async function arriving() {
    const id = randomUUID();
    await files().begin(tenant, { id, consentId, contentType: 'text/plain' });
    for (const [number, part] of parts.entries())
      expect(await files().addPart(tenant, id, number, part)).toBe(true);
    return id;
  }
  async function arrived() {
    const id = await arriving();
    expect(await files().complete(tenant, id, { sha256: 'hash', parts: parts.length })).toBe(true);
    return id;
  }
  const kept = async (id: string) => {
    const rows = await database.db`
      SELECT purpose FROM encrypted_object WHERE owner_kind = 'payment-file' AND owner_id = ${id}`;
    return rows.length;
  };
  const statusOf = async () => (await database.store.consents.find(tenant, consentId))?.status;

  it('is there when it has arrived as a whole, byte for byte', async () => {
    const id = await arriving();
    expect(await files().findWhole(tenant, consentId)).toBeUndefined();
    expect(await files().complete(tenant, id, { sha256: 'hash', parts: 2 })).toBe(true);
    expect(await files().complete(tenant, id, { sha256: 'hash', parts: 2 })).toBe(true);
    const whole = { id, contentType: 'text/plain', sha256: 'hash', parts: 2, taken: null };
    expect(await files().findWhole(tenant, consentId)).toEqual(whole);
    expect(await files().read(tenant, id, 2)).toEqual(Buffer.concat(parts));
    expect(await files().findWhole(otherTenant, consentId)).toBeUndefined();
    await expect(files().read(otherTenant, id, 2)).rejects.toThrow('missing');
  });

  it('takes the place of one that never arrived, and of no other', async () => {
    const first = await arriving();
    const second = await arriving();
    expect([await kept(first), await kept(second)]).toEqual([0, 2]);
    expect(await files().addPart(tenant, first, 2, parts[0] ?? Buffer.alloc(0))).toBe(false);
    expect(await files().complete(tenant, first, { sha256: 'hash', parts: 3 })).toBe(false);
    await files().complete(tenant, second, { sha256: 'hash', parts: 2 });
    const third = randomUUID();
    await files().begin(tenant, { id: third, consentId, contentType: 'text/plain' });
    expect(await files().addPart(tenant, third, 0, parts[0] ?? Buffer.alloc(0))).toBe(false);
    expect((await files().findWhole(tenant, consentId))?.id).toBe(second);
  });

  it('is forgotten when the bank has taken it, and which one it was stays known', async () => {
    const id = await arrived();
    expect(await statusOf()).toBe('awaiting-upload');
    database.clock.moveMs(1_000);
    const taken = database.clock.now();
    await files().recordTaken(tenant, id);
    database.clock.moveMs(1_000);
    await files().recordTaken(tenant, id);
    expect([await statusOf(), await kept(id)]).toEqual(['awaiting-authorisation', 0]);
    expect(await files().findWhole(tenant, consentId)).toMatchObject({ id, sha256: 'hash', taken });
    await files().forget(tenant, id);
    expect(await files().findWhole(tenant, consentId)).toMatchObject({ id });
  });

  it('that the bank refuses makes room for another', async () => {
    const id = await arrived();
    await files().forget(tenant, id);
    expect([await files().findWhole(tenant, consentId), await kept(id)]).toEqual([undefined, 0]);
    await arrived();
  });

  it.each(['abandoned', 'deleted'] as const)('goes with its consent when that is %s', async (end) => {
    const id = await arrived();
    await database.store.consents.recordEnd(tenant, consentId, end);
    expect(await kept(id)).toBe(0);
    expect(await statusOf()).toBe(end === 'deleted' ? undefined : end);
  });
});
