// Every payment-initiation operation of both versions over mutual TLS, each agreed to on the customer's pages, as published on
// the way in and on the way out; and what the customer is shown before agreeing.
import { readFileSync } from 'node:fs';
import * as openid from 'openid-client';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperationRow } from '../../sandbox-bank/control/operation-log.ts';
import { operations } from '../../sandbox-bank/resources/operations.ts';
import {
  allPaymentFamilies,
  type FamilyFacts,
  paymentFamilies,
} from '../../sandbox-bank/resources/payment-families.ts';
import { authorise, exchange, type Flow, openFlow, startAuthorisation } from './authorisation.ts';
import { fileConsentOf, xmlFile } from './payment-files.ts';
import { consentRequestOf, orderOf, type Version } from './payment-requests.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { ThirdParty } from './third-party.ts';

let sandbox: Sandbox;
let thirdParty: ThirdParty;
let flow: Flow;

beforeAll(async () => {
  sandbox = await openSandbox();
  thirdParty = new ThirdParty(sandbox);
  const client = await thirdParty.register('hybrid', 'tls_client_auth');
  flow = await openFlow(sandbox, thirdParty, 'hybrid', client);
});
afterAll(async () => {
  await thirdParty.close();
  await sandbox.remove();
});
beforeEach(() => sandbox.control('PUT', '/operations', { judged: true }));

const file = xmlFile();
const farAhead = new Date(Date.now() + 30 * 86_400_000).toISOString();

async function call(method: string, url: string, token: string, body?: object) {
  const answer = await thirdParty.call(method, url, token, body);
  const text = await answer.text();
  expect(`${method} ${url} ${answer.status}`).toBe(`${method} ${url} ${method === 'POST' ? 201 : 200}`);
  expect(answer.headers.get('x-jws-signature')).toBeTruthy();
  return text.startsWith('{') ? JSON.parse(text) : undefined;
}

/** The days of the quick tests are not those of a server's clock. */
function requestOf({ family }: FamilyFacts, version: Version) {
  if (family === 'file-payment') return fileConsentOf(version, file);
  const told = JSON.stringify(consentRequestOf(family, version));
  return JSON.parse(told.replaceAll('2026-12-01T09:00:00Z', farAhead)) as ReturnType<typeof consentRequestOf>;
}

async function consentOf(facts: FamilyFacts, version: Version, more: object = {}) {
  const base = `${sandbox.urls.api}/hybrid/open-banking/${version}/pisp`;
  const { access_token: own } = await openid.clientCredentialsGrant(flow.configuration, {
    scope: 'payments',
  });
  const asked = requestOf(facts, version);
  Object.assign(asked.Data, more);
  const { Data } = await call('POST', `${base}${facts.consents}`, own, asked);
  const consentId: string = Data.ConsentId;
  if (facts.execution === 'file') {
    const url = `${base}${facts.consents}/${consentId}/file`;
    expect((await thirdParty.send('POST', url, own, file.text, file.contentType)).status).toBe(200);
    const answer = await thirdParty.call('GET', url, own);
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual([file.contentType, file.text]);
  }
  return { base, own, consentId, asked };
}

describe.each(['v3.1', 'v4.0'] as const)('%s', (version) => {
  it('has all 41 operations, each as published on the way in and out, and executes each order once', async () => {
    const consents: string[] = [];
    for (const facts of allPaymentFamilies) {
      const { base, own, consentId, asked } = await consentOf(facts, version);
      consents.push(consentId);
      await call('GET', `${base}${facts.consents}/${consentId}`, own);
      const attempt = await startAuthorisation(flow, consentId, 'openid payments');
      const { access_token: token } = await exchange(flow, attempt, await authorise(flow, attempt));
      if (facts.confirmsFunds)
        await call('GET', `${base}${facts.consents}/${consentId}/funds-confirmation`, token);
      const { Data } = await call('POST', `${base}${facts.orders}`, token, orderOf(consentId, asked));
      const order = `${base}${facts.orders}/${Data[facts.idMember]}`;
      await call('GET', order, own);
      await call('GET', `${order}/payment-details`, own);
      if (facts.execution === 'file')
        expect((await thirdParty.call('GET', `${order}/report-file`, own)).status).toBe(200);
    }
    const { body: rows }: { body: OperationRow[] } = await sandbox.control('GET', '/operations');
    const all = operations.filter(({ group }) => group === 'pisp');
    expect(all).toHaveLength(41);
    expect(rows.map(({ operation }) => operation).sort()).toEqual(
      all.map(({ method, path }) => `${method} ${path}`).sort(),
    );
    for (const row of rows)
      expect(row).toEqual({
        ...{ bank: 'hybrid', version, operation: row.operation },
        outcomes: { success: 1, refusal: 0, 'bad-answer': 0, fault: 0 },
        ...{ requestsJudged: 1, answersJudged: 1, requestFaults: [], answerFaults: [] },
      });
    const { body } = await sandbox.control('GET', '/counters');
    for (const consentId of consents) expect(body.hybrid.paymentsByConsent[consentId]).toBe(1);
    expect(Object.keys(body.hybrid.paymentsByFamily).sort()).toEqual(
      allPaymentFamilies.map(({ family }) => family).sort(),
    );
  });
});

describe('more than one person', () => {
  const facts = paymentFamilies['domestic-scheduled-payment'];
  beforeAll(() => sandbox.control('POST', '/knobs', { bank: 'hybrid', authorisersRequired: 2 }));
  afterAll(() => sandbox.control('POST', '/knobs', { bank: 'hybrid', authorisersRequired: 1 }));

  it('agree one after the other, at the control interface', async () => {
    const { base, own, consentId, asked } = await consentOf(facts, 'v4.0');
    const attempt = await startAuthorisation(flow, consentId, 'openid payments');
    const { access_token: token } = await exchange(flow, attempt, await authorise(flow, attempt));
    const { Data } = await call('POST', `${base}${facts.orders}`, token, orderOf(consentId, asked));
    expect(Data.MultiAuthorisation).toMatchObject({ Status: 'AWAF', NumberRequired: 2 });
    const paymentId: string = Data.DomesticScheduledPaymentId;
    const tell = (path: string, more: object = {}) =>
      sandbox.control('POST', path, { bank: 'hybrid', paymentId, ...more });
    expect((await tell('/psu/co-authorise')).status).toBe(204);
    expect((await tell('/psu/co-authorise')).status).toBe(404);
    const read = async () => (await call('GET', `${base}${facts.orders}/${paymentId}`, own)).Data;
    expect((await read()).MultiAuthorisation.Status).toBe('AUTH');
    expect((await tell('/psu/cancel')).status).toBe(204);
    expect((await read()).Status).toBe('CANC');
    expect((await tell('/psu/cancel')).status).toBe(404);
    expect((await tell('/psu/cancel', { paymentId: 'none' })).status).toBe(404);
    expect((await tell('/psu/co-authorise', { bank: 'none' })).status).toBe(404);
  });

  it('cannot be one alone: the consent is rejected, and the customer sent back', async () => {
    const Authorisation = { AuthorisationType: 'Single' };
    const { base, own, consentId } = await consentOf(facts, 'v4.0', { Authorisation });
    const attempt = await startAuthorisation(flow, consentId, 'openid payments');
    const redirectUrl = await authorise(flow, attempt);
    await expect(exchange(flow, attempt, redirectUrl)).rejects.toMatchObject({ error: 'invalid_request' });
    const { Data } = await call('GET', `${base}${facts.consents}/${consentId}`, own);
    expect(Data.Status).toBe('RJCT');
  });
});

describe('the customer', () => {
  const shown: Record<FamilyFacts['family'], string[]> = {
    'domestic-payment': ['Approve a payment', '10.00 GBP', 'Halcyon Interiors', 'Invoice 7'],
    'domestic-scheduled-payment': ['on a later day', '10.00 GBP', 'Halcyon Interiors', '<dt>On</dt>'],
    'domestic-standing-order': ['Set up a standing order', '20.00 GBP', 'every month', 'How many times'],
    'international-payment': ['abroad', 'Atelier Lune', 'Arrives as', '1.17 for one GBP'],
    'international-scheduled-payment': ['abroad on a later day', 'Atelier Lune', '<dt>On</dt>'],
    'international-standing-order': ['standing order abroad', 'Atelier Lune', 'every month'],
    'file-payment': ['Approve a file of payments', '10.00 GBP', 'Payments in the file', 'GB2OK238'],
  };

  it.each(allPaymentFamilies)('is shown what $family is about', async (facts) => {
    const { consentId } = await consentOf(facts, 'v4.0');
    const { url } = await startAuthorisation(flow, consentId, 'openid payments');
    const page = await pageAfterSignIn(url);
    for (const text of shown[facts.family]) expect(page).toContain(text);
  });
});

/** As a browser would come to it, with cookies and without script. */
async function pageAfterSignIn(start: string): Promise<string> {
  const dispatcher = new Agent({ connect: { ca: readFileSync(sandbox.caFile) } });
  const cookies = new Map<string, string>();
  const open = async (url: string, form?: string) => {
    const answer = await request(url, {
      dispatcher,
      method: form === undefined ? 'GET' : 'POST',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form === undefined ? {} : { body: form }),
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const to = [answer.headers.location].flat()[0];
    return { to: to && new URL(to, url).href, text: await answer.body.text() };
  };
  try {
    const interaction = (await open(start)).to ?? '';
    await open(`${interaction}/sign-in`, 'username=alice&password=alice');
    return (await open(interaction)).text;
  } finally {
    await dispatcher.close();
  }
}
