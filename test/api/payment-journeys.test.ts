// Payments in one request: asked for once under a key, however often; and why one came to nothing.
import { describe, expect, it } from 'vitest';
import { JourneyFailure, JourneysUnavailable } from '../../temporal/journeys.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';
import { testStart } from './fake-records.ts';
import { addRegistration, recordConsentAtBank, registrationId } from './stories.ts';

const path = '/payment-journeys';
const key = { 'x-idempotency-key': 'key-1' };
const body = {
  BankProfile: 'Sandbox_Hybrid',
  InstructedAmount: { Amount: '12.50', Currency: 'GBP' },
  Creditor: { Name: 'Halcyon Interiors', Identification: '99000212345678' },
  ReturnUrl: 'https://shop.example/orders/7',
};
const refusal = {
  ...{ type: 'BankRejectedRequest', details: { code: 'bank-rejected-request', httpStatus: 400 } },
} as const;

/** An API whose journeys record the consent at the bank, and those that were begun. */
function opened() {
  const api = fakeApi();
  addRegistration(api);
  const begun: string[] = [];
  api.journeys.beginPaymentJourney = async ({ journeyId, consentId }) => {
    begun.push(journeyId);
    recordConsentAtBank(api, consentId, {}, '');
  };
  api.bankReads.authorisationTerms = async () => ({
    ...{ redirectUri: 'https://tpp.example/query', redirectMode: 'query' as const, expectsIdToken: false },
  });
  api.bankReads.authorisationAddress = async () => 'https://bank.example/auth?request=signed';
  return { api, begun };
}

const ask = (api: FakeApi) => api.send('POST', path, { body, headers: key });

function change(api: FakeApi, consentId: unknown, changes: object): void {
  const consent = api.tables.consents.get(String(consentId));
  if (consent === undefined) throw new Error('no such consent');
  api.tables.consents.set(consent.id, { ...consent, ...changes });
}

function addPayment(api: FakeApi, consentId: unknown, changes: object): string {
  const id = '77777777-7777-4777-8777-777777777777';
  api.tables.payments.set(id, {
    ...{ id, created: testStart, modifiedBy: null, consentId: String(consentId), body: '{}' },
    ...{ consentExternalApiId: 'bank-consent-1', family: 'domestic-payment', bankProfile: 'Sandbox_Hybrid' },
    ...{ bankRegistrationId: registrationId, useV4: true, status: 'submitting', bankIdempotencyKey: 'k' },
    ...{ firstSentAt: null, lastSentAt: null, externalApiId: null, bankStatus: null, failure: null },
    ...changes,
  });
  return id;
}

describe('a payment in one request that is asked for again', () => {
  it('has the link to the bank as long as the customer is awaited', async () => {
    const { api, begun } = opened();
    const [first, second] = [await ask(api), await ask(api)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.json).toMatchObject({
      ...{ Id: first.json.Id, Status: 'awaiting-authorisation' },
      AuthUrl: 'https://bank.example/auth?request=signed',
    });
    expect(begun).toEqual([first.json.Id]);
  });

  it.each([
    ['submitting', { status: 'authorised' }, false],
    ['called-off', { status: 'deleted' }, true],
    ['abandoned', { status: 'abandoned' }, true],
  ])('is told that it is %s, without a link', async (status, changes, isFinal) => {
    const { api } = opened();
    const { json } = await ask(api);
    change(api, json.ConsentId, changes);
    const again = await ask(api);
    expect([again.status, again.headers.get('location')]).toEqual([201, `${path}/${json.Id}`]);
    expect(again.json).toMatchObject({ Id: json.Id, Status: status, IsFinal: isFinal });
    expect(again.json).not.toHaveProperty('AuthUrl');
  });

  it('finds it although the registration has gone', async () => {
    const { api } = opened();
    const { json } = await ask(api);
    api.tables.registrations.clear();
    change(api, json.ConsentId, { status: 'consumed' });
    const paymentId = addPayment(api, json.ConsentId, { status: 'settled', bankStatus: 'ACCC' });
    expect((await ask(api)).json).toMatchObject({ Status: 'settled', PaymentId: paymentId });
  });

  it('is refused as at first where the bank would not have it', async () => {
    const { api } = opened();
    api.journeys.beginPaymentJourney = async ({ consentId }) => {
      change(api, consentId, { status: 'failed', failure: refusal });
      throw new JourneyFailure('BankRejectedRequest', 'refused', refusal.details);
    };
    for (const { status, json } of [await ask(api), await ask(api)])
      expect([status, json.code]).toEqual([400, 'bank-rejected-request']);
  });

  it('may be mended under the same key, when what was wrong could be seen', async () => {
    const { api } = opened();
    const Creditor = { ...body.Creditor, Identification: 'x'.repeat(257) };
    const wrong = await api.send('POST', path, { body: { ...body, Creditor }, headers: key });
    expect(wrong.status).toBe(400);
    expect((await ask(api)).status).toBe(201);
  });
});

describe('a webhook of one payment in one request', () => {
  const withWebhook = (Url: string) => ({ ...body, Webhook: { Url } });

  it('is an endpoint of its own, whose secret is told to whoever asks for the payment', async () => {
    const { api } = opened();
    const send = () =>
      api.send('POST', path, { body: withWebhook('https://shop.example/hooks'), headers: key });
    const first = await send();
    expect(first.status).toBe(201);
    const Secret = expect.stringMatching(/^whsec_/);
    expect(first.json.Webhook).toEqual({ WebhookEndpointId: first.json.Id, Secret });
    expect((await send()).json.Webhook).toEqual(first.json.Webhook);
    const endpoint = await api.send('GET', `/webhook-endpoints/${first.json.Id}`);
    expect(endpoint.text).not.toContain('whsec_');
    expect(endpoint.json).toMatchObject({
      ...{ PaymentJourneyId: first.json.Id, Url: 'https://shop.example/hooks' },
    });
  });

  it('tells its secret although the first answer was an error', async () => {
    const { api } = opened();
    const begin = api.journeys.beginPaymentJourney;
    api.journeys.beginPaymentJourney = async () => {
      throw new JourneysUnavailable('for a while');
    };
    const request = { body: withWebhook('https://shop.example/hooks'), headers: key };
    expect((await api.send('POST', path, request)).status).toBe(503);
    api.journeys.beginPaymentJourney = begin;
    const { json } = await api.send('POST', path, request);
    expect(json.Webhook).toMatchObject({ Secret: expect.stringMatching(/^whsec_/) });
  });

  it('tells the public half of a key pair alone', async () => {
    const { api } = opened();
    const Webhook = { Url: 'https://shop.example/hooks', SignatureKind: 'ed25519' };
    const { json, text } = await api.send('POST', path, { body: { ...body, Webhook } });
    const PublicKey = expect.stringMatching(/^whpk_/);
    expect(json.Webhook).toEqual({ WebhookEndpointId: json.Id, PublicKey });
    expect(text).not.toMatch(/whsk_|whsec_/);
  });

  it('is refused where webhooks may not go, and nothing is begun', async () => {
    const { api, begun } = opened();
    const { status, json } = await api.send('POST', path, { body: withWebhook('https://127.0.0.1/') });
    expect([status, json.code]).toEqual([422, 'webhook-url-refused']);
    expect(Object.keys(Object(json.errors))).toEqual(['Webhook.Url']);
    expect([begun, api.tables.consents.size]).toEqual([[], 0]);
  });
});

describe('a payment in one request that was not made', () => {
  it('says why', async () => {
    const { api } = opened();
    const { json } = await ask(api);
    addPayment(api, json.ConsentId, { status: 'failed', failure: refusal });
    const read = await api.send('GET', `${path}/${json.Id}`);
    expect(read.json).toMatchObject({
      ...{ Status: 'failed', IsFinal: true },
      Problem: { code: 'bank-rejected-request', status: 400 },
    });
  });
});
