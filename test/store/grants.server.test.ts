import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientRegistrationCall, codeExchange, tokenRefresh } from '../../store/once-only-calls.ts';
import { addConsent, addRegistration, newClient, newObWac, tenant } from './records.ts';
import { useTestDatabase } from './test-database.ts';

describe('grants', () => {
  const database = useTestDatabase();
  const grants = () => database.store.grants;
  let registrationId: string;
  let consentId: string;
  beforeAll(async () => {
    registrationId = await addRegistration(database.store);
  });
  beforeEach(async () => {
    consentId = await addConsent(database.store, registrationId);
  });
  const tokens = (fromVersion: number, values = {}) => ({
    fromVersion,
    accessToken: `access-${fromVersion + 1}`,
    refreshToken: `refresh-${fromVersion + 1}`,
    expiresAt: new Date(database.clock.nowMs() + 300_000),
    subject: 'subject-1',
    nonce: 'nonce-1',
    ...values,
  });

  it('are loaded as they were stored', async () => {
    expect(await grants().load(tenant, consentId)).toBeUndefined();
    const obWacCertificateId = randomUUID();
    const given = tokens(0, { obWacCertificateId });
    expect(await grants().storeTokens(tenant, consentId, given)).toEqual({ kind: 'stored', version: 1 });
    const { fromVersion: _, ...stored } = given;
    expect(await grants().load(tenant, consentId)).toEqual({
      ...stored,
      version: 1,
      status: 'live',
      endReason: null,
    });
  });

  it('keep the refresh token, subject and nonce that a refresh does not bring', async () => {
    await grants().storeTokens(tenant, consentId, tokens(0));
    const refreshed = { refreshToken: undefined, subject: undefined, nonce: undefined };
    await grants().storeTokens(tenant, consentId, tokens(1, refreshed));
    expect(await grants().load(tenant, consentId)).toMatchObject({
      version: 2,
      accessToken: 'access-2',
      refreshToken: 'refresh-1',
      subject: 'subject-1',
      nonce: 'nonce-1',
    });
  });

  it('lose the refresh token when there is none any more', async () => {
    await grants().storeTokens(tenant, consentId, tokens(0));
    await grants().storeTokens(tenant, consentId, tokens(1, { refreshToken: null }));
    expect(await grants().load(tenant, consentId)).toMatchObject({
      accessToken: 'access-2',
      refreshToken: undefined,
    });
  });

  it('take one of many writers that start from the same version', async () => {
    await grants().storeTokens(tenant, consentId, tokens(0));
    const pools = [grants(), database.connect().store.grants];
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, n) =>
        pools[n % 2]?.storeTokens(tenant, consentId, tokens(1, { accessToken: `by-${n}` })),
      ),
    );
    const winners = results.flatMap((result, n) => (result?.kind === 'stored' ? [n] : []));
    expect(winners).toHaveLength(1);
    expect(results.every((result) => result?.version === 2)).toBe(true);
    expect(await grants().load(tenant, consentId)).toMatchObject({
      version: 2,
      accessToken: `by-${winners[0]}`,
      refreshToken: 'refresh-2',
    });
  });

  it('end at the version that was found ended, and not at a later one', async () => {
    await grants().storeTokens(tenant, consentId, tokens(0));
    await grants().storeTokens(tenant, consentId, tokens(1));
    await grants().end(tenant, consentId, { fromVersion: 1, reason: 'invalid_grant' });
    expect(await grants().load(tenant, consentId)).toMatchObject({ status: 'live', accessToken: 'access-2' });
    await grants().end(tenant, consentId, { fromVersion: 2, reason: 'invalid_grant' });
    expect(await grants().load(tenant, consentId)).toMatchObject({
      status: 'ended',
      endReason: 'invalid_grant',
      accessToken: undefined,
      refreshToken: undefined,
    });
  });

  it('live again when the customer authorises again', async () => {
    await grants().storeTokens(tenant, consentId, tokens(0));
    await grants().end(tenant, consentId, { fromVersion: 1, reason: 'invalid_grant' });
    await grants().storeTokens(tenant, consentId, tokens(1));
    expect(await grants().load(tenant, consentId)).toMatchObject({
      status: 'live',
      endReason: null,
      version: 2,
    });
  });

  describe('for a read', () => {
    it('come with the consent and the version of the client', async () => {
      await grants().storeTokens(tenant, consentId, tokens(0));
      await database.store.consents.recordAuthorised(tenant, consentId, { modifiedBy: null });
      const context = await database.store.registrations.loadContext(tenant, registrationId);
      expect(await grants().loadForRead(tenant, consentId)).toEqual({
        family: 'account-access',
        status: 'authorised',
        permissions: null,
        confirmedAtMs: database.clock.nowMs(),
        bankProfile: 'Sandbox_Hybrid',
        externalApiId: `bank-${consentId}`,
        createdWithV4: true,
        grant: { version: 1, accessToken: 'access-1', expiresAtMs: database.clock.nowMs() + 300_000 },
        connection: {
          registrationId,
          revision: context?.registration.revision,
          obWacCertificateId: context?.obWacCertificate.id,
          obSealCertificateId: context?.obSealCertificate.id,
          aispUseV4: true,
        },
      });
    });

    it('are null before the customer has authorised and after they have ended', async () => {
      expect((await grants().loadForRead(tenant, consentId))?.grant).toBeNull();
      await grants().storeTokens(tenant, consentId, tokens(0));
      await grants().end(tenant, consentId, { fromVersion: 1, reason: 'invalid_grant' });
      expect((await grants().loadForRead(tenant, consentId))?.grant).toBeNull();
    });

    it('show that the client or its certificate was changed', async () => {
      const id = await addRegistration(database.store);
      const consent = await addConsent(database.store, id);
      const before = await grants().loadForRead(tenant, consent);
      await database.store.registrations.recordRegistered(tenant, id, { client: newClient() });
      const changed = await grants().loadForRead(tenant, consent);
      expect(changed?.connection.revision).toBe((before?.connection.revision ?? 0) + 1);
      const renewed = await database.store.obWacCertificates.insert(tenant, newObWac());
      const statement = (await database.store.registrations.loadContext(tenant, id))?.softwareStatement;
      const changes = { defaultObWacCertificateId: renewed.id };
      await database.store.softwareStatements.update(tenant, statement?.id ?? '', changes);
      expect((await grants().loadForRead(tenant, consent))?.connection.obWacCertificateId).toBe(renewed.id);
    });

    it('are not there for a deleted or unknown consent', async () => {
      await database.store.consents.softDelete(tenant, consentId);
      expect(await grants().loadForRead(tenant, consentId)).toBeUndefined();
      expect(await grants().loadForRead(tenant, randomUUID())).toBeUndefined();
    });
  });

  describe('calls that are made once only', () => {
    const calls = () => database.store.onceOnlyCalls;
    const claimant = (claimedBy: string = randomUUID()) => ({
      claimedBy,
      deadlineAt: new Date(database.clock.nowMs() + 30_000),
    });

    it('are claimed by one of many', async () => {
      const pools = [calls(), database.connect().store.onceOnlyCalls];
      const call = tokenRefresh(consentId, 1, 1);
      const results = await Promise.all(
        Array.from({ length: 16 }, (_, n) => pools[n % 2]?.claim(tenant, call, claimant(`claimant-${n}`))),
      );
      const winners = results.flatMap((result, n) => (result?.kind === 'claimed' ? [`claimant-${n}`] : []));
      expect(winners).toHaveLength(1);
      const [winner] = winners;
      const held = results.filter((result) => result?.kind === 'held');
      expect(held).toHaveLength(15);
      for (const result of held) expect(result).toMatchObject({ claimedBy: winner, answer: undefined });
    });

    it('are still claimed when the same attempt asks again', async () => {
      const call = codeExchange(consentId, randomUUID());
      const attempt = claimant();
      await calls().claim(tenant, call, attempt);
      expect(await calls().claim(tenant, call, attempt)).toEqual({ kind: 'claimed' });
    });

    it('are told apart by redirect, by version and by attempt', async () => {
      const group = {
        ...{ softwareStatementId: 's', bankGroup: 'Sandbox', registrationGroup: 'one', simulated: false },
      };
      const different = [
        codeExchange(consentId, randomUUID()),
        codeExchange(consentId, randomUUID()),
        tokenRefresh(consentId, 1, 1),
        tokenRefresh(consentId, 1, 2),
        tokenRefresh(consentId, 2, 1),
        clientRegistrationCall(group, 1),
        clientRegistrationCall(group, 2),
        clientRegistrationCall({ ...group, simulated: true }, 1),
      ];
      for (const call of different) {
        expect(await calls().claim(tenant, call, claimant())).toEqual({ kind: 'claimed' });
      }
    });

    it('show the raw answer and the deadline to whoever comes later', async () => {
      const call = tokenRefresh(consentId, 1, 1);
      const first = claimant();
      await calls().claim(tenant, call, first);
      await calls().storeAnswer(tenant, call, '{"access_token":"a"}');
      await calls().storeAnswer(tenant, call, '{"access_token":"b"}');
      const held = {
        ...first,
        claimedAt: database.clock.now(),
        answer: '{"access_token":"a"}',
        outcome: null,
      };
      expect(await calls().claim(tenant, call, claimant())).toEqual({ kind: 'held', ...held });
      expect(await calls().find(tenant, call)).toEqual(held);
    });

    it('forget the answer once it was made use of, and only then', async () => {
      const done = tokenRefresh(consentId, 1, 1);
      const failed = tokenRefresh(consentId, 2, 1);
      for (const call of [done, failed]) {
        await calls().claim(tenant, call, claimant());
        await calls().storeAnswer(tenant, call, 'raw');
      }
      expect(await calls().settle(tenant, done, 'done')).toBe('done');
      expect(await calls().settle(tenant, failed, 'failed')).toBe('failed');
      expect(await calls().find(tenant, done)).toMatchObject({ outcome: 'done', answer: undefined });
      expect(await calls().find(tenant, failed)).toMatchObject({ outcome: 'failed', answer: 'raw' });
    });

    it('keep their first outcome, save that a late answer ends what was unknown', async () => {
      const call = tokenRefresh(consentId, 1, 1);
      await calls().claim(tenant, call, claimant());
      expect(await calls().settle(tenant, call, 'unknown')).toBe('unknown');
      await calls().storeAnswer(tenant, call, 'late');
      expect((await calls().find(tenant, call))?.answer).toBe('late');
      expect(await calls().settle(tenant, call, 'done')).toBe('done');
      expect(await calls().settle(tenant, call, 'unknown')).toBe('done');
    });

    it('cannot be settled or answered without a claim', async () => {
      const call = tokenRefresh(consentId, 7, 1);
      await calls().storeAnswer(tenant, call, 'raw');
      expect(await calls().settle(tenant, call, 'done')).toBeUndefined();
      expect(await calls().find(tenant, call)).toBeUndefined();
    });
  });
});
