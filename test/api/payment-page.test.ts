// The page of a payment: what its customer reads, what its forms do, and whom it serves.
import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { createPublicApp } from '../../api/public-app.ts';
import { CannotTranslate } from '../../standards/uk-open-banking/translation/index.ts';
import { JourneyFailure } from '../../temporal/journeys.ts';
import type { ConsentStatus } from '../../workflows/contracts/consent.ts';
import type { PaymentStatus } from '../../workflows/contracts/payment.ts';
import { type FakeApi, fakeApi, profilesLike, sandboxProfile } from './fake-api.ts';
import { testStart } from './fake-records.ts';
import { addRegistration, recordConsentAtBank, registrationId } from './stories.ts';

const dayMs = 86_400_000;
const validator = new HtmlValidate({ extends: ['html-validate:standard'] });

const request = {
  BankProfile: 'Sandbox_Hybrid',
  InstructedAmount: { Amount: '1234.505', Currency: 'GBP' },
  Creditor: { Name: 'Halcyon "Interiors" & <Sons>', Identification: '99000212345678' },
  RemittanceReference: 'INVOICE-7',
  ReturnUrl: 'https://shop.example/orders/7',
};

async function asked(changes: object = {}) {
  const api = fakeApi();
  addRegistration(api);
  const calledOff: string[] = [];
  Object.assign(api.journeys, {
    beginPaymentJourney: async ({ consentId }: { consentId: string }) =>
      recordConsentAtBank(api, consentId, {}, ''),
    callOffPaymentJourney: async (id: string) => {
      calledOff.push(id);
      change({ status: 'deleted' });
    },
  });
  api.bankReads.authorisationTerms = async () => ({
    ...{ redirectUri: 'https://pay.example/auth/query-redirect', redirectMode: 'query' as const },
    expectsIdToken: false,
  });
  api.bankReads.authorisationAddress = async () => 'https://bank.example/auth?a=1&request="signed"';
  const { json } = await api.send('POST', '/payment-journeys', { body: { ...request, ...changes } });
  return { ...customerOf(api, json, change), calledOff };

  function change(changes: { status: ConsentStatus }): void {
    changeConsent(api, json.ConsentId, changes);
  }
}

/** Of the payment that the answer is about. */
function customerOf(
  api: FakeApi,
  json: Record<string, unknown>,
  change = (_: { status: ConsentStatus }) => {},
) {
  const app = createPublicApp(api.deps);
  const path = new URL(String(json.HostedUrl)).pathname;

  function pay(status: PaymentStatus): void {
    api.tables.payments.set(String(json.Id), {
      ...{ id: String(json.Id), created: testStart, modifiedBy: null, consentId: String(json.ConsentId) },
      ...{ consentExternalApiId: 'bank-consent-1', family: 'domestic-payment', body: '{}', useV4: true },
      ...{ bankProfile: 'Sandbox_Hybrid', bankRegistrationId: registrationId, bankIdempotencyKey: 'k' },
      ...{
        firstSentAt: null,
        lastSentAt: null,
        externalApiId: null,
        bankStatus: null,
        failure: null,
        status,
      },
    });
  }

  /** A browser that keeps its cookies. */
  const cookies = new Map<string, string>();
  async function visit(address = path, form?: Record<string, string>) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await app.request(address, {
      headers: { cookie },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const [, name = '', value = ''] of response.headers
      .getSetCookie()
      .map((text) => /^([^=]+)=([^;]*)/.exec(text) ?? []))
      cookies.set(name, value);
    const text = await response.text();
    const headline = /<h1>(.*?)<\/h1>/.exec(text)?.[1];
    return { status: response.status, headers: response.headers, text, headline };
  }
  const keyOf = (text: string) => /name="key" value="([^"]+)"/.exec(text)?.[1] ?? '';
  return { api, json, app, path, visit, cookies, keyOf, change, pay };
}

function changeConsent(api: FakeApi, id: unknown, changes: { status: ConsentStatus }): void {
  const consent = api.tables.consents.get(String(id));
  if (consent === undefined) throw new Error('no such consent');
  api.tables.consents.set(consent.id, { ...consent, ...changes });
}

async function faults(text: string): Promise<string[]> {
  const { results } = await validator.validateString(text);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
}

describe('the page of a payment', () => {
  it('says what is to be paid, exactly, and nothing but text', async () => {
    const { visit, json } = await asked();
    const { text, headline, headers } = await visit();
    expect(headline).toBe('Pay Halcyon &quot;Interiors&quot; &amp; &lt;Sons&gt;');
    for (const shown of ['£1,234.505', 'ending in 5678', 'INVOICE-7', 'As soon as you have approved it'])
      expect(text).toContain(`<dd>${shown}</dd>`);
    expect(text.replaceAll(new URL(String(json.HostedUrl)).pathname, '')).not.toContain(json.Id);
    expect(await faults(text)).toEqual([]);
    const policy = headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'none'; .*form-action 'self'.*connect-src 'self'$/);
    expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual([
      'no-store',
      'no-referrer',
    ]);
  });

  it.each([
    [{ RequestedExecutionDateTime: '2026-12-24T23:30:00-05:00' }, '24 December 2026'],
    [
      {
        Schedule: {
          Frequency: { Type: 'MNTH', PointInTime: '15' },
          FirstPaymentDateTime: '2027-01-15T00:00:00Z',
          NumberOfPayments: '12',
        },
      },
      'Every month, from 15 January 2027, 12 times',
    ],
  ])('says when: %j', async (changes, when) => {
    expect((await (await asked(changes)).visit()).text).toContain(`<dd>${when}</dd>`);
  });

  it.each<[ConsentStatus, PaymentStatus | undefined, string]>([
    ['authorised', undefined, 'Thank you'],
    ['consumed', 'following', 'Thank you'],
    ['consumed', 'settled', 'Paid'],
    ['consumed', 'rejected', 'Not paid'],
    ['consumed', 'outcome-unknown', 'We do not know yet'],
    ['abandoned', undefined, 'That took too long'],
    ['rejected', undefined, 'You did not agree'],
    ['deleted', undefined, 'Called off'],
    ['failed', undefined, 'Not paid'],
  ])(
    'of a consent that is %s, and a payment that is %s, says %s and leads back',
    async (consent, payment, title) => {
      const { visit, change, pay, path } = await asked();
      change({ status: consent });
      if (payment !== undefined) pay(payment);
      const { text, headline } = await visit();
      expect(headline).toBe(title);
      expect(text).toContain(
        `<a class="button" href="${path}/returned" rel="noreferrer">Back to shop.example</a>`,
      );
      expect(text).not.toContain('<form');
      expect(await faults(text)).toEqual([]);
    },
  );

  it('is there for a week after the end', async () => {
    const { visit, change, api } = await asked();
    api.time.nowMs += 30 * dayMs;
    expect((await visit()).status).toBe(200);
    change({ status: 'abandoned' });
    expect((await visit()).headline).toBe('This link leads nowhere');
    api.time.nowMs -= 24 * dayMs;
    expect((await visit()).status).toBe(200);
  });

  it('is found by its link alone, which no log has', async () => {
    const { visit, json, api, path } = await asked();
    for (const unknown of [json.Id, json.ConsentId, 'x'])
      for (const page of ['', '/state', '/phone', '/returned'])
        expect((await visit(`/pay/${unknown}${page}`)).status).toBe(404);
    await visit(`${path}/state`);
    expect(api.logLines.join()).not.toContain(path);
  });
});

describe('going on to the bank', () => {
  it('begins an attempt of this browser, without a redirect that the policy forbids', async () => {
    const { visit, path, keyOf, cookies, api, json } = await asked();
    const { text } = await visit();
    const there = await visit(`${path}/bank`, { key: keyOf(text) });
    expect(there.status).toBe(200);
    const address = 'https://bank.example/auth?a=1&amp;request=&quot;signed&quot;';
    expect(there.text).toContain(`content="0; url=${address}"`);
    expect(there.text).toContain(`<a href="${address}"`);
    const { authContexts } = api.tables;
    expect([...authContexts.values()].at(-1)).toMatchObject({
      ...{ sessionRequired: true, workflowId: `payment-journey/${json.Id}` },
    });
    expect(cookies.get('__Host-Session-Id')).toMatch(/^[\w-]{43}$/);
    await visit(`${path}/bank`, { key: keyOf(text) });
    expect(cookies.get('__Host-Session-Id')).toMatch(/^[\w-]{43}\.[\w-]{43}$/);
  });

  it('needs no session where the bank sends customers to an address of the service', async () => {
    const { visit, path, keyOf, api } = await asked();
    api.bankReads.authorisationTerms = async () => ({
      ...{ redirectUri: 'https://tpp.example/back', redirectMode: 'query' as const, expectsIdToken: false },
    });
    await visit(`${path}/bank`, { key: keyOf((await visit()).text) });
    expect([...api.tables.authContexts.values()].at(-1)?.sessionRequired).toBe(false);
  });

  it('leads to the page when the payment has gone on meanwhile', async () => {
    const { visit, path, keyOf, change } = await asked();
    const { text } = await visit();
    change({ status: 'authorised' });
    const { status, headers } = await visit(`${path}/bank`, { key: keyOf(text) });
    expect([status, headers.get('location')]).toEqual([303, path]);
  });
});

describe('a form', () => {
  it.each(['bank', 'call-off'])('that did not come from the page is not taken: %s', async (action) => {
    const { visit, path, keyOf, cookies, calledOff, api } = await asked();
    const key = keyOf((await visit()).text);
    const before = api.tables.authContexts.size;
    for (const form of [{}, { key: '' }, { key: `${key}x` }])
      expect((await visit(`${path}/${action}`, form)).status).toBe(400);
    cookies.clear();
    const refused = await visit(`${path}/${action}`, { key });
    expect([refused.status, refused.headline]).toEqual([400, 'Please try once more']);
    expect(await faults(refused.text)).toEqual([]);
    expect([calledOff, api.tables.authContexts.size]).toEqual([[], before]);
  });

  it('calls the payment off', async () => {
    const { visit, path, keyOf, calledOff, json } = await asked();
    const { status, headers } = await visit(`${path}/call-off`, { key: keyOf((await visit()).text) });
    expect([status, headers.get('location'), calledOff]).toEqual([303, path, [json.Id]]);
    expect((await visit()).headline).toBe('Called off');
  });

  it('that comes too late leads to how it went on', async () => {
    const { visit, path, keyOf, change, api } = await asked();
    const { text } = await visit();
    change({ status: 'authorised' });
    api.journeys.callOffPaymentJourney = () =>
      Promise.reject(new JourneyFailure('ConsentNotUsable', 'x', { code: 'consent-not-usable' }));
    expect((await visit(`${path}/call-off`, { key: keyOf(text) })).headers.get('location')).toBe(path);
    expect((await visit()).headline).toBe('Thank you');
  });
});

describe('a phone that came by the QR code', () => {
  it('is shown none, and stays when it is back from the bank', async () => {
    const { visit, path } = await asked();
    expect((await visit()).text).toContain('QR code');
    const { status, headers } = await visit(`${path}/phone`);
    expect([status, headers.get('location')]).toEqual([303, path]);
    expect((await visit()).text).not.toContain('QR code');
    const { text, headline } = await visit(`${path}/returned`);
    expect(headline).toBe('Thank you');
    expect(text).not.toContain('http-equiv="refresh"');
  });
});

describe('the link', () => {
  it('is told whenever somebody asks for the payment, and the same each time', async () => {
    const { api, json } = await asked();
    const read = await api.send('GET', `/payment-journeys/${json.Id}`);
    expect(read.json.HostedUrl).toBe(json.HostedUrl);
    expect(json.HostedUrl).toMatch(/^https:\/\/pay\.example\/pay\/./);
  });

  it('is not told when nobody knows where customers reach it', async () => {
    const { json } = await asked();
    expect(json).toHaveProperty('HostedUrl');
    const api = fakeApi({ publicUrl: () => undefined });
    addRegistration(api);
    api.journeys.beginPaymentJourney = async ({ consentId }) => recordConsentAtBank(api, consentId, {}, '');
    api.bankReads.authorisationTerms = async () => ({
      ...{ redirectUri: 'https://tpp.example/query', redirectMode: 'query' as const, expectsIdToken: false },
    });
    api.bankReads.authorisationAddress = async () => 'https://bank.example/auth';
    const without = await api.send('POST', '/payment-journeys', { body: request });
    expect([without.status, 'HostedUrl' in without.json]).toEqual([201, false]);
  });
});

describe('a payment whose customer chooses the bank', () => {
  const otherId = '12121212-1212-4212-8212-121212121212';

  async function open(changes: Parameters<typeof fakeApi>[0] = {}) {
    const api = fakeApi(changes);
    addRegistration(api);
    const first = api.tables.registrations.get(registrationId);
    if (first === undefined) throw new Error('no registration');
    api.tables.registrations.set(otherId, { ...first, id: otherId, bankProfile: 'Sandbox_Jarm' });
    const chosen: string[] = [];
    Object.assign(api.journeys, {
      beginPaymentJourney: async () => {},
      chooseBank: async (_: string, { bankRegistrationId }: { bankRegistrationId: string }) =>
        void chosen.push(bankRegistrationId),
    });
    const { BankProfile: _, ...body } = request;
    const answer = await api.send('POST', '/payment-journeys', { body });
    return { ...customerOf(api, answer.json), answer, chosen };
  }

  it('is at no bank yet', async () => {
    const { answer, api, json } = await open();
    expect([answer.status, json.Status, json.IsFinal]).toEqual([201, 'awaiting-bank', false]);
    for (const member of ['AuthUrl', 'BankProfile', 'BankRegistrationId', 'ConsentId'])
      expect(json).not.toHaveProperty(member);
    expect(api.tables.consents.size).toBe(0);
    const link = await api.send('POST', `/payment-journeys/${json.Id}/auth-url`);
    expect([link.status, link.json.code]).toEqual([409, 'consent-not-usable']);
  });

  it('has a list to search in', async () => {
    const { visit, path } = await open();
    const { text } = await visit();
    expect(await faults(text)).toEqual([]);
    expect(text.match(/name="bank"/g)).toHaveLength(2);
    const found = await visit(`${path}?search=%20JARM`);
    expect(found.text.match(/name="bank" value="([^"]+)"/)?.[1]).toBe(otherId);
    const none = await visit(`${path}?search=${encodeURIComponent('"><b>')}`);
    expect(none.text).toContain('We have found no bank of that name');
    expect(none.text).toContain('value="&quot;&gt;&lt;b&gt;"');
    expect(await faults(none.text)).toEqual([]);
  });

  it('goes to the bank that was chosen, and to none that is not on the list', async () => {
    const { visit, path, keyOf, chosen } = await open();
    const key = keyOf((await visit()).text);
    await visit(`${path}/choose`, { key, bank: '99999999-9999-4999-8999-999999999999' });
    expect((await visit(`${path}/choose`, { bank: otherId })).status).toBe(400);
    expect(chosen).toEqual([]);
    const { status, headers } = await visit(`${path}/choose`, { key, bank: otherId });
    expect([status, headers.get('location'), chosen]).toEqual([303, path, [otherId]]);
  });

  it.each(['abandoned', 'called-off'] as const)('may end as %s', async (end) => {
    const { visit, json, api } = await open();
    api.tables.openEnds.set(String(json.Id), end);
    expect((await visit()).text).not.toContain('<form');
    const read = await api.send('GET', `/payment-journeys/${json.Id}`);
    expect(read.json).toMatchObject({ Status: end, IsFinal: true });
  });

  it('says which banks cannot be told of it', async () => {
    const { visit } = await open({
      bankProfiles: {
        ...profilesLike({}),
        find: (name) => ({
          ...sandboxProfile,
          name,
          writeRequest: (_resource, _useV4, body) => {
            if (name === 'Sandbox_Jarm') throw new CannotTranslate('Data.Initiation', 'has no place');
            return body;
          },
        }),
      },
    });
    const { text } = await visit();
    expect(text.match(/name="bank"/g)).toHaveLength(1);
    expect(text).toContain('Not for this payment: Sandbox_Jarm.');
  });

  it('is refused where there is no page to choose on, or no bank to choose', async () => {
    const { BankProfile: _, ...body } = request;
    const nowhere = await fakeApi({ publicUrl: () => undefined }).send('POST', '/payment-journeys', { body });
    expect([nowhere.status, Object.keys(nowhere.json.errors ?? {})]).toEqual([400, ['BankProfile']]);
    const none = await fakeApi().send('POST', '/payment-journeys', { body });
    expect([none.status, none.json.code]).toEqual([409, 'registration-not-usable']);
  });
});
