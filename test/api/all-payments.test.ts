// Payments of all families: filters, pages, and a record with its history and its failure.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Payment } from '../../store/payments.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';
import { testStart } from './fake-records.ts';
import { addConsent, consentId, registrationId, statementId, unknownId } from './stories.ts';

const path = '/payments';
const at = (minute: number) => new Date(testStart.getTime() + minute * 60_000);

function withPayment(api: FakeApi, changes: Partial<Payment> = {}): string {
  if (api.tables.consents.size === 0)
    addConsent(api, 'international-payment', 'consumed', { reference: 'mine' });
  const id = randomUUID();
  api.tables.payments.set(id, {
    ...{ id, created: testStart, modifiedBy: 'me', consentId, family: 'international-payment' },
    ...{
      consentExternalApiId: 'bank-consent-1',
      bankProfile: 'Sandbox_Hybrid',
      bankRegistrationId: registrationId,
    },
    ...{ useV4: true, status: 'following', externalApiId: 'bank-1', bankStatus: 'PDNG', failure: null },
    ...{ firstSentAt: null, lastSentAt: null, body: 'planted body', bankIdempotencyKey: 'planted key' },
    ...changes,
  });
  return id;
}

const facts = {
  ...{ Created: testStart.toISOString(), ModifiedBy: 'me', Family: 'international-payment' },
  ...{ ConsentId: consentId, ExternalApiConsentId: 'bank-consent-1', BankProfile: 'Sandbox_Hybrid' },
  ...{ BankRegistrationId: registrationId, ExternalApiId: 'bank-1' },
  ...{ Status: 'following', ExternalApiStatus: 'PDNG' },
};

async function idsOf(api: FakeApi, query: string): Promise<unknown[]> {
  const { status, json } = await api.send('GET', `${path}?${query}`);
  if (status !== 200 || !Array.isArray(json.Data)) throw new Error(`${status} ${json.code}`);
  return json.Data.map(({ Id }) => Id);
}

describe('the list of payments', () => {
  it('has those of all families as they are recorded, and nothing of the body or the key', async () => {
    const api = fakeApi();
    const id = withPayment(api);
    const other = withPayment(api, { family: 'file-payment', created: at(1), externalApiId: null });
    const { json, text } = await api.send('GET', path);
    const { ExternalApiId: _, ...unheard } = facts;
    const second = { ...unheard, Id: other, Created: at(1).toISOString(), Family: 'file-payment' };
    expect(json).toEqual({ Data: [{ ...facts, Id: id }, second] });
    expect(text).not.toContain('planted');
  });

  it('comes in pages, each after the one before', async () => {
    const api = fakeApi();
    const ids = [0, 1, 2].map((minute) => withPayment(api, { created: at(minute) }));
    const first = await api.send('GET', `${path}?limit=2`);
    expect(await idsOf(api, `limit=2&after=${first.json.Next}`)).toEqual([ids[2]]);
  });

  it('is filtered by each of its parameters, and by all of them', async () => {
    const api = fakeApi();
    const early = withPayment(api, { status: 'settled' });
    const late = withPayment(api, { family: 'file-payment', created: at(10), consentId: unknownId });
    const from = encodeURIComponent(at(10).toISOString());
    expect(await idsOf(api, 'family=file-payment')).toEqual([late]);
    expect(await idsOf(api, 'status=settled')).toEqual([early]);
    expect(await idsOf(api, `consentId=${consentId.toUpperCase()}`)).toEqual([early]);
    expect(await idsOf(api, `createdFrom=${from}`)).toEqual([late]);
    expect(await idsOf(api, `createdTo=${from}`)).toEqual([early]);
    expect(await idsOf(api, 'createdFrom=2026-11-20T14:10:00%2B02:00')).toEqual([late]);
    expect(await idsOf(api, 'bank=Sandbox_Hybrid')).toHaveLength(2);
    expect(await idsOf(api, 'bank=Sandbox_Query')).toEqual([]);
    expect(await idsOf(api, 'reference=mine')).toEqual([early]);
    expect(await idsOf(api, `softwareStatementId=${unknownId}`)).toEqual([]);
    const all = `family=international-payment&status=settled&consentId=${consentId}&createdTo=${from}`;
    const rest = `bank=Sandbox_Hybrid&reference=mine&softwareStatementId=${statementId}`;
    expect(await idsOf(api, `${all}&${rest}`)).toEqual([early]);
    expect(await idsOf(api, `${all}&${rest}&createdFrom=${from}`)).toEqual([]);
  });

  it.each([
    ['family', 'domestic'],
    ['status', 'Settled'],
    ['consentId', 'mine'],
    ['createdFrom', '2026-11-20'],
    ['createdTo', 'yesterday'],
  ])('refuses %s=%s, naming the parameter', async (name, value) => {
    const { status, json } = await fakeApi().send('GET', `${path}?${name}=${value}`);
    expect([status, json.code, Object.keys(json.errors ?? {})]).toEqual([400, 'validation-failed', [name]]);
  });
});

describe('the record of a payment', () => {
  it('has its history with times', async () => {
    const api = fakeApi();
    const id = withPayment(api);
    api.tables.paymentStatuses.set(id, [
      { status: 'submitting', bankStatus: null, recorded: at(0) },
      { status: 'following', bankStatus: 'PDNG', recorded: at(1) },
    ]);
    const { status, json } = await api.send('GET', `${path}/${id.toUpperCase()}`);
    expect([status, json]).toEqual([
      200,
      {
        ...{ ...facts, Id: id },
        History: [
          { Status: 'submitting', Recorded: at(0).toISOString() },
          { Status: 'following', ExternalApiStatus: 'PDNG', Recorded: at(1).toISOString() },
        ],
      },
    ]);
  });

  it("says why it failed, in the bank's own words", async () => {
    const api = fakeApi();
    const id = withPayment(api, {
      ...{ status: 'failed', externalApiId: null, bankStatus: null },
      failure: {
        type: 'BankRejectedRequest',
        details: { code: 'bank-rejected-request', httpStatus: 400, errorCodes: ['U012'] },
        bank: {
          ...{ endpointHttpMethod: 'POST', endpointUrl: 'https://bank.example/' },
          endpointResponse: { Message: 'too late' },
        },
      },
    });
    const { status, json } = await api.send('GET', `${path}/${id}`);
    expect([status, json]).toMatchObject([
      200,
      {
        ...{ Id: id, Status: 'failed', History: [] },
        Problem: {
          ...{ code: 'bank-rejected-request', status: 400, bankErrorCodes: ['U012'] },
          endpointResponse: { Message: 'too late' },
        },
      },
    ]);
  });

  it('is not found under another id', async () => {
    const api = fakeApi();
    withPayment(api);
    for (const id of [unknownId, 'bank-1', consentId])
      expect((await api.send('GET', `${path}/${id}`)).json.code).toBe('not-found');
  });
});
