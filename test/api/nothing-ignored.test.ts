// Nothing that a client of the reference sends is silently ignored: each part of each request shows somewhere, is refused
// by name, or is in docs/from-the-reference.md as having no effect.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { OBWriteDomesticConsent4 } from '../../standards/uk-open-banking/v4.0/generated/payment-initiation.requests.ts';
import { issueCertificate, type TestCertificate } from './certificates.ts';
import { fakeApi } from './fake-api.ts';
import { fullPaymentConsent } from './full-payment.ts';
import { house, type Seen } from './reference-house.ts';
import { certificate, type Part, type Request, referenceRequests } from './reference-requests.ts';

type Json = Record<string, unknown>;
let issued: TestCertificate;

beforeAll(async () => {
  issued = await issueCertificate();
});

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce((found, name) => (isObject(found) ? found[name] : undefined), value);

function withMember(body: unknown, [name = '', ...below]: string[], value: unknown): Json {
  const members = isObject(body) ? body : {};
  return { ...members, [name]: below.length === 0 ? value : withMember(members[name], below, value) };
}

async function seenAfter(request: Request, part?: Part): Promise<Seen> {
  const { api, seen } = await house(request, issued);
  const where = part?.in ?? 'body';
  const given = (place: string) =>
    part !== undefined && where === place ? { [part.name]: String(part.value) } : {};
  let body = request.body === undefined ? undefined : { ...request.body, ...part?.beside };
  if (part !== undefined && where === 'body') body = withMember(body, part.name.split('.'), part.value);
  if (body !== undefined && 'Certificate' in body && body.Certificate === certificate)
    body = { ...body, Certificate: issued.certificate };
  const isForm = request.path.startsWith('/auth/');
  const query = new URLSearchParams({ ...request.query, ...given('query') }).toString();
  const [method = ''] = request.operation.split(' ');
  const answer = await api.send(method, `${request.path}${query === '' ? '' : `?${query}`}`, {
    headers: {
      ...(isForm ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...{ ...request.headers, ...given('header') },
    },
    ...(body === undefined ? {} : { body: isForm ? formText(body) : body }),
  });
  return { ...seen, answer: answer.json, status: answer.status };
}

const formText = (body: object) =>
  new URLSearchParams(
    Object.entries(body).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();

const guide = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'from-the-reference.md'), 'utf8');
const cases = referenceRequests.flatMap((request) =>
  request.parts.map((part) => ({ request, part, operation: request.operation, name: part.name })),
);

describe('what a client of the reference sends', () => {
  it.each(referenceRequests)('$operation is a success before anything is changed', async (request) => {
    const { status, answer } = await seenAfter(request);
    expect([status < 400, answer.code]).toEqual([true, undefined]);
  });

  it.each(cases)('$operation: $name shows', async ({ request, part }) => {
    const seen = await seenAfter(request, part);
    if (part.refused !== undefined) {
      expect([seen.status >= 400, seen.answer.code]).toEqual([true, part.refused]);
      return;
    }
    expect([seen.status < 400, seen.answer.code]).toEqual([true, undefined]);
    if (part.documented !== undefined) expect(guide).toContain(`| ${part.documented} |`);
    else {
      const { at: place = '', as: expected = part.value } = part;
      expect(at(seen, place)).toEqual(expected);
      const without = at(await seenAfter(request), place);
      expect(isDeepStrictEqual(without, expected)).toBe(false);
    }
  });

  it('has no member in a payment that version 4 publishes and this test does not send', () => {
    const published = OBWriteDomesticConsent4;
    const missing = membersMissing(z.toJSONSchema(published, { reused: 'inline' }), fullPaymentConsent());
    expect(missing).toEqual([]);
  });

  it('is all in this test, as far as the OpenAPI document has it', async () => {
    const { json } = await fakeApi({ testEndpoints: true }).send('GET', '/openapi.json');
    const schemas = at(json, 'components.schemas');
    // What the reference does not have.
    const own = [
      /^GET \/aisp\/(.*\/)?(beneficiaries|offers|products?|scheduled-payments|statements(\/\{\w+\}(\/file)?)?)$/,
      /^\w+ \/banks/,
      /^\w+ \/cbpii\//,
      /^\w+ \/pisp\/(domestic-(scheduled|standing)|international|file)-/,
      /^GET \/pisp\/domestic-payments\/.*\/payment-details$/,
      /^GET \/accounts/,
      /^\w+ \/payment-journeys/,
      /^PUT \/manage\/bank-registrations/,
      /^GET \/manage\/[\w-]+$/,
      /\/access-records$/,
      /\/reconfirm$/,
      /^\w+ \/webhook-/,
      /^GET \/payments/,
    ];
    const ownLists = [
      '/aisp/account-access-consents',
      '/pisp/domestic-payment-consents',
      '/pisp/domestic-payments',
    ];
    const notYet = /^GET \/vrp\//;
    const unlisted: string[] = [];
    for (const [path, item] of Object.entries(isObject(json.paths) ? json.paths : {}))
      for (const [method, operation] of Object.entries(isObject(item) ? item : {})) {
        const name = `${method.toUpperCase()} ${path}`;
        if (own.some((each) => each.test(name)) || notYet.test(name)) continue;
        if (method === 'get' && ownLists.includes(path)) continue;
        const parts = referenceRequests.find((request) => request.operation === name)?.parts ?? [];
        const named = new Set(parts.map((part) => part.name.split('.')[0]));
        const sent = [...parametersOf(operation), ...membersOf(operation, schemas)];
        unlisted.push(...sent.filter((each) => !named.has(each)).map((each) => `${name}: ${each}`));
      }
    // The first is JARM.
    const ownParameters = [
      ...[
        'response',
        'followPages',
        'from',
        'to',
        'x-fapi-auth-date',
        'x-customer-user-agent',
        'x-fapi-interaction-id',
      ],
    ];
    expect(unlisted.filter((each) => !ownParameters.includes(each.split(': ')[1] ?? ''))).toEqual([]);
  });
});

function parametersOf(operation: unknown): string[] {
  const parameters = at(operation, 'parameters');
  return (Array.isArray(parameters) ? parameters : [])
    .filter((parameter) => parameter.in !== 'path' && parameter.name !== 'x-idempotency-key')
    .map((parameter) => String(parameter.name));
}

function membersOf(operation: unknown, schemas: unknown): string[] {
  const content = at(operation, 'requestBody.content');
  const [media] = Object.values(isObject(content) ? content : {});
  const name = String(at(media, 'schema.$ref')).split('/').at(-1) ?? '';
  const properties = isObject(schemas) ? at(schemas[name], 'properties') : undefined;
  return Object.keys(isObject(properties) ? properties : {});
}

/** Names of what a JSON Schema has and an example does not, in all its depth. */
function membersMissing(schema: unknown, example: unknown, path = ''): string[] {
  if (!isObject(schema)) return [];
  const [item] = Array.isArray(example) ? example : [];
  if (isObject(schema.items) && item !== undefined) return membersMissing(schema.items, item, `${path}[]`);
  return Object.entries(isObject(schema.properties) ? schema.properties : {}).flatMap(([name, below]) => {
    const value = isObject(example) ? example[name] : undefined;
    return value === undefined ? [`${path}.${name}`] : membersMissing(below, value, `${path}.${name}`);
  });
}
