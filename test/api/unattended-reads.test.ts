// Reads while the customer is away: counted once before the bank is called, given back when it was not, refused when the
// customer's confirmation is too old; reads with the customer are none of this.
import { describe, expect, it } from 'vitest';
import type { ReadUnderConsent } from '../../api/bank-reads/bank-reads.ts';
import { createAttendance } from '../../api/bank-reads/unattended-reads.ts';
import { BankError, type Sent } from '../../bank-client/bank-error.ts';
import { accountInformation } from '../../standards/uk-open-banking/account-information.ts';
import { paymentInitiation } from '../../standards/uk-open-banking/payment-initiation.ts';
import type { UnattendedRead } from '../../store/unattended-reads.ts';
import { fakeApi } from './fake-api.ts';
import { bankApi, consentId } from './stories.ts';

const dayMs = 24 * 60 * 60 * 1000;
const nowMs = 1_000 * dayMs;
const unattended: ReadUnderConsent = {
  ...{ consentId: 'c', family: 'account-access', endpoint: accountInformation.getAccountBalances },
  ...{ params: { AccountId: 'a' }, query: '', customerIpAddress: undefined },
};

function setUp(changes: Partial<ReadUnderConsent> = {}, used = 0) {
  const story = {
    claims: [] as { id: string; read: UnattendedRead }[],
    givenBack: [] as string[],
    canGiveBack: true,
  };
  const attendance = createAttendance({
    claims: {
      claim: async (tenant, read, allowance) => {
        expect(tenant).toBe('default');
        const already = used + story.claims.length;
        if (already >= allowance) return { kind: 'used-up', freeAtMs: nowMs + 1_500 };
        const id = `claim-${already}`;
        story.claims.push({ id, read });
        return { kind: 'claimed', id, left: allowance - already - 1 };
      },
      giveBack: async (_, __, id) => {
        if (!story.canGiveBack) throw new Error('the store is away');
        story.givenBack.push(id);
      },
    },
    clock: { nowMs: () => nowMs },
  })('default', { ...unattended, ...changes });
  const call = async (callBank: () => Promise<string> = async () => 'answer', confirmedAtMs = nowMs) => {
    attendance.admit({ confirmedAtMs });
    return attendance.call({ confirmedAtMs }, 4, callBank);
  };
  return { attendance, call, story };
}

const failure = (sent: Sent) => new BankError('x', { kind: 'unavailable', sent });

describe('a read while the customer is away', () => {
  it.each([undefined, '', ' '])('is one whose customer has no address (%j), and is counted', async (none) => {
    const { attendance, call, story } = setUp({ customerIpAddress: none });
    expect(await call()).toBe('answer');
    const read = { consentId: 'c', account: 'a', resource: '/accounts/{AccountId}/balances' };
    expect(story.claims).toEqual([{ id: 'claim-0', read }]);
    expect(attendance.left()).toEqual({ left: 3, allowance: 4, reconfirmationDueMs: nowMs + 90 * dayMs });
  });

  it('of all accounts is one of its own', async () => {
    const { call, story } = setUp({ endpoint: accountInformation.getBalances, params: {} });
    await call();
    expect(story.claims).toMatchObject([{ read: { account: '', resource: '/balances' } }]);
  });

  it('is counted once, however many calls it needs', async () => {
    const { call, story } = setUp();
    await expect(call(() => Promise.reject(failure('answered')))).rejects.toThrow('x');
    // The second call is never sent, but the first one was.
    await expect(call(() => Promise.reject(failure('not-sent')))).rejects.toThrow('x');
    expect([story.claims.length, story.givenBack]).toEqual([1, []]);
  });

  it('is not counted when it is a further page', async () => {
    const { attendance, call, story } = setUp({ isFurtherPage: true });
    await call();
    expect([story.claims, attendance.left()]).toEqual([[], undefined]);
  });

  it('is refused when the allowance is used up, and the bank is not called', async () => {
    const { call } = setUp({}, 4);
    const refused = call(() => Promise.reject(new Error('was called')));
    await expect(refused).rejects.toMatchObject({
      ...{ code: 'unattended-reads-used-up', status: 429 },
      options: { retryAfterSeconds: 2, detail: expect.stringContaining('allows 4 reads') },
    });
  });

  it.each<[Sent, string[]]>([
    ['not-sent', ['claim-0']],
    ['maybe-sent', []],
    ['answered', []],
  ])('whose call was %s gives back %j', async (sent, givenBack) => {
    const { call, story } = setUp();
    await expect(call(() => Promise.reject(failure(sent)))).rejects.toThrow('x');
    expect(story.givenBack).toEqual(givenBack);
  });

  it('says why the bank was not reached, even when its claim cannot be given back', async () => {
    const { call, story } = setUp();
    story.canGiveBack = false;
    await expect(call(() => Promise.reject(failure('not-sent')))).rejects.toThrow('x');
  });

  it('is refused from the ninetieth day on, without being counted, be it a further page or not', async () => {
    for (const isFurtherPage of [false, true]) {
      const { call, story } = setUp({ isFurtherPage });
      expect(await call(undefined, nowMs - 90 * dayMs + 1)).toBe('answer');
      const claims = story.claims.length;
      await expect(call(undefined, nowMs - 90 * dayMs)).rejects.toMatchObject({
        ...{ code: 'reconfirmation-needed', status: 409 },
      });
      expect(story.claims).toHaveLength(claims);
    }
  });
});

describe('what is not counted, and needs no reconfirmation', () => {
  it.each<[string, Partial<ReadUnderConsent>]>([
    ['a read with the customer', { customerIpAddress: '203.0.113.7' }],
    [
      'what is no access to accounts',
      { family: 'domestic-payment', endpoint: paymentInitiation.getDomesticPaymentFundsConfirmation },
    ],
  ])('is %s', async (_, changes) => {
    const { attendance, call, story } = setUp(changes, 4);
    expect(await call(undefined, 0)).toBe('answer');
    expect([story.claims, attendance.left()]).toEqual([[], undefined]);
  });
});

describe('the answer', () => {
  it.each([
    [{ left: 0, allowance: 4, reconfirmationDueMs: 0 }, '0', '4', '1970-01-01T00:00:00.000Z'],
    [undefined, null, null, null],
  ])('says in its headers what is left: %j', async (unattendedReads, left, allowance, due) => {
    const { send, bankReads } = fakeApi();
    bankReads.readUnderConsent = async () => ({
      ...{ body: {}, interactionId: null, url: bankApi },
      ...(unattendedReads === undefined ? {} : { unattendedReads }),
    });
    const { headers } = await send('GET', '/aisp/accounts', {
      headers: { 'x-obc-account-access-consent-id': consentId },
    });
    expect(headers.get('x-obc-unattended-reads-left')).toBe(left);
    expect(headers.get('x-obc-unattended-reads-allowance')).toBe(allowance);
    expect(headers.get('x-obc-reconfirmation-due')).toBe(due);
  });
});
