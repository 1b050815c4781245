// The key that a tenant's account identities are made with (`account_identity_key`): random, made when it is first asked
// for, kept encrypted like every secret, and never changed: another key would make other identities of the same accounts.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Owner, SealedColumn, SealedObjects } from './sealed-objects.ts';
import type { Db } from './sql.ts';

const purpose = 'key';
const keyBytes = 32;
const ownerOf = (id: string): Owner => ({ kind: 'account-identity-key', id });

export function createAccountIdentityKeys(db: Db, clock: Clock, sealed: SealedObjects) {
  const kept = new Map<TenantId, Promise<Uint8Array>>();

  async function find(tenant: TenantId): Promise<Uint8Array | undefined> {
    const [row] = await db<{ id: string; key: SealedColumn }>`
      SELECT known.id, sealed(object) AS key FROM account_identity_key known
      JOIN encrypted_object object ON object.tenant = known.tenant AND object.owner_kind = 'account-identity-key'
        AND object.owner_id = known.id AND object.purpose = ${purpose}
      WHERE known.tenant = ${tenant}`;
    const text = row && (await sealed.open(tenant, ownerOf(row.id), purpose, row.key));
    return text === undefined ? undefined : Buffer.from(text, 'base64');
  }

  /** Of all who try at once one is heard. */
  async function make(tenant: TenantId): Promise<void> {
    const id = randomUUID();
    const text = randomBytes(keyBytes).toString('base64');
    await db`
      WITH changed AS (
        INSERT INTO account_identity_key (tenant, id, created) VALUES (${tenant}, ${id}, ${clock.now()})
        ON CONFLICT (tenant) DO NOTHING
        RETURNING id
      ), ${await sealed.put(tenant, ownerOf(id), { [purpose]: text })}
      SELECT id FROM changed`;
  }

  async function findOrMake(tenant: TenantId): Promise<Uint8Array> {
    const known = await find(tenant);
    if (known !== undefined) return known;
    await make(tenant);
    const made = await find(tenant);
    if (made === undefined) throw new Error('a key was made and is not there');
    return made;
  }

  return {
    /** Stays in memory once it was read. */
    get(tenant: TenantId): Promise<Uint8Array> {
      const known = kept.get(tenant);
      if (known !== undefined) return known;
      const key = findOrMake(tenant);
      kept.set(tenant, key);
      key.catch(() => kept.delete(tenant));
      return key;
    },
  };
}
