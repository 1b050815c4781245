// A refresh whose answer is lost, at banks that keep refresh tokens, replace them, and replace them while the old ones stay
// good: the old token and the new one are both kept until one has shown that it is good.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTokenActivities } from '../../activities/tokens.ts';
import { authorise, createConsent } from './consent-steps.ts';
import { openWorkshop, register, tenant, type Workshop } from './workshop.ts';

const body = { Data: { Permissions: ['ReadAccountsBasic'] }, Risk: {} };

let shop: Workshop;
const registrations = { jarm: '', hybrid: '' };
let consentId: string;

beforeAll(async () => {
  shop = await openWorkshop();
  for (const bankProfile of ['Sandbox_Jarm', 'Sandbox_Hybrid']) {
    const bank = bankProfile === 'Sandbox_Jarm' ? 'jarm' : 'hybrid';
    registrations[bank] = await register(shop.deps, await shop.requested({ bankProfile }));
  }
});
afterAll(() => shop.close());
afterEach(async () => {
  await shop.sandbox.control('DELETE', '/faults');
  await knobs({ oldRefreshTokensStayGood: false });
});

const knobs = (changes: object) => shop.sandbox.control('POST', '/knobs', { bank: 'jarm', ...changes });
const order = (fault: object, times: number) =>
  shop.sandbox.control('POST', '/faults', { path: '/token', method: 'POST', fault, times });
const refused = { kind: 'status', status: 400, body: '{"error":"invalid_grant"}' };

async function liveAt(bank: 'jarm' | 'hybrid'): Promise<string> {
  const wish = { family: 'account-access', bankRegistrationId: registrations[bank], body } as const;
  const id = await createConsent(shop.deps, wish);
  await authorise(shop.deps, shop.sandbox, id);
  return id;
}

const refresh = (fromVersion: number) =>
  createTokenActivities(shop.deps).refreshGrant({ tenant, consentId, family: 'account-access', fromVersion });

async function kept() {
  const grant = await shop.deps.store.grants.load(tenant, consentId);
  if (grant === undefined) throw new Error('no grant');
  return grant;
}

/** What the bank has seen, answered or not. */
async function refreshesSeen(): Promise<number> {
  const { body: requests } = await shop.sandbox.control('GET', '/requests');
  return requests.filter(({ grantType }: Record<string, string>) => grantType === 'refresh_token').length;
}

describe('at a bank that keeps its refresh tokens', () => {
  beforeEach(async () => {
    consentId = await liveAt('hybrid');
  });

  it('the same one brings fresh tokens, and nothing else has to be kept', async () => {
    const [before, seen] = [await kept(), await refreshesSeen()];
    await order({ kind: 'close-after' }, 1);
    expect(await refresh(1)).toEqual({ version: 2 });
    expect((await refreshesSeen()) - seen).toBe(2);
    expect(await kept()).toMatchObject({
      refreshToken: before.refreshToken,
      earlierRefreshToken: undefined,
    });
    expect((await kept()).accessToken).not.toBe(before.accessToken);
  });

  it('nothing of the grant is lost when no answer comes at all', async () => {
    const before = await kept();
    await order({ kind: 'close-after' }, 2);
    await expect(refresh(1)).rejects.toMatchObject({ type: 'OutcomeUnknown' });
    expect(await kept()).toEqual(before);
    expect(await refresh(1)).toEqual({ version: 2 });
  });
});

describe('at a bank that replaces them, the old ones staying good', () => {
  beforeEach(async () => {
    await knobs({ oldRefreshTokensStayGood: true });
    consentId = await liveAt('jarm');
  });

  /** One answer lost, the next one brought a new token. @returns the old one and the new one */
  async function refreshedAfterLoss() {
    const { refreshToken: old } = await kept();
    await order({ kind: 'close-after' }, 1);
    expect(await refresh(1)).toEqual({ version: 2 });
    const { refreshToken: new_, earlierRefreshToken } = await kept();
    expect(new_).not.toBe(old);
    expect(earlierRefreshToken).toBe(old);
    return { old, new_ };
  }

  it('both are kept, and the new one that proves itself is left alone', async () => {
    const { old, new_ } = await refreshedAfterLoss();
    const seen = await refreshesSeen();
    expect(await refresh(2)).toEqual({ version: 3 });
    expect((await refreshesSeen()) - seen).toBe(1);
    const after = await kept();
    expect(after.earlierRefreshToken).toBeUndefined();
    expect([old, new_]).not.toContain(after.refreshToken);
  });

  it('the old one is tried when the bank refuses the new one, and proves itself', async () => {
    await refreshedAfterLoss();
    await order(refused, 1);
    const seen = await refreshesSeen();
    expect(await refresh(2)).toEqual({ version: 3 });
    expect((await refreshesSeen()) - seen).toBe(1); // the refusal was the fault's, before the bank looked at it
    expect(await kept()).toMatchObject({ status: 'live', earlierRefreshToken: undefined });
    expect(await refresh(3)).toEqual({ version: 4 });
  });

  it('the customer has to authorise again when the bank refuses both', async () => {
    await refreshedAfterLoss();
    await order(refused, 2);
    await expect(refresh(2)).rejects.toMatchObject({ type: 'GrantEnded' });
    const { status, accessToken, refreshToken, earlierRefreshToken } = await kept();
    expect(status).toBe('ended');
    expect([accessToken, refreshToken, earlierRefreshToken]).toEqual([undefined, undefined, undefined]);
  });

  it('a refresh without any loss keeps the new one alone', async () => {
    expect(await refresh(1)).toEqual({ version: 2 });
    expect((await kept()).earlierRefreshToken).toBeUndefined();
  });
});

describe('at a bank that replaces them and lets none be used twice', () => {
  beforeEach(async () => {
    consentId = await liveAt('jarm');
  });

  it('the customer has to authorise again: the new token was lost, and the bank says so of the old one', async () => {
    const seen = await refreshesSeen();
    await order({ kind: 'close-after' }, 1);
    await expect(refresh(1)).rejects.toMatchObject({ type: 'GrantEnded' });
    expect((await refreshesSeen()) - seen).toBe(2);
    await authorise(shop.deps, shop.sandbox, consentId);
    expect((await kept()).status).toBe('live');
    expect(await refresh((await kept()).version)).toEqual({ version: 3 });
  });

  it('nothing is lost when the answer never came because the request never did', async () => {
    await order({ kind: 'close-before' }, 1);
    expect(await refresh(1)).toEqual({ version: 2 });
  });
});
