// Payments: what was consented to and nothing else, submitted once, read at the bank.
import { describe, expect, it } from 'vitest';
import { JourneyClosed, JourneyFailure, JourneyInProgress } from '../../temporal/journeys.ts';
import type { PaymentStatus } from '../../workflows/contracts/payment.ts';
import { consentRequestOf, orderOf } from '../sandbox-bank/payment-requests.ts';
import { paymentRequest } from '../standards/sample-bodies.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';
import { testStart } from './fake-records.ts';
import { addConsent, addRegistration, bankApi, consentId, registrationId, unknownId } from './stories.ts';

const path = '/pisp/domestic-payments';
const order = paymentRequest('v4.0');
const body = {
  DomesticPaymentConsentId: consentId,
  ExternalApiRequest: { ...order, Data: { ...order.Data, ConsentId: '' } },
};
const bankBody = { Data: { DomesticPaymentId: 'pmt-1', Status: 'RCVD' } };

function authorised(): FakeApi {
  const api = fakeApi();
  addConsent(api, 'domestic-payment', 'authorised');
  return api;
}

function change(api: FakeApi, id: string, changes: object): void {
  const payment = api.tables.payments.get(id);
  if (payment !== undefined) api.tables.payments.set(id, { ...payment, ...changes });
}

/** What the journey's step does when the bank has taken the payment. */
function paying(api: FakeApi): string[] {
  const ids: string[] = [];
  api.journeys.submitPayment = async ({ paymentId }) => {
    ids.push(paymentId);
    change(api, paymentId, { status: 'following', externalApiId: 'pmt-1' });
    const Links = { Self: `${bankApi}/pisp/domestic-payments/pmt-1` };
    const url = `${bankApi}/pisp/domestic-payments`;
    api.tables.bankResponses.set(paymentId, { body: { ...bankBody, Links }, interactionId: 'i', url });
    const consent = api.tables.consents.get(consentId);
    if (consent !== undefined) api.tables.consents.set(consentId, { ...consent, status: 'consumed' });
  };
  return ids;
}

describe('paying', () => {
  it("sends the consent's own text, and answers with what the bank said", async () => {
    const api = authorised();
    const ids = paying(api);
    const { status, json, headers } = await api.send('POST', path, { body });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`${path}/pmt-1`);
    expect(json).toEqual({
      ExternalApiResponse: { ...bankBody, Links: { Self: `http://localhost${path}/pmt-1` } },
      ExternalApiResponseInfo: { XFapiInteractionId: 'i' },
    });
    const consent = JSON.parse(api.tables.requestBodies.get(consentId) ?? '');
    expect(api.tables.payments.get(ids[0] ?? '')?.body).toBe(
      JSON.stringify({
        Data: { ConsentId: 'bank-consent-1', Initiation: consent.Data.Initiation },
        Risk: consent.Risk,
      }),
    );
  });

  it('accepts members in another order and the id that the bank gave the consent', async () => {
    const api = authorised();
    paying(api);
    const Initiation = Object.fromEntries(Object.entries(order.Data.Initiation).reverse());
    const request = { ...order, Data: { Initiation, ConsentId: 'bank-consent-1' } };
    expect((await api.send('POST', path, { body: { ...body, ExternalApiRequest: request } })).status).toBe(
      201,
    );
  });

  it("answers the same when the payment's status was read at the bank meanwhile", async () => {
    const api = authorised();
    const ids = paying(api);
    const first = await api.send('POST', path, { body });
    const url = `${bankApi}/pisp/domestic-payments/pmt-1`;
    const read = { body: { ...bankBody, Links: { Self: url } }, interactionId: 'i', url };
    api.tables.bankResponses.set(ids[0] ?? '', read);
    const second = await api.send('POST', path, { body });
    expect(second.json).toEqual(first.json);
  });

  it('stores payment and key before the journey begins', async () => {
    const api = authorised();
    api.journeys.submitPayment = async ({ paymentId }) => {
      expect(api.tables.payments.get(paymentId)).toMatchObject({
        ...{
          consentId,
          body: expect.any(String),
          bankIdempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      });
      throw new JourneyInProgress('x');
    };
    const { status, json } = await api.send('POST', path, { body });
    expect([status, json.code]).toEqual([504, 'payment-in-progress']);
  });

  it('twice under one consent is one payment, whatever the keys', async () => {
    const api = authorised();
    const ids = paying(api);
    const first = await api.send('POST', path, { body, headers: { 'x-idempotency-key': 'a' } });
    const second = await api.send('POST', path, { body, headers: { 'x-idempotency-key': 'b' } });
    const third = await api.send('POST', path, { body });
    expect([second.json, third.json]).toEqual([first.json, first.json]);
    expect([ids.length, api.tables.payments.size]).toEqual([1, 1]);
  });

  it('joins the payment that is under way', async () => {
    const api = authorised();
    const ids: string[] = [];
    api.journeys.submitPayment = async ({ paymentId }) => {
      ids.push(paymentId);
      throw new JourneyInProgress('x');
    };
    await api.send('POST', path, { body });
    await api.send('POST', path, { body });
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
  });

  it('of another body under the same consent is refused', async () => {
    const api = authorised();
    paying(api);
    await api.send('POST', path, { body });
    for (const [id, payment] of api.tables.payments)
      api.tables.payments.set(id, { ...payment, body: 'other' });
    const { status, json } = await api.send('POST', path, { body });
    expect([status, json.code]).toEqual([409, 'payment-already-submitted']);
  });

  it.each([
    ['Data.Initiation.InstructedAmount.Amount', { InstructedAmount: { Amount: '165.89', Currency: 'GBP' } }],
    [
      'Data.Initiation.CreditorAccount.Identification',
      { CreditorAccount: { ...order.Data.Initiation.CreditorAccount, Identification: 'x' } },
    ],
    ['Data.Initiation.CreditorPostalAddress', { CreditorPostalAddress: undefined }],
    ['Data.Initiation.LocalInstrument', { LocalInstrument: 'UK.OBIE.FPS' }],
  ])('of something else than was consented to is refused, naming %s', async (field, difference) => {
    const request = {
      ...order,
      Data: { ConsentId: '', Initiation: { ...order.Data.Initiation, ...difference } },
    };
    const { status, json } = await authorised().send('POST', path, {
      body: { ...body, ExternalApiRequest: request },
    });
    expect([status, json.code]).toEqual([400, 'payment-differs-from-consent']);
    expect(Object.keys(json.errors ?? {})).toEqual([`ExternalApiRequest.${field}`]);
  });

  it('with another risk or another consent id is refused', async () => {
    const api = authorised();
    const refusalOf = async (request: object) =>
      Object.keys(
        (await api.send('POST', path, { body: { ...body, ExternalApiRequest: request } })).json.errors ?? {},
      );
    expect(await refusalOf({ ...order, Data: { ...order.Data, ConsentId: 'x' } })).toEqual([
      'ExternalApiRequest.Data.ConsentId',
    ]);
    expect(
      await refusalOf({
        ...body.ExternalApiRequest,
        Risk: { PaymentContextCode: 'BillingGoodsAndServicesInAdvance' },
      }),
    ).toEqual([expect.stringMatching(/^ExternalApiRequest\.Risk\./)]);
    expect(api.tables.payments.size).toBe(0);
  });

  it.each(['awaiting-authorisation', 'rejected', 'consumed', 'abandoned'] as const)(
    'under a consent that is %s is refused',
    async (status) => {
      const api = fakeApi();
      addConsent(api, 'domestic-payment', status);
      const answer = await api.send('POST', path, { body });
      expect([answer.status, answer.json.code]).toEqual([409, 'consent-not-usable']);
    },
  );

  it('under an unknown consent, or one for account access, is refused', async () => {
    const unknown = await fakeApi().send('POST', path, {
      body: { ...body, DomesticPaymentConsentId: unknownId },
    });
    const api = fakeApi();
    addConsent(api, 'account-access', 'authorised');
    expect([unknown.status, (await api.send('POST', path, { body })).status]).toEqual([404, 404]);
  });

  it('that the bank refused tells why, every time', async () => {
    const api = authorised();
    let calls = 0;
    api.journeys.submitPayment = async ({ paymentId }) => {
      calls += 1;
      const details = { code: 'x', httpStatus: 400, errorCodes: ['U009'] };
      change(api, paymentId, { status: 'failed', failure: { type: 'BankRejectedRequest', details } });
      throw new JourneyFailure('BankRejectedRequest', 'x', details);
    };
    for (const _ of [1, 2]) {
      const { status, json } = await api.send('POST', path, { body });
      expect([status, json.code, json.bankErrorCodes]).toEqual([400, 'bank-rejected-request', ['U009']]);
    }
    expect(calls).toBe(1);
  });

  it.each(['outcome-unknown', 'executed-id-unknown'] as const)(
    'that ended as %s says so',
    async (status: PaymentStatus) => {
      const api = authorised();
      api.journeys.submitPayment = async ({ paymentId }) => {
        change(api, paymentId, { status });
        throw new JourneyClosed('x');
      };
      const answer = await api.send('POST', path, { body });
      expect([answer.status, answer.json.code]).toEqual([502, 'outcome-unknown']);
    },
  );
});

describe('reading a payment', () => {
  it('finds the registration by itself', async () => {
    const api = authorised();
    paying(api);
    await api.send('POST', path, { body });
    const calls: unknown[] = [];
    api.bankReads.readAsClient = async (_, read) => {
      calls.push(read);
      const url = `${bankApi}/pisp/domestic-payments/pmt-1`;
      return { body: { ...bankBody, Links: { Self: url } }, interactionId: null, url };
    };
    const { status, json } = await api.send('GET', `${path}/pmt-1`);
    expect(status).toBe(200);
    expect(json.ExternalApiResponse).toMatchObject({ Links: { Self: `http://localhost${path}/pmt-1` } });
    expect(calls).toMatchObject([
      { bankRegistrationId: registrationId, params: { DomesticPaymentId: 'pmt-1' }, useV4: true },
    ]);
    await api.send('GET', `${path}/pmt-1`, { headers: { 'x-obc-use-v4-external-api': 'false' } });
    expect(calls[1]).toMatchObject({ useV4: false });
  });

  it('of another system needs its registration', async () => {
    const api = fakeApi();
    addRegistration(api);
    api.bankReads.readAsClient = async (_, { bankRegistrationId, useV4 }) => {
      expect([bankRegistrationId, useV4]).toEqual([registrationId, undefined]);
      return { body: bankBody, interactionId: null, url: `${bankApi}/x` };
    };
    const header = (id: string) => ({ headers: { 'x-obc-bank-registration-id': id } });
    expect((await api.send('GET', `${path}/other`)).status).toBe(404);
    expect((await api.send('GET', `${path}/other`, header(registrationId))).status).toBe(200);
    expect((await api.send('GET', `${path}/other`, header(unknownId))).status).toBe(404);
    expect((await api.send('GET', `${path}/other`, header('x'))).status).toBe(400);
  });
});

describe('an international payment', () => {
  const abroad = '/pisp/international-payments';
  const consentRequest = consentRequestOf('international-payment', 'v4.0');
  const request = {
    InternationalPaymentConsentId: consentId,
    ExternalApiRequest: orderOf('', consentRequest),
  };
  const at = (minute: number) => new Date(testStart.getTime() + minute * 60_000).toISOString();
  const quoted = (ExpirationDateTime?: string) => ({
    body: { Data: { ExchangeRateInformation: { RateType: 'Actual', ExpirationDateTime } } },
    ...{ interactionId: 'i', url: `${bankApi}/pisp/international-payment-consents/bank-consent-1` },
  });

  /** @param recorded until when the rate was to hold when the consent was made */
  function consented(recorded: string): FakeApi {
    const api = fakeApi();
    addConsent(api, 'international-payment', 'authorised');
    api.tables.requestBodies.set(consentId, JSON.stringify(consentRequest));
    api.tables.bankResponses.set(consentId, quoted(recorded));
    api.journeys.submitPayment = async ({ paymentId }) => {
      change(api, paymentId, { status: 'following', externalApiId: 'pmt-1' });
      api.tables.bankResponses.set(paymentId, {
        body: bankBody,
        interactionId: 'i',
        url: `${bankApi}${abroad}`,
      });
    };
    return api;
  }

  it('is made while the exchange rate holds, and the bank is not asked for it', async () => {
    const api = consented(at(1));
    expect((await api.send('POST', abroad, { body: request })).status).toBe(201);
  });

  it.each([
    ['as it was', at(0)],
    ['without an end', undefined],
  ])(
    'is refused before anything is sent once it has lapsed, and the bank tells of it %s',
    async (_, latest) => {
      const api = consented(at(0));
      const asked: unknown[] = [];
      api.bankReads.readAsClient = async (_tenant, read) => {
        asked.push([read.endpoint.path, read.params, read.useV4]);
        return quoted(latest);
      };
      const { status, json } = await api.send('POST', abroad, { body: request });
      expect([status, json.code, json.detail]).toEqual([
        409,
        'exchange-rate-expired',
        `It held until ${at(0)}.`,
      ]);
      const consentPath = '/international-payment-consents/{ConsentId}';
      expect(asked).toEqual([[consentPath, { ConsentId: 'bank-consent-1' }, true]]);
      expect(api.tables.payments.size).toBe(0);
    },
  );

  it('is made at the rate that the bank has named since', async () => {
    const api = consented(at(0));
    api.bankReads.readAsClient = async () => quoted(at(5));
    expect((await api.send('POST', abroad, { body: request })).status).toBe(201);
  });

  it('is answered as before, whatever became of the rate', async () => {
    const api = consented(at(1));
    const first = await api.send('POST', abroad, { body: request });
    api.time.nowMs += 60_000;
    expect(await api.send('POST', abroad, { body: request })).toMatchObject({
      status: 201,
      json: first.json,
    });
  });
});
