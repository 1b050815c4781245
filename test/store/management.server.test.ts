import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKeyring } from '../../store/keyring.ts';
import { StatementRefused } from '../../store/store-error.ts';
import { newObSeal, newObWac, newRegistration, newStatement, tenant } from './records.ts';
import { useTestDatabase } from './test-database.ts';

describe('management objects', () => {
  const database = useTestDatabase();

  async function addStatement() {
    const { obWacCertificates, obSealCertificates, softwareStatements } = database.store;
    const obWac = await obWacCertificates.insert(tenant, newObWac());
    const obSeal = await obSealCertificates.insert(tenant, newObSeal());
    return await softwareStatements.insert(tenant, newStatement(obWac.id, obSeal.id));
  }

  it('are given back as they were inserted, and found so', async () => {
    const { obWacCertificates, obSealCertificates, softwareStatements } = database.store;
    const created = database.clock.now();
    const obWac = newObWac();
    const obSeal = newObSeal();
    const statement = newStatement(obWac.id, obSeal.id);
    expect(await obWacCertificates.insert(tenant, obWac)).toEqual({ ...obWac, created });
    expect(await obSealCertificates.insert(tenant, obSeal)).toEqual({ ...obSeal, created });
    expect(await softwareStatements.insert(tenant, statement)).toEqual({ ...statement, created });
    expect(await obWacCertificates.find(tenant, obWac.id)).toEqual({ ...obWac, created });
    expect(await obSealCertificates.find(tenant, obSeal.id)).toEqual({ ...obSeal, created });
    expect(await softwareStatements.find(tenant, statement.id)).toEqual({ ...statement, created });
  });

  it('are left as they are when inserted again', async () => {
    const { obWacCertificates, obSealCertificates, softwareStatements } = database.store;
    const statement = await addStatement();
    expect(await softwareStatements.insert(tenant, { ...statement, softwareId: 'another' })).toEqual(
      statement,
    );
    const obWac = await obWacCertificates.insert(tenant, newObWac());
    expect(await obWacCertificates.insert(tenant, { ...obWac, certificate: 'another' })).toEqual(obWac);
    const obSeal = await obSealCertificates.insert(tenant, newObSeal());
    expect(await obSealCertificates.insert(tenant, { ...obSeal, certificate: 'another' })).toEqual(obSeal);
  });

  it('may lack reference and author', async () => {
    const obWac = { ...newObWac(), reference: null, createdBy: null };
    expect(await database.store.obWacCertificates.insert(tenant, obWac)).toMatchObject(obWac);
  });

  it('must refer to what exists', async () => {
    const dangling = newStatement(randomUUID(), randomUUID());
    await expect(database.store.softwareStatements.insert(tenant, dangling)).rejects.toThrow(
      StatementRefused,
    );
  });

  it('are not deleted while something alive uses them', async () => {
    const { obWacCertificates, obSealCertificates, softwareStatements, registrations } = database.store;
    const statement = await addStatement();
    const registration = newRegistration(statement.id);
    await registrations.insertRequested(tenant, registration);
    expect(await softwareStatements.softDelete(tenant, statement.id)).toBe('in-use');
    expect(await obWacCertificates.softDelete(tenant, statement.defaultObWacCertificateId)).toBe('in-use');
    expect(await obSealCertificates.softDelete(tenant, statement.defaultObSealCertificateId)).toBe('in-use');
    await registrations.recordDeleted(tenant, registration.id);
    expect(await softwareStatements.softDelete(tenant, statement.id)).toBe('deleted');
    expect(await obWacCertificates.softDelete(tenant, statement.defaultObWacCertificateId)).toBe('deleted');
    expect(await obSealCertificates.softDelete(tenant, statement.defaultObSealCertificateId)).toBe('deleted');
  });

  it('are not found once deleted', async () => {
    const { softwareStatements } = database.store;
    const statement = await addStatement();
    expect(await softwareStatements.softDelete(tenant, statement.id)).toBe('deleted');
    expect(await softwareStatements.find(tenant, statement.id)).toBeUndefined();
    expect(await softwareStatements.softDelete(tenant, statement.id)).toBe('not-found');
    expect(await softwareStatements.update(tenant, statement.id, {})).toBeUndefined();
    expect((await softwareStatements.list(tenant)).map(({ id }) => id)).not.toContain(statement.id);
  });

  it('change where a change is given', async () => {
    const { softwareStatements, obWacCertificates } = database.store;
    const statement = await addStatement();
    const renewed = await obWacCertificates.insert(tenant, newObWac());
    const changes = { defaultObWacCertificateId: renewed.id, defaultQueryRedirectUrl: undefined };
    const changed = { ...statement, defaultObWacCertificateId: renewed.id };
    expect(await softwareStatements.update(tenant, statement.id, changes)).toEqual(changed);
    expect(await softwareStatements.find(tenant, statement.id)).toEqual(changed);
  });

  it('are listed oldest first', async () => {
    database.clock.moveMs(1000);
    const first = await addStatement();
    database.clock.moveMs(1000);
    const second = await addStatement();
    const ids = (await database.store.softwareStatements.list(tenant)).map(({ id }) => id);
    expect(ids.slice(-2)).toEqual([first.id, second.id]);
  });
});

describe('encryption keys', () => {
  const database = useTestDatabase();
  const secrets = new Map<string, string>();
  const readSecret = async ({ name }: { name: string }) =>
    secrets.get(name) ?? Promise.reject(new Error('none'));
  const keyringOfDatabase = () => createKeyring(database.db, { readSecret, currentKeyMaxAgeMs: 0 });

  async function describeKey(secret: string) {
    const id = randomUUID();
    secrets.set(id, secret);
    const key = { source: 'File', name: id } as const;
    return await database.store.encryptionKeyDescriptions.insert(tenant, {
      id,
      createdBy: null,
      reference: null,
      key,
    });
  }

  it('are unusable while none is the current one', async () => {
    await expect(keyringOfDatabase().current('nobody')).rejects.toThrow(/No encryption key/);
  });

  it('are read from where their description says, once', async () => {
    const bytes = randomBytes(32);
    const { id } = await describeKey(bytes.toString('base64'));
    await database.store.encryptionKeyDescriptions.setCurrent(tenant, id);
    const keyring = keyringOfDatabase();
    expect(await keyring.current(tenant)).toEqual({ id, key: bytes });
    secrets.delete(id);
    expect(await keyring.get(tenant, id)).toEqual(bytes);
  });

  it('follow a change of the current one by another process', async () => {
    const first = await describeKey(randomBytes(32).toString('base64'));
    const second = await describeKey(randomBytes(32).toString('base64'));
    const keyring = keyringOfDatabase();
    await database.store.encryptionKeyDescriptions.setCurrent(tenant, first.id);
    expect((await keyring.current(tenant)).id).toBe(first.id);
    await database.store.encryptionKeyDescriptions.setCurrent(tenant, second.id);
    expect((await keyring.current(tenant)).id).toBe(second.id);
  });

  it('are looked up again after a failure', async () => {
    const keyring = keyringOfDatabase();
    const bytes = randomBytes(32);
    const { id } = await describeKey('not a key');
    await expect(keyring.get(tenant, id)).rejects.toThrow(/is not 32 bytes in base64/);
    secrets.set(id, bytes.toString('base64'));
    expect(await keyring.get(tenant, id)).toEqual(bytes);
  });

  it('never say what a wrong secret was', async () => {
    const { id } = await describeKey('planted-secret-text');
    const refused = keyringOfDatabase().get(tenant, id);
    await expect(refused).rejects.not.toThrow(/planted/);
  });

  it("are the tenant's own", async () => {
    const { id } = await describeKey(randomBytes(32).toString('base64'));
    await expect(keyringOfDatabase().get('other', id)).rejects.toThrow(/no encryption key description/);
  });

  it('are not deleted while current or while anything is encrypted with them', async () => {
    const { encryptionKeyDescriptions: keys } = database.store;
    const current = await describeKey('current');
    const unused = await describeKey('unused');
    await keys.setCurrent(tenant, current.id);
    expect(await keys.softDelete(tenant, current.id)).toBe('in-use');
    expect(await keys.softDelete(tenant, unused.id)).toBe('deleted');
    const used = await describeKey('used');
    await database.db`
      INSERT INTO encrypted_object VALUES (${tenant}, 'consent', ${randomUUID()}, 'x', ${used.id},
        ${randomBytes(12)}, ${randomBytes(3)}, ${randomBytes(16)}, ${database.clock.now()})`;
    expect(await keys.softDelete(tenant, used.id)).toBe('in-use');
  });

  it('stay readable after their description was deleted', async () => {
    const bytes = randomBytes(32);
    const { id } = await describeKey(bytes.toString('base64'));
    expect(await database.store.encryptionKeyDescriptions.softDelete(tenant, id)).toBe('deleted');
    expect(await database.store.encryptionKeyDescriptions.find(tenant, id)).toBeUndefined();
    expect(await keyringOfDatabase().get(tenant, id)).toEqual(bytes);
  });
});
