// What each read under a consent leaves behind, however it ends.
import { describe, expect, it } from 'vitest';
import type { BankAnswer, ReadUnderConsent } from '../../api/bank-reads/bank-reads.ts';
import { recordedReads } from '../../api/bank-reads/recorded-reads.ts';
import { Problem } from '../../api/problem.ts';
import { BankError, type BankErrorFacts } from '../../bank-client/bank-error.ts';
import { accountInformation } from '../../standards/uk-open-banking/account-information.ts';
import { confirmationOfFunds } from '../../standards/uk-open-banking/confirmation-of-funds.ts';
import type { NewAccessRecord } from '../../store/access-records.ts';
import { fakeApi } from './fake-api.ts';
import { testStart } from './fake-records.ts';

const planted = 'planted-4711';
const read: ReadUnderConsent = {
  ...{ consentId: 'consent-1', family: 'account-access', endpoint: accountInformation.getAccount },
  ...{ params: { AccountId: planted }, query: `q=${planted}`, customerIpAddress: undefined },
};
const answer: BankAnswer = { body: { planted }, interactionId: 'bank-1', url: `https://bank/${planted}` };

async function recordOf(end: () => Promise<BankAnswer>, changes: Partial<ReadUnderConsent> = {}) {
  const records: NewAccessRecord[] = [];
  const recorded = recordedReads(
    { ...fakeApi().bankReads, readUnderConsent: end },
    {
      recorder: { record: (_, record) => void records.push(record) },
      clock: { now: () => testStart, nowMs: () => testStart.getTime() },
    },
  );
  const ended = await recorded
    .readUnderConsent('default', { ...read, ...changes })
    .catch((error: unknown) => error);
  expect(records.length).toBeLessThan(2);
  expect(JSON.stringify(records)).not.toContain(planted);
  return { record: records[0], ended };
}

const failing = (error: Error) => async () => {
  throw error;
};
const bankError = (facts: Partial<BankErrorFacts> & Pick<BankErrorFacts, 'kind' | 'sent'>) =>
  new BankError(planted, { url: `https://bank/${planted}`, response: planted, ...facts });

describe('a read under a consent', () => {
  it('is recorded by what was asked for and how it ended, and answered as it would be', async () => {
    const { record, ended } = await recordOf(async () => answer);
    expect(ended).toBe(answer);
    expect(record).toEqual({
      ...{ id: expect.any(String), consentId: 'consent-1', created: testStart },
      ...{
        operation: 'GET /accounts/{AccountId}',
        status: 200,
        outcome: 'answered',
        interactionId: 'bank-1',
      },
      ...{ attended: false, used: true },
    });
  });

  it('that asks about funds is recorded as what it made', async () => {
    const endpoint = confirmationOfFunds.createFundsConfirmation;
    const { record } = await recordOf(async () => answer, { family: 'funds-confirmation', endpoint });
    expect(record).toMatchObject({ operation: 'POST /funds-confirmations', status: 201 });
  });

  it('is recorded as attended when the customer was there, without the address', async () => {
    const { record } = await recordOf(async () => answer, { customerIpAddress: planted });
    expect(record?.attended).toBe(true);
  });

  it.each([
    [bankError({ kind: 'unavailable', sent: 'not-sent' }), 'bank-unavailable', false],
    [
      bankError({ kind: 'unavailable', sent: 'maybe-sent', interactionId: 'bank-2' }),
      'bank-unavailable',
      true,
    ],
    [new Problem('consent-not-usable'), 'consent-not-usable', false],
  ])(
    'that fails is recorded with its reason, and is a use when the bank may have seen it: %#',
    async (error, outcome, used) => {
      const { record, ended } = await recordOf(failing(error));
      expect(ended).toBe(error);
      expect(record).toMatchObject({ outcome, used });
      expect(record?.status).toBeGreaterThanOrEqual(400);
      expect(record?.interactionId).toBe(error instanceof BankError ? (error.interactionId ?? null) : null);
    },
  );

  it('that does not exist leaves nothing', async () => {
    expect((await recordOf(failing(new Problem('not-found')))).record).toBeUndefined();
  });
});
