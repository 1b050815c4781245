// The keys while the database is away.
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { patientKeys } from '../../roles/patient-keys.ts';
import { createKeyring } from '../../store/keyring.ts';
import type { Db } from '../../store/sql.ts';
import { StoreUnavailable } from '../../store/store-error.ts';
import { defaultTenant as tenant } from '../../workflows/contracts/ids.ts';

const text = randomBytes(32).toString('base64');

/** A database with one key, which can go away. */
function keyringOnShakyDatabase() {
  const database = { isAway: false };
  const ask = async (statement: TemplateStringsArray) => {
    if (database.isAway) throw new StoreUnavailable('ECONNREFUSED');
    return statement.join('').includes('FROM settings') ? [{ id: 'key-1' }] : [{ key: {} }];
  };
  const keyring = createKeyring(ask as unknown as Db, {
    readSecret: async () => text,
    currentKeyMaxAgeMs: 0,
  });
  return { database, keyring };
}

it('the key that was the current one is used while the database is away', async () => {
  const { database, keyring } = keyringOnShakyDatabase();
  const before = await keyring.current(tenant);
  database.isAway = true;
  expect(await keyring.current(tenant)).toEqual(before);
  expect(await keyring.current(tenant)).toEqual(before);
});

it('nothing is made up where none was known', async () => {
  const { database, keyring } = keyringOnShakyDatabase();
  database.isAway = true;
  await expect(keyring.current(tenant)).rejects.toThrow(StoreUnavailable);
});

it('whoever is patient gets the key when the database is back', async () => {
  const { database, keyring } = keyringOnShakyDatabase();
  database.isAway = true;
  let attempts = 0;
  const keys = patientKeys(
    {
      current: () => {
        attempts += 1;
        if (attempts === 3) database.isAway = false;
        return keyring.current(tenant);
      },
      get: (keyId) => keyring.get(tenant, keyId),
    },
    1,
  );
  expect(await keys.current()).toMatchObject({ id: 'key-1' });
  expect(attempts).toBe(3);
});

it('patience is for a database that is away, not for a key that is not there', async () => {
  const broken = async () => {
    throw new TypeError('no such key');
  };
  await expect(patientKeys({ current: broken, get: broken }, 1).get('key-2')).rejects.toThrow(TypeError);
});
