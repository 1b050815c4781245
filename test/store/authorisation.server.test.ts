import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { addConsent, addRegistration, failure, newAuthContext, otherTenant, tenant } from './records.ts';
import { useTestDatabase } from './test-database.ts';

describe('the customer at the bank', () => {
  const database = useTestDatabase();
  let registrationId: string;
  let consentId: string;
  beforeAll(async () => {
    registrationId = await addRegistration(database.store);
    consentId = await addConsent(database.store, registrationId);
  });

  async function attempt() {
    const values = newAuthContext(consentId);
    expect(await database.store.authContexts.insert(tenant, values)).toBe('inserted');
    return values;
  }

  describe('an auth context', () => {
    it('is found by id and by state, with its verifier and its bank', async () => {
      const values = await attempt();
      const found = {
        ...values,
        created: database.clock.now(),
        family: 'account-access',
        bankProfile: 'Sandbox_Hybrid',
        returned: false,
        sessionRequired: false,
      };
      expect(await database.store.authContexts.find(tenant, values.id)).toEqual(found);
      expect(await database.store.authContexts.findByState(tenant, values.state)).toEqual(found);
      expect(await database.store.authContexts.findByState(tenant, 'unknown')).toBeUndefined();
    });

    it('may be inserted again under the same id', async () => {
      const values = await attempt();
      expect(await database.store.authContexts.insert(tenant, { ...values, codeVerifier: 'x' })).toBe(
        'inserted',
      );
      const found = await database.store.authContexts.find(tenant, values.id);
      expect(found?.codeVerifier).toBe(values.codeVerifier);
    });

    it('does not share its state with any other, not even of another tenant', async () => {
      const { state } = await attempt();
      const second = { ...newAuthContext(consentId), state };
      expect(await database.store.authContexts.insert(tenant, second)).toBe('state-taken');
      const foreign = await addConsent(
        database.store,
        await addRegistration(database.store, otherTenant),
        {},
        otherTenant,
      );
      const third = { ...newAuthContext(foreign), state };
      expect(await database.store.authContexts.insert(otherTenant, third)).toBe('state-taken');
    });

    it('is inserted once by many equal requests at once', async () => {
      const values = newAuthContext(consentId);
      const pools = [database.store, database.connect().store];
      const results = await Promise.all(
        Array.from({ length: 16 }, (_, n) => pools[n % 2]?.authContexts.insert(tenant, values)),
      );
      expect(new Set(results)).toEqual(new Set(['inserted']));
    });

    it('is not found once its consent is deleted', async () => {
      const gone = await addConsent(database.store, registrationId);
      const values = newAuthContext(gone);
      await database.store.authContexts.insert(tenant, values);
      await database.store.consents.softDelete(tenant, gone);
      expect(await database.store.authContexts.findByState(tenant, values.state)).toBeUndefined();
    });
  });

  describe('a redirect', () => {
    const redirects = () => database.store.redirects;
    const returned = (authContextId: string, code = 'code-1') => ({
      id: randomUUID(),
      authContextId,
      parameters: { code, id_token: 'a.b.c', state: 'state-1', response: undefined, modified_by: 'page' },
    });

    it('is loaded with the parameters that were recorded', async () => {
      const { id: authContextId } = await attempt();
      const redirect = returned(authContextId);
      expect(await redirects().record(tenant, redirect)).toEqual({ kind: 'recorded', id: redirect.id });
      expect(await redirects().load(tenant, redirect.id)).toEqual({
        ...redirect,
        parameters: { code: 'code-1', id_token: 'a.b.c', state: 'state-1', modified_by: 'page' },
        created: database.clock.now(),
      });
      expect((await database.store.authContexts.find(tenant, authContextId))?.returned).toBe(true);
    });

    it('leads a repetition with the same parameters to the first', async () => {
      const { id: authContextId } = await attempt();
      const first = returned(authContextId);
      await redirects().record(tenant, first);
      const again = returned(authContextId);
      const byAnother = { ...again, parameters: { ...again.parameters, modified_by: 'somebody else' } };
      const joined = { kind: 'repeated-same', id: first.id };
      expect(await redirects().record(tenant, again)).toEqual(joined);
      expect(await redirects().record(tenant, byAnother)).toEqual(joined);
      expect(await redirects().record(tenant, first)).toEqual({ kind: 'recorded', id: first.id });
      expect(await redirects().load(tenant, again.id)).toBeUndefined();
    });

    it('is refused when it differs from the first', async () => {
      const { id: authContextId } = await attempt();
      const first = returned(authContextId);
      await redirects().record(tenant, first);
      const others = [
        returned(authContextId, 'code-2'),
        { ...first, parameters: { error: 'x', state: 's' } },
      ];
      for (const other of others)
        expect(await redirects().record(tenant, other)).toEqual({ kind: 'refused' });
      expect((await redirects().load(tenant, first.id))?.parameters.code).toBe('code-1');
    });

    it('is taken once when different ones come at the same time', async () => {
      const { id: authContextId } = await attempt();
      const pools = [redirects(), database.connect().store.redirects];
      const results = await Promise.all(
        Array.from({ length: 16 }, (_, n) =>
          pools[n % 2]?.record(tenant, returned(authContextId, `code-${n}`)),
        ),
      );
      expect(results.filter((result) => result?.kind === 'recorded')).toHaveLength(1);
      expect(results.filter((result) => result?.kind === 'refused')).toHaveLength(15);
    });

    it('keeps its first outcome', async () => {
      const { id: authContextId } = await attempt();
      const { id } = returned(authContextId);
      await redirects().record(tenant, { ...returned(authContextId), id });
      expect(await redirects().findOutcome(tenant, id)).toBeUndefined();
      await redirects().recordOutcome(tenant, id, { kind: 'failed', failure });
      await redirects().recordOutcome(tenant, id, { kind: 'authorised' });
      expect(await redirects().findOutcome(tenant, id)).toEqual({ kind: 'failed', failure });
    });

    it('may end well', async () => {
      const { id: authContextId } = await attempt();
      const redirect = returned(authContextId);
      await redirects().record(tenant, redirect);
      await redirects().recordOutcome(tenant, redirect.id, { kind: 'authorised' });
      expect(await redirects().findOutcome(tenant, redirect.id)).toEqual({ kind: 'authorised' });
    });
  });
});
