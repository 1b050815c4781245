import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SealBroken } from '../../security/token-encryption.ts';
import { codeExchange } from '../../store/once-only-calls.ts';
import { createStore } from '../../store/store.ts';
import {
  addRegistration,
  newAuthContext,
  newClient,
  newConsent,
  newPayment,
  newRegistration,
  tenant,
} from './records.ts';
import { keyringOf, newKey, useTestDatabase } from './test-database.ts';

describe('encryption at rest', () => {
  const database = useTestDatabase();
  const planted = (what: string) => `planted-${what}-3f9c`;

  /** The whole database as one text, binary columns in three spellings. */
  async function dump(): Promise<string> {
    const [row] = await database.db<{ everything: string }>`
      SELECT query_to_xml(
        'SELECT ' || string_agg(format('(SELECT coalesce(string_agg(t::text, chr(10)), '''') FROM %I t)', table_name), ', '),
        true, false, ''
      )::text AS everything
      FROM information_schema.tables WHERE table_schema = 'public'`;
    const text = row?.everything ?? '';
    const binaries = text.matchAll(/\\\\?x([0-9a-f]{2,})/g);
    return text + [...binaries].map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1')).join('\n');
  }

  it('leaves no secret and no body readable in any table', async () => {
    const { store } = database;
    const registrationId = await addRegistration(store);
    const context = await store.registrations.loadContext(tenant, registrationId);
    const requested = newRegistration(context?.softwareStatement.id ?? '');
    await store.registrations.insertRequested(tenant, {
      ...requested,
      externalApiSecret: planted('client-secret'),
      registrationAccessToken: planted('registration-token'),
    });
    await store.registrations.recordRegistered(tenant, registrationId, {
      client: newClient(),
      secrets: { externalApiSecret: planted('client-secret') },
      bankResponse: { body: planted('registration-body'), interactionId: null, url: 'https://bank.example' },
    });
    const failure = {
      type: 'BankRejectedRequest',
      details: { code: 'bank-rejected-request' },
      bank: {
        endpointHttpMethod: 'POST',
        endpointUrl: `https://bank.example/${planted('failure-url')}`,
        endpointResponse: planted('failure-body'),
      },
    } as const;
    const failed = newConsent(registrationId);
    await store.consents.insert(tenant, failed);
    await store.consents.recordFailed(tenant, failed.id, failure);
    const consent = newConsent(registrationId, {
      family: 'domestic-payment',
      requestBody: planted('consent-request'),
    });
    await store.consents.insert(tenant, consent);
    const bankResponse = {
      body: planted('consent-body'),
      interactionId: null,
      url: `https://${planted('url')}`,
    };
    await store.consents.recordCreated(tenant, consent.id, { externalApiId: 'c', bankResponse });
    const attempt = { ...newAuthContext(consent.id), codeVerifier: planted('code-verifier') };
    await store.authContexts.insert(tenant, attempt);
    const redirectId = randomUUID();
    const parameters = { code: planted('code'), id_token: planted('id-token'), response: planted('jarm') };
    await store.redirects.record(tenant, { id: redirectId, authContextId: attempt.id, parameters });
    await store.redirects.recordOutcome(tenant, redirectId, { kind: 'failed', failure });
    const call = codeExchange(consent.id, redirectId);
    await store.onceOnlyCalls.claim(tenant, call, { claimedBy: 'x', deadlineAt: database.clock.now() });
    await store.onceOnlyCalls.storeAnswer(tenant, call, planted('raw-answer'));
    await store.grants.storeTokens(tenant, consent.id, {
      fromVersion: 0,
      accessToken: planted('access-token'),
      refreshToken: planted('refresh-token'),
      expiresAt: database.clock.now(),
    });
    const payment = { ...newPayment(consent.id), body: planted('payment-body') };
    await store.payments.insert(tenant, payment);
    await store.payments.recordStatus(tenant, payment.id, {
      status: 'following',
      externalApiId: 'p',
      bankStatus: 'RCVD',
      bankResponse,
    });
    await store.payments.recordEnded(tenant, payment.id, { status: 'rejected', failure });

    const everything = await dump();
    expect(everything).toContain('Sandbox_Hybrid');
    expect(everything).toContain(consent.id);
    expect(everything.match(/planted-[a-z-]+/g)).toBeNull();
    for (const spelling of ['hex', 'base64', 'base64url'] as const) {
      expect(everything).not.toContain(Buffer.from('planted-').toString(spelling).slice(0, 10));
    }
  });

  it('would find what is planted in clear text', async () => {
    const [row] = await database.store.consents.list(tenant, { limit: 1 });
    await database.db`UPDATE consent SET reference = ${planted('in-clear')} WHERE id = ${row?.id ?? ''}`;
    expect(await dump()).toContain(planted('in-clear'));
    await database.db`
      INSERT INTO encrypted_object VALUES (${tenant}, 'consent', ${randomUUID()}, 'x', ${randomUUID()},
        ${Buffer.alloc(12)}, ${Buffer.from(planted('in-bytes'))}, ${Buffer.alloc(16)}, ${database.clock.now()})`;
    expect(await dump()).toContain(planted('in-bytes'));
  });

  it('refuses a text that was moved to another place', async () => {
    const registrationId = await addRegistration(database.store);
    const [one, two] = [newConsent(registrationId), newConsent(registrationId)];
    await database.store.consents.insert(tenant, one);
    await database.store.consents.insert(tenant, two);
    await database.db`DELETE FROM encrypted_object WHERE owner_id = ${two.id}`;
    await database.db`UPDATE encrypted_object SET owner_id = ${two.id} WHERE owner_id = ${one.id}`;
    await expect(database.store.consents.findRequestBody(tenant, two.id)).rejects.toThrow(SealBroken);
    await database.db`UPDATE encrypted_object SET owner_id = ${one.id} WHERE owner_id = ${two.id}`;
    expect(await database.store.consents.findRequestBody(tenant, one.id)).toBe(one.requestBody);
  });

  it.each(['tenant', 'owner_kind', 'purpose'] as const)('binds a text to its %s', async (column) => {
    const registrationId = await addRegistration(database.store);
    const consent = newConsent(registrationId);
    await database.store.consents.insert(tenant, consent);
    const moves = {
      tenant: () => database.db`UPDATE encrypted_object SET tenant = 'other' WHERE owner_id = ${consent.id}`,
      owner_kind: () =>
        database.db`UPDATE encrypted_object SET owner_kind = 'payment' WHERE owner_id = ${consent.id}`,
      purpose: () =>
        database.db`UPDATE encrypted_object SET purpose = 'bank-response' WHERE owner_id = ${consent.id}`,
    };
    const reads = {
      tenant: () => database.store.consents.findRequestBody('other', consent.id),
      owner_kind: () => database.store.payments.findBody(tenant, consent.id),
      purpose: () => database.store.consents.findBankResponse(tenant, consent.id),
    };
    await moves[column]();
    await expect(reads[column]()).rejects.toThrow(SealBroken);
  });

  it('writes with the current key and reads with the one that was written with', async () => {
    const { db, clock } = database;
    const [old, current] = [newKey(), newKey()];
    const before = createStore({ db, clock, keyring: keyringOf(old) });
    const after = createStore({ db, clock, keyring: keyringOf(old, current) });
    const registrationId = await addRegistration(before);
    const [first, second] = [newConsent(registrationId), newConsent(registrationId)];
    await before.consents.insert(tenant, first);
    await after.consents.insert(tenant, second);
    expect(await after.consents.findRequestBody(tenant, first.id)).toBe(first.requestBody);
    expect(await after.consents.findRequestBody(tenant, second.id)).toBe(second.requestBody);
    await expect(before.consents.findRequestBody(tenant, second.id)).rejects.toThrow(/No such key/);
  });

  it('stores nothing at all when there is no key', async () => {
    const { db, clock, store } = database;
    const keyless = createStore({ db, clock, keyring: keyringOf() });
    const consent = newConsent(await addRegistration(store));
    await expect(keyless.consents.insert(tenant, consent)).rejects.toThrow(/No key/);
    expect(await store.consents.find(tenant, consent.id)).toBeUndefined();
  });
});
