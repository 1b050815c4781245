import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { newSigningSecret } from '../../notifications/signatures.ts';
import { codeExchange } from '../../store/once-only-calls.ts';
import { openScriptConnection } from '../../store/sql.ts';
import {
  addConsent,
  addRegistration,
  bankResponse,
  failure,
  newAccessRecord,
  newAuthContext,
  newClient,
  newPayment,
  otherTenant,
  tenant,
} from './records.ts';
import { useTestDatabase } from './test-database.ts';
import { newWebhookEndpoint } from './webhook-records.ts';

describe('a tenant', () => {
  const database = useTestDatabase();
  const ids = {} as Record<
    | 'registration'
    | 'consent'
    | 'authContext'
    | 'redirect'
    | 'payment'
    | 'attempt'
    | 'journey'
    | 'link'
    | 'file'
    | 'fileConsent'
    | 'key'
    | 'endpoint'
    | 'event',
    string
  >;
  const ofManagement = {} as Record<'statement' | 'obWac' | 'obSeal', string>;
  const state = randomUUID();
  const redirectId = randomUUID();

  beforeAll(async () => {
    const { store } = database;
    ids.registration = await addRegistration(store);
    ids.consent = await addConsent(store, ids.registration, { family: 'domestic-payment' });
    const context = await store.registrations.loadContext(tenant, ids.registration);
    ofManagement.statement = context?.softwareStatement.id ?? '';
    ofManagement.obWac = context?.obWacCertificate.id ?? '';
    ofManagement.obSeal = context?.obSealCertificate.id ?? '';
    const attempt = { ...newAuthContext(ids.consent), state };
    await store.authContexts.insert(tenant, attempt);
    ids.authContext = attempt.id;
    ids.redirect = redirectId;
    const parameters = { code: 'code', state };
    await store.redirects.record(tenant, { id: redirectId, authContextId: attempt.id, parameters });
    await store.redirects.recordOutcome(tenant, redirectId, { kind: 'failed', failure });
    const expiresAt = database.clock.now();
    await store.grants.storeTokens(tenant, ids.consent, {
      fromVersion: 0,
      accessToken: 'a',
      refreshToken: 'r',
      expiresAt,
    });
    const call = codeExchange(ids.consent, redirectId);
    await store.onceOnlyCalls.claim(tenant, call, { claimedBy: 'x', deadlineAt: expiresAt });
    await store.onceOnlyCalls.storeAnswer(tenant, call, 'raw');
    const payment = newPayment(ids.consent);
    ids.payment = payment.id;
    await store.payments.insert(tenant, payment);
    ids.attempt = randomUUID();
    await store.payments.recordSending(tenant, payment.id, ids.attempt);
    await store.payments.recordStatus(tenant, payment.id, {
      status: 'following',
      externalApiId: 'order-1',
      bankStatus: 'RCVD',
      bankResponse: bankResponse({}),
    });
    const claim = { key: 'key', operation: 'POST', bodyHash: 'hash', resourceId: payment.id };
    await store.idempotency.claim(tenant, claim);
    ids.key = randomUUID();
    const key = { source: 'File', name: 'key' } as const;
    await store.encryptionKeyDescriptions.insert(tenant, {
      id: ids.key,
      createdBy: null,
      reference: null,
      key,
    });
    await store.encryptionKeyDescriptions.setCurrent(tenant, ids.key);
    const access = await addConsent(store, ids.registration);
    await store.consents.recordAuthorised(tenant, access, { modifiedBy: null });
    const reconfirmation = { id: randomUUID(), createdBy: null, reference: null, consentId: access };
    await store.reconfirmations.insert(tenant, reconfirmation);
    await store.unattendedReads.claim(tenant, { consentId: access, account: 'a', resource: '/x' }, 4);
    await store.consents.recordDeletionAsked(tenant, ids.consent, { customerIpAddress: '203.0.113.7' });
    await store.accountIdentityKeys.get(tenant);
    await store.resultKeys.current(tenant);
    await store.fundsConfirmations.recordAnswer(tenant, {
      ...{ id: ids.consent, consentId: ids.consent },
      answer: { body: { Data: {} }, interactionId: null, url: '', warnings: [] },
    });
    await store.accessRecords.insert(tenant, [newAccessRecord(ids.consent)]);
    ids.journey = randomUUID();
    await store.paymentJourneys.insert(tenant, {
      ...{ id: ids.journey, createdBy: null, reference: null, consentId: ids.consent },
      ...{ paymentId: ids.payment, returnUrl: 'https://shop.example/' },
    });
    ids.link = (await store.paymentLinks.tokenOf(tenant, ids.journey)) ?? '';
    ids.file = randomUUID();
    ids.fileConsent = await addConsent(store, ids.registration, { family: 'file-payment' });
    await store.paymentFiles.begin(tenant, {
      ...{ id: ids.file, consentId: ids.fileConsent, contentType: 'text/plain' },
    });
    await store.paymentFiles.addPart(tenant, ids.file, 0, Buffer.from('part'));
    await store.paymentFiles.complete(tenant, ids.file, { sha256: 'hash', parts: 1 });
    const endpoint = newWebhookEndpoint();
    ids.endpoint = endpoint.id;
    await store.webhookEndpoints.insert(tenant, endpoint, newSigningSecret('hmac-sha256'));
    ids.event = randomUUID();
    await store.webhookEvents.insertTest(tenant, ids.endpoint, ids.event);
    const queue = { endpointId: ids.endpoint, resourceId: ids.event };
    const waiting = await store.webhookDeliveries.findNext(tenant, queue);
    await store.webhookDeliveries.recordAttempt(tenant, {
      ...{
        deliveryId: waiting?.id ?? '',
        endpointId: ids.endpoint,
        number: 1,
        started: database.clock.now(),
      },
      ...{ outcome: 'refused', httpStatus: 500, durationMs: 1, end: undefined, disable: undefined },
    });
  });

  /** Every row of every table that is the tenant's, as text. */
  async function rowsOf(owner: string): Promise<Record<string, string[]>> {
    const connection = openScriptConnection(database.url);
    try {
      const tables = await connection.run<{ name: string }>(`
        SELECT table_name AS name FROM information_schema.tables
        WHERE table_schema = 'public' AND table_name <> 'schema_migration' ORDER BY table_name`);
      const rows: Record<string, string[]> = {};
      for (const { name } of tables) {
        const found = await connection.run<{ row: string }>(
          `SELECT t::text AS row FROM ${name} t WHERE tenant = '${owner}' ORDER BY 1`,
        );
        rows[name] = found.map(({ row }) => row);
      }
      return rows;
    } finally {
      await connection.close();
    }
  }

  it('has rows in every table here, so that the other tests leave none out', async () => {
    const empty = Object.entries(await rowsOf(tenant)).filter(([, rows]) => rows.length === 0);
    expect(empty).toEqual([]);
  });

  it('is part of every key, save of those that no two tenants may share', async () => {
    const keys = await database.db<{ name: string }>`
      SELECT class.relname AS name FROM pg_index
      JOIN pg_class class ON class.oid = indexrelid
      JOIN pg_class owner ON owner.oid = indrelid
      JOIN pg_namespace space ON space.oid = owner.relnamespace AND space.nspname = 'public'
      WHERE indisunique AND owner.relname <> 'schema_migration' AND NOT EXISTS (
        SELECT 1 FROM pg_attribute WHERE attrelid = indrelid AND attnum = indkey[0] AND attname = 'tenant'
      ) ORDER BY 1`;
    expect(keys.map(({ name }) => name)).toEqual(['auth_context_state', 'encrypted_object_nonce']);
  });

  it('finds nothing of another', async () => {
    const { store } = database;
    const call = codeExchange(ids.consent, redirectId);
    const found = await Promise.all([
      store.encryptionKeyDescriptions.find(otherTenant, ids.key),
      store.obWacCertificates.find(otherTenant, ofManagement.obWac),
      store.obSealCertificates.find(otherTenant, ofManagement.obSeal),
      store.softwareStatements.find(otherTenant, ofManagement.statement),
      store.registrations.find(otherTenant, ids.registration),
      store.registrations.loadContext(otherTenant, ids.registration),
      store.registrations.findPreparation(otherTenant, ids.registration),
      store.registrations.findBankResponse(otherTenant, ids.registration),
      store.consents.find(otherTenant, ids.consent),
      store.consents.findRequestBody(otherTenant, ids.consent),
      store.consents.findBankResponse(otherTenant, ids.consent),
      store.authContexts.find(otherTenant, ids.authContext),
      store.authContexts.findByState(otherTenant, state),
      store.redirects.load(otherTenant, ids.redirect),
      store.redirects.findOutcome(otherTenant, ids.redirect),
      store.grants.load(otherTenant, ids.consent),
      store.grants.loadForRead(otherTenant, ids.consent),
      store.onceOnlyCalls.find(otherTenant, call),
      store.payments.find(otherTenant, ids.payment),
      store.payments.findByConsent(otherTenant, ids.consent),
      store.payments.findByExternalApiId(otherTenant, 'domestic-payment', 'order-1'),
      store.payments.findBody(otherTenant, ids.payment),
      store.payments.findFirstBankResponse(otherTenant, ids.payment),
      store.resultKeys.listPublic(otherTenant).then(([first]) => first),
      store.webhookEndpoints.findSecret(otherTenant, ids.endpoint),
      store.paymentJourneys.find(otherTenant, ids.journey),
      store.paymentJourneys.findByConsent(otherTenant, ids.consent),
      store.paymentJourneys.findOpen(otherTenant, ids.journey),
      store.paymentLinks.tokenOf(otherTenant, ids.journey),
      store.paymentLinks.findJourney(otherTenant, ids.link),
      store.paymentFiles.findWhole(otherTenant, ids.fileConsent),
      store.consents.findCustomerIpAddress(otherTenant, ids.consent),
      store.consents.findDeletionCustomerIpAddress(otherTenant, ids.consent),
      store.fundsConfirmations.findAnswer(otherTenant, ids.consent),
      store.consents.recordImported(otherTenant, ids.consent),
      store.payments.findCustomerIpAddress(otherTenant, ids.payment),
      store.payments.findBankResponse(otherTenant, ids.payment),
      store.webhookEndpoints.find(otherTenant, ids.endpoint),
      store.webhookEndpoints.enable(otherTenant, ids.endpoint),
      store.webhookEvents.find(otherTenant, ids.event),
      store.webhookDeliveries.findNext(otherTenant, { endpointId: ids.endpoint, resourceId: ids.event }),
    ]);
    expect(found.filter((one) => one !== undefined)).toEqual([]);
    const group = { softwareStatementId: ofManagement.statement, bankGroup: 'Sandbox' };
    const lists = await Promise.all([
      store.softwareStatements.list(otherTenant),
      store.registrations.listRegistered(otherTenant, group),
      store.registrations.listForPayments(otherTenant),
      store.consents.list(otherTenant, { limit: 10 }),
      store.payments.list(otherTenant, { limit: 10 }),
      store.payments.listStatuses(otherTenant, ids.payment),
      store.paymentAttempts.list(otherTenant, ids.payment),
      store.paymentAttempts.listLedger(otherTenant, { limit: 10 }),
      store.webhookEvents.replay(otherTenant, { eventId: ids.event, occasionId: randomUUID() }),
      store.webhookDeliveries.claimUntold(otherTenant, 10),
    ]);
    expect(lists.flat()).toEqual([]);
    const pages = await Promise.all([
      store.obWacCertificates.listPage(otherTenant, {}),
      store.obSealCertificates.listPage(otherTenant, {}),
      store.encryptionKeyDescriptions.listPage(otherTenant, {}),
      store.softwareStatements.listPage(otherTenant, {}),
      store.registrations.listPage(otherTenant, {}),
      store.consents.listPage(otherTenant, { family: 'account-access' }),
      store.payments.listPage(otherTenant, { family: 'domestic-payment' }),
      store.accessRecords.listPage(otherTenant, { consentId: ids.consent }),
      store.webhookEndpoints.listPage(otherTenant, {}),
      store.webhookEvents.listPage(otherTenant, {}),
      store.webhookDeliveries.listPage(otherTenant, { endpointId: ids.endpoint }),
    ]);
    expect(pages.flatMap(({ items }): object[] => items)).toEqual([]);
  });

  it('changes nothing of another', async () => {
    const { store } = database;
    const before = await rowsOf(tenant);
    const call = codeExchange(ids.consent, redirectId);
    const changes = { defaultQueryRedirectUrl: 'https://other.example' };
    const answers = await Promise.all([
      store.encryptionKeyDescriptions.softDelete(otherTenant, ids.key),
      store.obWacCertificates.softDelete(otherTenant, ofManagement.obWac),
      store.obSealCertificates.softDelete(otherTenant, ofManagement.obSeal),
      store.softwareStatements.softDelete(otherTenant, ofManagement.statement),
      store.registrations.softDelete(otherTenant, ids.registration),
      store.consents.softDelete(otherTenant, ids.consent),
      store.webhookEndpoints.softDelete(otherTenant, ids.endpoint),
    ]);
    expect(new Set(answers)).toEqual(new Set(['not-found']));
    await store.softwareStatements.update(otherTenant, ofManagement.statement, changes);
    const settings = { url: 'https://other.example', eventTypes: null, description: null };
    await store.webhookEndpoints.update(otherTenant, ids.endpoint, settings);
    await store.webhookEndpoints.rotateSecret(otherTenant, ids.endpoint, newSigningSecret('hmac-sha256'));
    await store.webhookEvents.insertTest(otherTenant, ids.endpoint, ids.event);
    await store.paymentJourneys.recordEnd(otherTenant, ids.journey, 'called-off');
    await store.webhookEvents.forgetOld(otherTenant);
    await store.webhookDeliveries.recordTold(otherTenant, [ids.event]);
    await store.registrations.recordPreparation(otherTenant, ids.registration, {});
    await store.registrations.recordRegistered(otherTenant, ids.registration, { client: newClient() });
    await store.registrations.recordFailed(otherTenant, ids.registration, failure);
    await store.registrations.recordDeleted(otherTenant, ids.registration);
    const created = { externalApiId: `bank-${ids.consent}`, bankResponse: bankResponse({ other: true }) };
    await store.consents.recordCreated(otherTenant, ids.consent, created);
    await store.consents.recordFailed(otherTenant, ids.consent, failure);
    await store.consents.recordAuthorised(otherTenant, ids.consent, { modifiedBy: 'other' });
    await store.consents.recordStatus(otherTenant, ids.consent, {
      from: 'awaiting-authorisation',
      to: 'revoked',
    });
    await store.consents.recordEnd(otherTenant, ids.consent, 'revoked');
    await store.consents.recordSeenAtBank(otherTenant, ids.consent, { status: 'CANC' });
    await store.consents.recordDeletionAsked(otherTenant, ids.consent, { customerIpAddress: undefined });
    await store.redirects.recordOutcome(otherTenant, ids.redirect, { kind: 'authorised' });
    await store.grants.end(otherTenant, ids.consent, { fromVersion: 1, reason: 'other' });
    await store.onceOnlyCalls.storeAnswer(otherTenant, call, 'other');
    await store.onceOnlyCalls.settle(otherTenant, call, 'done');
    const otherFile = { id: randomUUID(), consentId: ids.fileConsent, contentType: 'text/plain' };
    await expect(store.paymentFiles.begin(otherTenant, otherFile)).rejects.toThrow();
    await store.paymentFiles.addPart(otherTenant, ids.file, 0, Buffer.from('other'));
    await store.paymentFiles.complete(otherTenant, ids.file, { sha256: 'other', parts: 9 });
    await store.paymentFiles.recordTaken(otherTenant, ids.file);
    await store.paymentFiles.forget(otherTenant, ids.file);
    await store.payments.recordSending(otherTenant, ids.payment, randomUUID());
    await store.paymentAttempts.recordEnded(otherTenant, ids.payment, {
      ...{ id: ids.attempt, outcome: 'refused', httpStatus: 400 },
      ...{ answerCodes: ['U009'], interactionId: 'other' },
    });
    await store.payments.recordEnded(otherTenant, ids.payment, { status: 'failed' });
    expect(await rowsOf(tenant)).toEqual(before);
    expect(Object.values(await rowsOf(otherTenant)).flat()).toEqual([]);
  });

  it('cannot hang anything on what another has', async () => {
    const { store } = database;
    const expiresAt = database.clock.now();
    const attempts = [
      store.encryptionKeyDescriptions.setCurrent(otherTenant, ids.key),
      addConsent(store, ids.registration, {}, otherTenant),
      store.authContexts.insert(otherTenant, newAuthContext(ids.consent)),
      store.redirects.record(otherTenant, {
        id: randomUUID(),
        authContextId: ids.authContext,
        parameters: {},
      }),
      store.grants.storeTokens(otherTenant, ids.consent, { fromVersion: 0, accessToken: 'x', expiresAt }),
      store.payments.insert(otherTenant, newPayment(ids.consent)),
      store.accessRecords.insert(otherTenant, [newAccessRecord(ids.consent)]),
    ];
    const results = await Promise.allSettled(attempts);
    for (const result of results) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: { name: 'StatementRefused', code: '23503' },
      });
    }
    expect(Object.values(await rowsOf(otherTenant)).flat()).toEqual([]);
  });

  it('may use the ids and keys of another for its own', async () => {
    const claim = { key: 'key', operation: 'POST', bodyHash: 'another', resourceId: randomUUID() };
    expect(await database.store.idempotency.claim(otherTenant, claim)).toMatchObject({ kind: 'new' });
  });
});
