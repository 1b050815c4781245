// Reading with a token that is good now: one refresh however many readers ask, and a newer token is looked for first.

import { describe, expect, it } from 'vitest';
import { createFreshTokenReader, type ReadContext } from '../../api/bank-reads/fresh-token.ts';
import { BankError } from '../../bank-client/bank-error.ts';
import {
  JourneyClosed,
  JourneyFailure,
  JourneyInProgress,
  JourneysUnavailable,
} from '../../temporal/journeys.ts';
import type { ConsentStatus } from '../../workflows/contracts/consent.ts';

const nowMs = 1_000_000;
const consent = { consentId: 'consent-1', family: 'account-access' } as const;

function setUp(
  grant: { version: number; expiresAtMs: number } | null = { version: 1, expiresAtMs: nowMs + 60_000 },
) {
  const context: ReadContext<string> = {
    ...{ family: 'account-access', status: 'authorised', bankProfile: 'Sandbox_Hybrid', externalApiId: 'c' },
    ...{
      grant: grant && { ...grant, accessToken: `token-${grant.version}` },
      connection: 'connection',
      createdWithV4: true,
      confirmedAtMs: nowMs,
    },
  };
  let kept: ReadContext<string> | undefined;
  const story = {
    refreshes: [] as number[],
    loads: 0,
    /** What a refresh does. */
    refresh: async (fromVersion: number) => {
      issue(fromVersion + 1);
      return { version: fromVersion + 1 };
    },
  };
  const issue = (version: number) => {
    context.grant = { version, accessToken: `token-${version}`, expiresAtMs: nowMs + 60_000 };
  };
  const read = createFreshTokenReader<string>({
    contexts: {
      // Never anything but what was loaded first.
      loadForRead: async (_, id) => {
        story.loads += 1;
        kept ??= { ...context };
        return id === 'consent-1' ? kept : undefined;
      },
      loadAnew: async () => {
        story.loads += 1;
        return { ...context };
      },
    },
    journeys: {
      refreshGrant: (reference, fromVersion) => {
        expect(reference).toEqual({ tenant: 'default', ...consent, bank: 'Sandbox_Hybrid' });
        story.refreshes.push(fromVersion);
        return story.refresh(fromVersion);
      },
    },
    clock: { nowMs: () => nowMs, now: () => new Date(nowMs) },
  });
  return { read, context, story, issue };
}

function unauthorised(): Error {
  return new BankError('x', { kind: 'unauthorised', sent: 'answered', method: 'GET', url: '' });
}

const token = async ({ grant }: { grant: { accessToken: string } }) => grant.accessToken;

/** A bank that accepts one token only. */
const onlyAccepts = (accepted: string) => {
  const seen: string[] = [];
  return {
    seen,
    read: async ({ grant }: { grant: { accessToken: string } }) => {
      seen.push(grant.accessToken);
      if (grant.accessToken !== accepted) throw unauthorised();
      return grant.accessToken;
    },
  };
};

describe('a token that is good', () => {
  it('is used after one query, and Temporal is not asked', async () => {
    const { read, story } = setUp();
    expect(await read('default', consent, token)).toBe('token-1');
    expect([story.loads, story.refreshes]).toEqual([1, []]);
  });
});

describe('a token that has run out', () => {
  it.each([0, 5_000])(
    '%s ms before its end is refreshed once for all readers of the process',
    async (leftMs) => {
      const { read, story } = setUp({ version: 3, expiresAtMs: nowMs + leftMs });
      const readers = Array.from({ length: 20 }, () => read('default', consent, token));
      expect(new Set(await Promise.all(readers))).toEqual(new Set(['token-4']));
      expect(story.refreshes).toEqual([3]);
    },
  );

  it('is refreshed again when the first attempt failed', async () => {
    const { read, story } = setUp({ version: 1, expiresAtMs: 0 });
    const good = story.refresh;
    story.refresh = () => Promise.reject(new JourneyFailure('BankUnavailable', 'x', { code: 'x' }));
    await expect(read('default', consent, token)).rejects.toBeInstanceOf(JourneyFailure);
    story.refresh = good;
    expect(await read('default', consent, token)).toBe('token-2');
  });

  it('is waited for though the journey is slow to answer', async () => {
    const { read, story } = setUp({ version: 1, expiresAtMs: 0 });
    const { refresh } = story;
    story.refresh = (fromVersion) =>
      story.refreshes.length < 3 ? Promise.reject(new JourneyInProgress('x')) : refresh(fromVersion);
    expect(await read('default', consent, token)).toBe('token-2');
    expect(story.refreshes).toEqual([1, 1, 1]);
  });

  it.each([
    [new JourneyInProgress('x'), { code: 'refresh-in-progress' }],
    [new JourneyClosed('x'), { code: 'authorisation-needed' }],
    [new JourneysUnavailable('x'), { name: 'JourneysUnavailable' }],
  ])('and cannot be refreshed: %s', async (error, expected) => {
    const { read, story } = setUp({ version: 1, expiresAtMs: 0 });
    story.refresh = () => Promise.reject(error);
    await expect(read('default', consent, token)).rejects.toMatchObject(expected);
  });
});

describe('a token that the bank no longer accepts', () => {
  it('is looked up again first: another process may have a newer one', async () => {
    const { read, story, issue } = setUp();
    const bank = onlyAccepts('token-2');
    const answer = read('default', consent, async (context) => {
      issue(2);
      return bank.read(context);
    });
    expect(await answer).toBe('token-2');
    expect([bank.seen, story.refreshes]).toEqual([['token-1', 'token-2'], []]);
  });

  it('is refreshed once when it is still the stored one', async () => {
    const { read, story } = setUp();
    const bank = onlyAccepts('token-2');
    expect(await read('default', consent, bank.read)).toBe('token-2');
    expect(story.refreshes).toEqual([1]);
  });

  it('and whose successor is refused too ends the attempt', async () => {
    const { read, story } = setUp();
    const bank = onlyAccepts('none');
    await expect(read('default', consent, bank.read)).rejects.toMatchObject({ kind: 'unauthorised' });
    expect([bank.seen, story.refreshes]).toEqual([['token-1', 'token-2'], [1]]);
  });

  it('is told from other failures, which are passed on at once', async () => {
    const { read, story } = setUp();
    const failed = read('default', consent, () => Promise.reject(new Error('other')));
    await expect(failed).rejects.toThrow('other');
    expect([story.loads, story.refreshes]).toEqual([1, []]);
  });
});

describe('a consent that cannot be read under', () => {
  const codes: Record<Exclude<ConsentStatus, 'authorised'>, string> = {
    creating: 'authorisation-needed',
    'awaiting-upload': 'authorisation-needed',
    'awaiting-authorisation': 'authorisation-needed',
    deleted: 'not-found',
    consumed: 'consent-not-usable',
    rejected: 'consent-not-usable',
    revoked: 'consent-not-usable',
    expired: 'consent-not-usable',
    abandoned: 'consent-not-usable',
    failed: 'consent-not-usable',
  };

  it.each(Object.entries(codes))('because it is %s says %s', async (status, code) => {
    const { read, context } = setUp();
    Object.assign(context, { status });
    await expect(read('default', consent, token)).rejects.toMatchObject({ code });
  });

  it('because its tokens have ended needs the customer', async () => {
    const { read } = setUp(null);
    await expect(read('default', consent, token)).rejects.toMatchObject({ code: 'authorisation-needed' });
  });

  it('because it is unknown or of another family is not found', async () => {
    const { read } = setUp();
    const other = { consentId: 'other', family: 'account-access' } as const;
    await expect(read('default', other, token)).rejects.toMatchObject({ code: 'not-found' });
    const payment = { consentId: 'consent-1', family: 'domestic-payment' } as const;
    await expect(read('default', payment, token)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a read that is not admitted', () => {
  it('asks for no fresh token, and does not read', async () => {
    const { read, story } = setUp({ version: 1, expiresAtMs: 0 });
    const refused = read('default', consent, token, ({ confirmedAtMs }) => {
      throw new Error(`confirmed at ${confirmedAtMs}`);
    });
    await expect(refused).rejects.toThrow(`confirmed at ${nowMs}`);
    expect(story.refreshes).toEqual([]);
  });
});

describe('refreshes of many consents', () => {
  it('are asked for some at a time, in the order of their readers, and hold up no other bank', async () => {
    const expired = (consentId: string, version: number, expiresAtMs: number): ReadContext<string> => ({
      ...{ family: 'account-access', status: 'authorised', externalApiId: 'c', createdWithV4: true },
      ...{ connection: 'connection', confirmedAtMs: nowMs, bankProfile: consentId.split('/')[0] ?? '' },
      grant: { version, accessToken: `token-${version}`, expiresAtMs },
    });
    const asked: string[] = [];
    const letGo: (() => void)[] = [];
    const read = createFreshTokenReader<string>({
      contexts: {
        loadForRead: async (_, id) => expired(id, 1, nowMs - 1),
        loadAnew: async (_, id) => expired(id, 2, nowMs + 60_000),
      },
      journeys: {
        refreshGrant: async ({ consentId, bank }) => {
          asked.push(consentId);
          if (bank === 'slow') await new Promise<void>((resolve) => letGo.push(resolve));
          return { version: 2 };
        },
      },
      clock: { nowMs: () => nowMs, now: () => new Date(nowMs) },
    });
    const readOf = (consentId: string) =>
      read('default', { consentId, family: 'account-access' }, ({ grant }) => Promise.resolve(grant.version));
    const ids = Array.from({ length: 40 }, (_, index) => `slow/${index}`);
    const slow = ids.map(readOf);
    expect(await readOf('quick/1')).toBe(2);
    const atOnce = letGo.length;
    expect(asked.filter((id) => id.startsWith('slow'))).toEqual(ids.slice(0, atOnce));
    expect(atOnce).toBeGreaterThan(0);
    expect(atOnce).toBeLessThan(ids.length);
    for (let done = 0; done < ids.length; done++) {
      letGo[done]?.();
      expect(await slow[done]).toBe(2);
    }
    expect(asked.filter((id) => id.startsWith('slow'))).toEqual(ids);
  });
});
