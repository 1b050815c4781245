import { beforeAll, describe, expect, it } from 'vitest';
import {
  addConsent,
  addRegistration,
  bankResponse,
  failure,
  newClient,
  newObSeal,
  newObWac,
  newRegistration,
  newStatement,
  tenant,
} from './records.ts';
import { useTestDatabase } from './test-database.ts';

describe('registrations', () => {
  const database = useTestDatabase();
  const registrations = () => database.store.registrations;
  const obWac = newObWac();
  const obSeal = newObSeal();
  const statement = newStatement(obWac.id, obSeal.id);
  beforeAll(async () => {
    await database.store.obWacCertificates.insert(tenant, obWac);
    await database.store.obSealCertificates.insert(tenant, obSeal);
    await database.store.softwareStatements.insert(tenant, statement);
  });

  async function requested(values = {}) {
    const registration = { ...newRegistration(statement.id), ...values };
    await registrations().insertRequested(tenant, registration);
    return registration;
  }

  it('are found as they were asked for, without their secrets', async () => {
    const { registrationScope, ...columns } = newRegistration(statement.id);
    const redirectUris = ['https://tpp.example/fragment'];
    await registrations().insertRequested(tenant, {
      ...columns,
      registrationScope,
      redirectUris,
      externalApiId: 'adopted',
      externalApiSecret: 'planted',
      registrationAccessTokenFromSecrets: { source: 'File', name: 'rat' },
    });
    expect(await registrations().find(tenant, columns.id)).toEqual({
      ...columns,
      created: database.clock.now(),
      status: 'registering',
      revision: 0,
      requested: {
        registrationScope,
        redirectUris,
        externalApiId: 'adopted',
        registrationAccessTokenFromSecrets: { source: 'File', name: 'rat' },
      },
      client: null,
      failure: null,
    });
  });

  it('are left as they are when asked for again', async () => {
    const first = await requested({ externalApiSecret: 'first' });
    await registrations().insertRequested(tenant, {
      ...first,
      bankProfile: 'Other',
      externalApiSecret: 'second',
    });
    expect((await registrations().find(tenant, first.id))?.bankProfile).toBe(first.bankProfile);
    expect((await registrations().loadContext(tenant, first.id))?.clientSecret).toBe('first');
  });

  it('bring everything that talking to the bank needs', async () => {
    const { id } = await requested();
    const client = newClient();
    const secrets = { externalApiSecret: 'secret-1', registrationAccessToken: 'rat-1' };
    expect(await registrations().recordRegistered(tenant, id, { client, secrets })).toBe(true);
    const { createdBy: _a, reference: _b, ...softwareStatement } = statement;
    const { createdBy: _c, reference: _d, ...obWacCertificate } = obWac;
    const { createdBy: _e, reference: _f, ...obSealCertificate } = obSeal;
    expect(await registrations().loadContext(tenant, id)).toEqual({
      registration: expect.objectContaining({ id, client, status: 'registered', revision: 1 }),
      softwareStatement,
      obWacCertificate,
      obSealCertificate,
      clientSecret: 'secret-1',
      registrationAccessToken: 'rat-1',
    });
  });

  it('count their changes and keep the secrets that a change does not bring', async () => {
    const { id } = await requested();
    const secrets = { externalApiSecret: 'secret-1', registrationAccessToken: 'rat-1' };
    await registrations().recordRegistered(tenant, id, { client: newClient(), secrets });
    const changed = { client: newClient(), secrets: { registrationAccessToken: 'rat-2' } };
    await registrations().recordRegistered(tenant, id, changed);
    expect(await registrations().loadContext(tenant, id)).toMatchObject({
      registration: { revision: 2, client: changed.client },
      clientSecret: 'secret-1',
      registrationAccessToken: 'rat-2',
    });
  });

  it("keep the bank's answer", async () => {
    const { id } = await requested();
    const response = bankResponse({ client_id: 'c' });
    await registrations().recordRegistered(tenant, id, { client: newClient(), bankResponse: response });
    expect(await registrations().findBankResponse(tenant, id)).toEqual(response);
  });

  it('keep what was gathered for them until they are registered', async () => {
    const { id } = await requested();
    expect(await registrations().findPreparation(tenant, id)).toBeUndefined();
    await registrations().recordPreparation(tenant, id, { assertion: 'a.b.c' });
    expect(await registrations().findPreparation(tenant, id)).toEqual({ assertion: 'a.b.c' });
    await registrations().recordRegistered(tenant, id, { client: newClient() });
    expect(await registrations().findPreparation(tenant, id)).toBeUndefined();
  });

  it('keep their failure and are not registered after it', async () => {
    const { id } = await requested();
    await registrations().recordFailed(tenant, id, failure);
    expect(await registrations().find(tenant, id)).toMatchObject({ status: 'failed', failure });
    expect(await registrations().recordRegistered(tenant, id, { client: newClient() })).toBe(false);
  });

  it('do not fail once they are registered', async () => {
    const { id } = await requested();
    await registrations().recordRegistered(tenant, id, { client: newClient() });
    await registrations().recordFailed(tenant, id, failure);
    expect(await registrations().find(tenant, id)).toMatchObject({ status: 'registered', failure: null });
  });

  it('are listed by software statement and group while they are registered', async () => {
    const groups = { softwareStatementId: statement.id, bankGroup: 'Group of this test' };
    const one = await requested({ bankGroup: groups.bankGroup });
    const two = await requested({ bankGroup: groups.bankGroup });
    const client = newClient();
    await registrations().recordRegistered(tenant, one.id, { client });
    expect(await registrations().listRegistered(tenant, groups)).toEqual([
      { id: one.id, bankProfile: one.bankProfile, requested: expect.any(Object), client },
    ]);
    await registrations().recordRegistered(tenant, two.id, { client });
    await registrations().recordDeleted(tenant, one.id);
    expect((await registrations().listRegistered(tenant, groups)).map(({ id }) => id)).toEqual([two.id]);
  });

  it('forget their secrets when they are deleted', async () => {
    const { id } = await requested({ externalApiSecret: 'secret-1' });
    await registrations().recordDeleted(tenant, id);
    await registrations().recordDeleted(tenant, id);
    expect(await registrations().find(tenant, id)).toBeUndefined();
    expect(await registrations().loadContext(tenant, id)).toBeUndefined();
    const left = await database.db`SELECT purpose FROM encrypted_object WHERE owner_id = ${id}`;
    expect(left).toEqual([]);
  });

  it('are not deleted while a consent at the bank hangs on them', async () => {
    const id = await addRegistration(database.store);
    const consentId = await addConsent(database.store, id);
    expect(await registrations().softDelete(tenant, id)).toBe('in-use');
    await database.store.consents.recordEnd(tenant, consentId, 'abandoned');
    expect(await registrations().softDelete(tenant, id)).toBe('deleted');
    expect(await registrations().softDelete(tenant, id)).toBe('not-found');
  });
});
