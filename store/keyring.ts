// The keys that the descriptions in the database lead to. Keys stay in memory once read; the current one is looked up
// anew every few seconds, since another process may have changed it.

import type { SecretDescription } from '../secrets/secret-source.ts';
import {
  type EncryptionKey,
  EncryptionKeyUnusable,
  type Keyring,
  keyLength,
} from '../security/token-encryption.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Db } from './sql.ts';
import { StoreUnavailable } from './store-error.ts';

export interface KeyringOptions {
  /** The text of a secret; for a key, 32 bytes in base64. */
  readSecret(description: SecretDescription): Promise<string>;
  /** How long another process's change of the current key may go unnoticed. */
  currentKeyMaxAgeMs?: number;
}

/** Rejects with {@link EncryptionKeyUnusable} when no key is current, or when a secret is not a key. */
export function createKeyring(db: Db, { readSecret, currentKeyMaxAgeMs = 5_000 }: KeyringOptions): Keyring {
  const keys = new Map<string, Promise<Uint8Array>>();
  const currents = new Map<TenantId, { key: Promise<EncryptionKey>; readAt: number }>();

  const keyring: Keyring = {
    current(tenant) {
      const known = currents.get(tenant);
      if (known !== undefined && performance.now() - known.readAt < currentKeyMaxAgeMs) return known.key;
      const entry = { key: readAgain(tenant, known?.key), readAt: performance.now() };
      currents.set(tenant, entry);
      entry.key.catch(() => currents.delete(tenant));
      return entry.key;
    },
    get(tenant, keyId) {
      const name = `${tenant}/${keyId}`;
      const known = keys.get(name);
      if (known !== undefined) return known;
      const key = readKey(tenant, keyId);
      keys.set(name, key);
      key.catch(() => keys.delete(name));
      return key;
    },
  };
  return keyring;

  /** A database that is away has changed nothing: what was the current key is used until it is back. */
  async function readAgain(tenant: TenantId, before: Promise<EncryptionKey> | undefined) {
    try {
      return await readCurrent(tenant);
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || before === undefined) throw error;
      return await before;
    }
  }

  async function readCurrent(tenant: TenantId): Promise<EncryptionKey> {
    const [row] = await db<{ id: string | null }>`
      SELECT current_encryption_key_description_id AS id FROM settings WHERE tenant = ${tenant}`;
    if (!row?.id) throw new EncryptionKeyUnusable('No encryption key has been made the current one.');
    return { id: row.id, key: await keyring.get(tenant, row.id) };
  }

  /** Deleted descriptions count: what was written with their keys has to stay readable. */
  async function readKey(tenant: TenantId, keyId: string): Promise<Uint8Array> {
    const [row] = await db<{ key: SecretDescription }>`
      SELECT key FROM encryption_key_description WHERE tenant = ${tenant} AND id = ${keyId}`;
    if (row === undefined)
      throw new EncryptionKeyUnusable(`There is no encryption key description ${keyId}.`);
    const key = Buffer.from(await readSecret(row.key), 'base64');
    if (key.length === keyLength) return key;
    throw new EncryptionKeyUnusable(`The secret of encryption key ${keyId} is not 32 bytes in base64.`);
  }
}
