// Asking about funds: under which consent, what the bank is sent, what a key leads to, and when the bank is asked again.
import { describe, expect, it } from 'vitest';
import { Problem } from '../../api/problem.ts';
import { BankError } from '../../bank-client/bank-error.ts';
import { fundsAnswer, fundsQuestion } from '../standards/sample-bodies.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';
import { addConsent, bankApi, consentId, unknownId } from './stories.ts';

const path = '/cbpii/funds-confirmations';
const url = `${bankApi}/cbpii/funds-confirmations`;
const { Data } = fundsQuestion();
const body = {
  FundsConfirmationConsentId: consentId,
  ExternalApiRequest: { Data: { ...Data, ConsentId: '' } },
};

function authorised(): FakeApi {
  const api = fakeApi();
  addConsent(api, 'funds-confirmation', 'authorised');
  return api;
}

/** A bank whose answers are numbered. @returns what it is asked */
function answering(api: FakeApi): object[] {
  const asked: object[] = [];
  api.bankReads.readUnderConsent = async (_, read) => {
    asked.push(read);
    const answer = fundsAnswer();
    answer.Data.FundsConfirmationId = `fc-${asked.length}`;
    answer.Links.Self = `${url}/fc-${asked.length}`;
    return { body: answer, interactionId: 'i', url, warnings: ['odd'] };
  };
  return asked;
}

const bankError = (kind: 'unavailable' | 'timeout', sent: 'not-sent' | 'maybe-sent') =>
  new BankError('x', { kind, sent, method: 'POST', url });

describe('asking about funds', () => {
  it("is asked under the consent, with the bank's id of it, and answered as the bank answers", async () => {
    const api = authorised();
    const asked = answering(api);
    const headers = {
      'x-fapi-customer-ip-address': '10.0.0.1',
      'x-customer-user-agent': 'a till',
      'x-fapi-interaction-id': consentId,
    };
    const { status, json, headers: answered } = await api.send('POST', path, { body, headers });
    expect(status).toBe(201);
    expect(asked).toMatchObject([
      {
        ...{ consentId, family: 'funds-confirmation', customerIpAddress: '10.0.0.1' },
        ...{ customerUserAgent: 'a till', interactionId: consentId },
        endpoint: { path: '/funds-confirmations', scope: 'fundsconfirmations' },
        question: {
          resource: 'fundsConfirmation',
          body: { Data: { ...Data, ConsentId: 'bank-consent-1' } },
        },
      },
    ]);
    expect(answered.get('x-fapi-interaction-id')).toBe('i');
    expect(json).toMatchObject({
      ExternalApiResponse: {
        Data: { FundsAvailable: true },
        Links: { Self: `http://localhost${path}/fc-1` },
      },
      ExternalApiResponseInfo: { XFapiInteractionId: 'i' },
    });
    expect(json.Warnings).toContain('odd');
  });

  it("takes the bank's own id of the consent, and no other", async () => {
    const api = authorised();
    answering(api);
    const naming = (ConsentId: string) => ({ ...body, ExternalApiRequest: { Data: { ...Data, ConsentId } } });
    expect((await api.send('POST', path, { body: naming('bank-consent-1') })).status).toBe(201);
    const { status, json } = await api.send('POST', path, { body: naming('another') });
    expect([status, Object.keys(json.errors ?? {})]).toEqual([400, ['ExternalApiRequest.Data.ConsentId']]);
  });

  it.each([
    ['Reference', { Reference: 'x'.repeat(36) }],
    ['InstructedAmount.Amount', { InstructedAmount: { Amount: '-1', Currency: 'GBP' } }],
    ['InstructedAmount.Currency', { InstructedAmount: { Amount: '1', Currency: 'gbp' } }],
  ])('names %s when it does not fit, before the bank is asked', async (field, changes) => {
    const { status, json } = await authorised().send('POST', path, {
      body: { ...body, ExternalApiRequest: { Data: { ...Data, ...changes } } },
    });
    expect([status, Object.keys(json.errors ?? {})]).toEqual([400, [`ExternalApiRequest.Data.${field}`]]);
  });

  it('does not find a consent that is unknown or of another family, nor one that the bank has not recorded', async () => {
    const api = fakeApi();
    addConsent(api, 'account-access', 'authorised');
    const unknown = { ...body, FundsConfirmationConsentId: unknownId };
    expect((await api.send('POST', path, { body })).status).toBe(404);
    expect((await api.send('POST', path, { body: unknown })).status).toBe(404);
    addConsent(api, 'funds-confirmation', 'creating', { externalApiId: null });
    expect((await api.send('POST', path, { body })).json.code).toBe('consent-in-progress');
  });

  it('says when the customer has to authorise', async () => {
    const api = authorised();
    api.bankReads.readUnderConsent = () => Promise.reject(new Problem('authorisation-needed'));
    const { status, json } = await api.send('POST', path, { body });
    expect([status, json.code]).toEqual([409, 'authorisation-needed']);
  });
});

describe('a key', () => {
  const request = { body, headers: { 'x-idempotency-key': 'k' } };

  it('leads to the answer that the first request got, without the bank', async () => {
    const api = authorised();
    const asked = answering(api);
    const first = await api.send('POST', path, request);
    const second = await api.send('POST', path, request);
    expect([second.status, second.json]).toEqual([201, first.json]);
    expect(asked).toHaveLength(1);
    await api.send('POST', path, { ...request, headers: { 'x-idempotency-key': 'other' } });
    expect(asked).toHaveLength(2);
  });

  it('of two requests at once leads both to one answer', async () => {
    const api = authorised();
    answering(api);
    const [one, other] = await Promise.all([
      api.send('POST', path, request),
      api.send('POST', path, request),
    ]);
    expect(one.json).toEqual(other.json);
  });

  it('that came with another question is refused', async () => {
    const api = authorised();
    answering(api);
    await api.send('POST', path, request);
    const other = { Data: { ...Data, ConsentId: '', Reference: 'another' } };
    const answer = await api.send('POST', path, { ...request, body: { ...body, ExternalApiRequest: other } });
    expect([answer.status, answer.json.code]).toEqual([409, 'idempotency-key-reused']);
  });

  it('may be used again after a failure, and nothing is kept without one', async () => {
    const api = authorised();
    api.bankReads.readUnderConsent = () => Promise.reject(bankError('timeout', 'maybe-sent'));
    expect((await api.send('POST', path, request)).json.code).toBe('bank-timeout');
    answering(api);
    expect((await api.send('POST', path, request)).status).toBe(201);
    expect(api.tables.fundsAnswers.size).toBe(1);
    await api.send('POST', path, { body });
    expect(api.tables.fundsAnswers.size).toBe(1);
  });
});

describe('the bank is asked once more', () => {
  it.each([
    ['when nothing was sent', bankError('unavailable', 'not-sent'), 2],
    ['not when the question may have been sent', bankError('unavailable', 'maybe-sent'), 1],
    ['not when it took too long', bankError('timeout', 'not-sent'), 1],
  ])('%s', async (_, error, times) => {
    const api = authorised();
    let calls = 0;
    api.bankReads.readUnderConsent = () => {
      calls += 1;
      return Promise.reject(error);
    };
    expect((await api.send('POST', path, { body })).status).toBeGreaterThanOrEqual(500);
    expect(calls).toBe(times);
  });
});
