// The ledger as callers read it: the attempts of one payment, and the export of all.
import { expect, it } from 'vitest';
import type { LedgerEntry } from '../../store/payment-attempts.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';
import { unknownId } from './stories.ts';

const entry = (number: number, changes: Partial<LedgerEntry> = {}): LedgerEntry => ({
  ...{ id: `attempt-${number}`, number, paymentId: 'f0000000-0000-4000-8000-000000000001' },
  ...{ consentId: 'c0000000-0000-4000-8000-000000000001', family: 'domestic-payment' },
  ...{ bankProfile: 'Sandbox_Hybrid', externalApiId: null, status: 'submitting' },
  ...{ idempotencyKey: 'key-1', sent: new Date(Date.UTC(2026, 0, 1) + number * 1000), ended: null },
  ...{ outcome: null, httpStatus: null, answerCodes: [], interactionId: null },
  ...changes,
});

function withLedger(entries: LedgerEntry[]): FakeApi {
  const api = fakeApi();
  api.tables.ledger.push(...entries);
  return api;
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

it('an unknown payment has no attempts', async () => {
  const api = fakeApi();
  expect(await api.send('GET', `/payments/${unknownId}/attempts`)).toMatchObject({ status: 404 });
});

it('the export has one attempt on each line', async () => {
  const ended = new Date('2026-01-01T00:00:03Z');
  const answered = {
    outcome: 'taken',
    httpStatus: 201,
    answerCodes: ['RCVD'],
    interactionId: 'i-2',
  } as const;
  const api = withLedger([
    entry(1),
    entry(2, { ...answered, answerCodes: ['RCVD'], ended, externalApiId: 'pmt-1', status: 'following' }),
  ]);
  const answer = await api.api.request('/payments/export');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
  const common = {
    PaymentId: 'f0000000-0000-4000-8000-000000000001',
    ConsentId: 'c0000000-0000-4000-8000-000000000001',
    ...{ PaymentType: 'domestic-payment', BankProfile: 'Sandbox_Hybrid', IdempotencyKey: 'key-1' },
  };
  expect(linesOf(await answer.text())).toEqual([
    { ...common, Status: 'submitting', Number: 1, Sent: '2026-01-01T00:00:01.000Z', AnswerCodes: [] },
    {
      ...{ ...common, ExternalApiId: 'pmt-1', Status: 'following', Number: 2 },
      ...{ Sent: '2026-01-01T00:00:02.000Z', Ended: ended.toISOString(), Outcome: 'taken' },
      ...{ HttpStatus: 201, AnswerCodes: ['RCVD'], XFapiInteractionId: 'i-2' },
    },
  ]);
});

it('the export is read page by page, between two times', async () => {
  const api = withLedger(Array.from({ length: 1_203 }, (_, index) => entry(index)));
  const all = await (await api.api.request('/payments/export')).text();
  expect(linesOf(all)).toHaveLength(1_203);
  const some = '/payments/export?from=2026-01-01T00:00:10Z&to=2026-01-01T00:00:20Z';
  expect(linesOf(await (await api.api.request(some)).text()).map(({ Number: number }) => number)).toEqual([
    10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
  ]);
});

it.each(['from=yesterday', 'until=2026-01-01T00:00:00Z'])('the export refuses ?%s', async (query) => {
  const api = fakeApi();
  expect(await api.send('GET', `/payments/export?${query}`)).toMatchObject({
    status: 400,
    json: { code: 'validation-failed' },
  });
});
