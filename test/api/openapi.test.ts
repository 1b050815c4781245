// The OpenAPI document: every operation that is mounted, schemas that an independent validator can read.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { eventTypes } from '../../notifications/catalogue.ts';
import { fakeApi } from './fake-api.ts';

type Json = Record<string, unknown>;
const methods = ['get', 'post', 'put', 'delete'];

let document: Promise<Json> | undefined;

/** Asked for once: it is long, and nobody changes it. */
function fetched(): Promise<Json> {
  document ??= fakeApi()
    .send('GET', '/openapi.json')
    .then(({ json }) => json);
  return document;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

/** Every object of the document, with its own members. */
function* objectsOf(value: unknown): Generator<Json> {
  if (!isObject(value)) return;
  yield value;
  for (const member of Object.values(value)) yield* objectsOf(member);
}

function operationsOf(document: Json): [name: string, operation: Json][] {
  const paths = isObject(document.paths) ? Object.entries(document.paths) : [];
  return paths.flatMap(([path, item]) =>
    Object.entries(isObject(item) ? item : {})
      .filter((entry): entry is [string, Json] => methods.includes(entry[0]) && isObject(entry[1]))
      .map(([method, operation]): [string, Json] => [`${method.toUpperCase()} ${path}`, operation]),
  );
}

const managed = (path: string, idName: string) => [
  `GET ${path}`,
  `POST ${path}`,
  `GET ${path}/{${idName}}`,
  `DELETE ${path}/{${idName}}`,
];

const payments = (family: string, name: string) => [
  ...managed(`/pisp/${family}-consents`, `${name}ConsentId`),
  `GET /pisp/${family}-consents/{${name}ConsentId}/access-records`,
  `POST /pisp/${family}-consent-auth-contexts`,
  `GET /pisp/${family}-consent-auth-contexts/{${name}ConsentAuthContextId}`,
  `POST /pisp/${family}s`,
  `GET /pisp/${family}s`,
  `GET /pisp/${family}s/{externalApiId}`,
  `GET /pisp/${family}s/{externalApiId}/payment-details`,
];

const camelCase = (name: string) => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const ofAllAndOfOne = (resource: string) => [
  `GET /aisp/${resource}`,
  `GET /aisp/accounts/{externalApiAccountId}/${resource}`,
];

describe('the OpenAPI document', () => {
  it('lists the operations of the reference that are offered so far', async () => {
    expect(
      operationsOf(await fetched())
        .map(([name]) => name)
        .sort(),
    ).toEqual(
      [
        'GET /banks',
        'GET /banks/schema',
        'GET /banks/{bankProfile}',
        ...managed('/manage/obwac-certificates', 'obWacCertificateId'),
        ...managed('/manage/obseal-certificates', 'obSealCertificateId'),
        ...managed('/manage/software-statements', 'softwareStatementId'),
        'PUT /manage/software-statements/{softwareStatementId}',
        ...managed('/manage/encryption-key-descriptions', 'encryptionKeyDescriptionId'),
        ...managed('/manage/bank-registrations', 'bankRegistrationId'),
        'PUT /manage/bank-registrations/{bankRegistrationId}',
        ...managed('/aisp/account-access-consents', 'accountAccessConsentId'),
        'POST /aisp/account-access-consents/{accountAccessConsentId}/reconfirm',
        'POST /aisp/account-access-consent-auth-contexts',
        'GET /aisp/account-access-consent-auth-contexts/{accountAccessConsentAuthContextId}',
        'GET /aisp/account-access-consents/{accountAccessConsentId}/access-records',
        'GET /cbpii/funds-confirmation-consents/{fundsConfirmationConsentId}/access-records',
        'GET /aisp/accounts',
        'GET /aisp/accounts/{externalApiAccountId}',
        ...['balances', 'beneficiaries', 'direct-debits', 'offers', 'party'].flatMap(ofAllAndOfOne),
        ...['scheduled-payments', 'standing-orders', 'statements', 'transactions'].flatMap(ofAllAndOfOne),
        'GET /aisp/accounts/{externalApiAccountId}/parties',
        'GET /aisp/accounts/{externalApiAccountId}/product',
        'GET /aisp/products',
        'GET /aisp/accounts/{externalApiAccountId}/statements/{externalApiStatementId}',
        'GET /aisp/accounts/{externalApiAccountId}/statements/{externalApiStatementId}/transactions',
        'GET /aisp/accounts/{externalApiAccountId}/statements/{externalApiStatementId}/file',
        'GET /aisp/monzo-pots',
        'GET /payments/{paymentId}/attempts',
        'GET /payments/export',
        ...payments('domestic-payment', 'domesticPayment'),
        ...payments('domestic-scheduled-payment', 'domesticScheduledPayment'),
        ...payments('domestic-standing-order', 'domesticStandingOrder'),
        ...payments('international-payment', 'internationalPayment'),
        ...payments('international-scheduled-payment', 'internationalScheduledPayment'),
        ...payments('international-standing-order', 'internationalStandingOrder'),
        ...payments('file-payment', 'filePayment'),
        'POST /payment-journeys',
        'GET /payment-journeys/{paymentJourneyId}',
        'GET /payment-journeys/{paymentJourneyId}/events',
        'POST /payment-journeys/{paymentJourneyId}/auth-url',
        'POST /payment-journeys/{paymentJourneyId}/call-off',
        'GET /.well-known/jwks.json',
        'POST /pisp/file-payment-consents/{filePaymentConsentId}/file',
        'GET /pisp/file-payment-consents/{filePaymentConsentId}/file',
        'GET /pisp/file-payments/{externalApiId}/report-file',
        ...['domestic-payment', 'international-payment', 'international-scheduled-payment'].map(
          (family) => `GET /pisp/${family}-consents/{${camelCase(family)}ConsentId}/funds-confirmation`,
        ),
        ...managed('/cbpii/funds-confirmation-consents', 'fundsConfirmationConsentId'),
        'POST /cbpii/funds-confirmation-consent-auth-contexts',
        'GET /cbpii/funds-confirmation-consent-auth-contexts/{fundsConfirmationConsentAuthContextId}',
        'POST /cbpii/funds-confirmations',
        ...managed('/webhook-endpoints', 'webhookEndpointId'),
        'PUT /webhook-endpoints/{webhookEndpointId}',
        'POST /webhook-endpoints/{webhookEndpointId}/rotate-secret',
        'POST /webhook-endpoints/{webhookEndpointId}/enable',
        'POST /webhook-endpoints/{webhookEndpointId}/test',
        'GET /webhook-endpoints/{webhookEndpointId}/deliveries',
        'GET /webhook-events',
        'POST /webhook-events/{webhookEventId}/replay',
        'GET /payments',
        'GET /payments/{paymentId}',
        'GET /accounts',
        'GET /accounts/{accountId}/transactions',
        'POST /auth/redirect-delegate',
      ].sort(),
    );
  });

  it('gives every operation a name of its own, a tag, a success and its problems', async () => {
    const operations = operationsOf(await fetched());
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(operations.length);
    for (const [name, { operationId, tags, responses }] of operations) {
      expect([name, operationId, tags]).toEqual([
        name,
        expect.stringMatching(/^[A-Z]\w+$/),
        [expect.any(String)],
      ]);
      expect(Object.keys(isObject(responses) ? responses : {})).toEqual([
        expect.stringMatching(/^20[01]$/),
        '4XX',
        '5XX',
      ]);
    }
  });

  it('declares the parameters of every path', async () => {
    for (const [name, { parameters }] of operationsOf(await fetched())) {
      const inPath = (Array.isArray(parameters) ? parameters : []).filter(
        (parameter) => parameter.in === 'path',
      );
      expect([name, inPath.map((parameter) => parameter.name)]).toEqual([
        name,
        [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter),
      ]);
      for (const parameter of inPath) expect(parameter.required).toBe(true);
    }
  });

  it('has schemas that an independent validator accepts, and no reference that leads nowhere', async () => {
    const document = await fetched();
    expect(document.openapi).toMatch(/^3\.1\./);
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'https://api.test/openapi', ...document });
    const references = new Set<string>();
    for (const { $ref } of objectsOf(document)) if (typeof $ref === 'string') references.add($ref);
    expect(references.size).toBeGreaterThan(20);
    for (const reference of references) {
      expect(() => ajv.compile({ $ref: `https://api.test/openapi${reference}` })).not.toThrow();
    }
    for (const { schema } of objectsOf(document)) {
      if (isObject(schema) && schema.$ref === undefined) expect(ajv.validateSchema(schema)).toBe(true);
    }
  });

  it('describes every event that webhooks tell of, down to its data', async () => {
    const document = await fetched();
    const webhooks = isObject(document.webhooks) ? document.webhooks : {};
    expect(Object.keys(webhooks).toSorted()).toEqual([...eventTypes].toSorted());
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'https://api.test/openapi', ...document });
    const data = { PaymentId: randomUUID(), ConsentId: randomUUID(), Family: 'f', BankProfile: 'b' };
    const event = {
      ...{ type: 'payment.status-changed', timestamp: '2026-11-20T12:00:00.000Z' },
      data: { ...data, Created: '2026-11-20T12:00:00.000Z', Status: 'settled' },
    };
    const [schema] = [...objectsOf(webhooks['payment.status-changed'])].flatMap(({ $ref }) =>
      typeof $ref === 'string' ? [$ref] : [],
    );
    const check = ajv.compile({ $ref: `https://api.test/openapi${schema}` });
    expect([check(event), check({ ...event, type: 'x' }), check({ ...event, data })]).toEqual([
      true,
      false,
      false,
    ]);
    expect(JSON.stringify(webhooks)).toContain('"webhook-signature"');
  });

  it('has the published bodies of banks under their published names', async () => {
    const json = JSON.stringify(await fetched());
    expect(json).toContain('"ExternalApiResponse":{"$ref":"#/components/schemas/OBReadAccount6"}');
    expect(json).toContain('"OBWriteDomesticResponse5":{"type":"object"');
    expect(json).not.toContain('schemas/published.');
  });

  it('describes bodies well enough to tell good from bad', async () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'https://api.test/openapi', ...(await fetched()) });
    const check = ajv.compile({ $ref: 'https://api.test/openapi#/components/schemas/SecretDescription' });
    expect([check({ Name: 'n' }), check({ Source: 'Nowhere', Name: 'n' }), check({})]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('has every operation in one of the groups of the reference, each group with just what it uses', async () => {
    const whole = await fetched();
    const found: string[] = [];
    const { send } = fakeApi();
    for (const group of ['manage', 'aisp', 'pisp', 'cbpii', 'accounts', 'vrp', 'auth-contexts', 'test']) {
      const { status, json } = await send('GET', `/swagger/${group}/swagger.json`);
      expect([group, status, json.openapi]).toEqual([group, 200, whole.openapi]);
      const operations = operationsOf(json);
      expect([group, operations.length > 0]).toEqual([group, group !== 'vrp' && group !== 'test']);
      found.push(...operations.map(([name]) => name));
      const used = new Set<string>();
      for (const { $ref } of objectsOf(json)) if (typeof $ref === 'string') used.add($ref);
      const schemas = [...objectsOf(json)].find((each) => isObject(each.schemas))?.schemas ?? {};
      expect([...used].toSorted()).toEqual(
        Object.keys(schemas)
          .map((name) => `#/components/schemas/${name}`)
          .toSorted(),
      );
    }
    expect(found.toSorted()).toEqual(
      operationsOf(whole)
        .map(([name]) => name)
        .toSorted(),
    );
    expect((await send('GET', '/swagger/other/swagger.json')).status).toBe(404);
  });

  it('is printed without starting anything, and is the one that is served', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['tools/print-openapi.ts'], {
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(JSON.parse(stdout)).toEqual(await fetched());
  });
});
