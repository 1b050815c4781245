// An access that is imported with its refresh token needs no customer: the first refresh makes tokens of it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createConsentActivities } from '../../activities/consents.ts';
import { createTokenActivities } from '../../activities/tokens.ts';
import { authorise, createConsent } from './consent-steps.ts';
import { openWorkshop, register, tenant, type Workshop } from './workshop.ts';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

it('is read with tokens that the bank gave for it', async () => {
  const { deps, sandbox } = shop;
  const { store, clock } = deps;
  const bankRegistrationId = await register(deps, await shop.requested());
  const family = 'account-access';
  const body = { Data: { Permissions: ['ReadAccountsBasic'] }, Risk: {} };
  const originalId = await createConsent(deps, { family, bankRegistrationId, body });
  await authorise(deps, sandbox, originalId);
  const [original, tokens] = [
    await store.consents.find(tenant, originalId),
    await store.grants.load(tenant, originalId),
  ];

  const consentId = randomUUID();
  await store.consents.insert(tenant, {
    ...{ id: consentId, createdBy: null, reference: null, family, bankRegistrationId, useV4: false },
    externalApiUserId: null,
    imported: {
      externalApiId: original?.externalApiId ?? '',
      authorised: { nonce: tokens?.nonce ?? '', modifiedBy: null },
    },
  });
  const imported = { fromVersion: 1, accessToken: '', refreshToken: tokens?.refreshToken ?? '' };
  await store.grants.storeTokens(tenant, consentId, { ...imported, expiresAt: clock.now() });
  const reference = { tenant, consentId, family } as const;
  expect(await createConsentActivities(deps).importConsent(reference)).toEqual({ status: 'authorised' });
  const before = await store.grants.loadForRead(tenant, consentId);
  expect(before).toMatchObject({ status: 'authorised', grant: { version: 2, accessToken: '' } });
  expect(before?.grant?.expiresAtMs).toBeLessThanOrEqual(clock.nowMs());

  expect(await createTokenActivities(deps).refreshGrant({ ...reference, fromVersion: 2 })).toEqual({
    version: 3,
  });
  const after = await store.grants.loadForRead(tenant, consentId);
  expect(after?.grant?.accessToken).toMatch(/./);
  expect(after?.grant?.expiresAtMs).toBeGreaterThan(clock.nowMs());
});
