import { describe, expect, expectTypeOf, it } from 'vitest';
import { accountInformation } from '../../standards/uk-open-banking/account-information.ts';
import { catalogue, operationName } from '../../standards/uk-open-banking/catalogue.ts';
import type { PathParams, QueryParams } from '../../standards/uk-open-banking/endpoint.ts';
import { type Endpoint, fillPath } from '../../standards/uk-open-banking/endpoint.ts';
import { permissions } from '../../standards/uk-open-banking/permissions.ts';
import {
  type Answer,
  answerOf,
  parametersOf,
  readPublished,
  requestOf,
  versions,
} from './published-document.ts';

const grants = {
  'client-credentials': 'TPPOAuth2Security',
  'authorization-code': 'PSUOAuth2Security',
} as const;

const scopes = {
  accounts: ['accounts'],
  payments: ['payments'],
  fundsconfirmations: ['fundsconfirmations'],
  any: ['accounts', 'payments', 'fundsconfirmations'],
};
const cases = Object.entries<Endpoint>(catalogue).flatMap(([key, endpoint]) =>
  versions
    .filter((version) => endpoint.onlyIn === undefined || endpoint.onlyIn === version)
    .map((version) => ({ key, endpoint, version, document: `${version}/${endpoint.document}` })),
);

/** Where the text says otherwise, and banks do as the text has it. */
const otherwiseInTheText: Record<string, keyof typeof grants> = {
  confirmVrpFunds: 'client-credentials',
  createVrp: 'client-credentials',
};

/** JSON is listed under several types, a file as a schema of that name. */
function kindOf(content: Answer['content']): Endpoint['request'] {
  const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(content ?? {});
  if (type === '') return null;
  if (type.startsWith('application/json-patch')) return 'json-patch';
  return schema.$ref?.endsWith('/File') ? 'file' : 'json';
}

describe.each(cases)('$key of $document', ({ key, endpoint, document: name }) => {
  const document = readPublished(name);
  const operation = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()];

  it('has the published method, path, scope and grant', () => {
    const grant = grants[otherwiseInTheText[key] ?? endpoint.grant];
    expect(operation?.security).toEqual([{ [grant]: scopes[endpoint.scope] }]);
  });

  it('asks for an idempotency key, a signature and query parameters where the document does', () => {
    const parameters = operation === undefined ? [] : parametersOf(document, operation);
    const headers = parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
    const query = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
    expect(headers.includes('x-idempotency-key')).toBe(endpoint.idempotent);
    expect(headers.includes('x-jws-signature')).toBe(['request', 'both'].includes(endpoint.signed));
    expect(query).toEqual(endpoint.query);
  });

  it('expects the published success, its signature and a body where there is one', () => {
    const successes = Object.keys(operation?.responses ?? {}).filter((status) => status.startsWith('2'));
    expect(successes).toContain(String(endpoint.status));
    expect(successes.length).toBe(key === 'pollEvents' ? 2 : 1);
    const answer = operation && answerOf(document, operation, String(endpoint.status));
    expect('x-jws-signature' in (answer?.headers ?? {})).toBe(['response', 'both'].includes(endpoint.signed));
    expect(kindOf(answer?.content)).toBe(endpoint.response);
    expect(kindOf(requestOf(document, operation)?.content)).toBe(endpoint.request);
  });

  it('refuses with the published error', () => {
    const refusal = operation && answerOf(document, operation, '400');
    const [content] = Object.values(refusal?.content ?? {});
    expect(content?.schema.$ref).toBe('#/components/schemas/OBErrorResponse1');
  });
});

describe('the catalogue', () => {
  it.each(versions)('has every operation of %s that banks serve', (version) => {
    const documents: Endpoint['document'][] = [
      'account-info',
      'payment-initiation',
      'vrp',
      'confirmation-funds',
      'events',
    ];
    const published = documents.flatMap((name) =>
      Object.entries(readPublished(`${version}/${name}`).paths).flatMap(([path, item]) =>
        Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
      ),
    );
    const ours = cases.filter((one) => one.version === version);
    expect(ours.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`).sort()).toEqual(
      published.sort(),
    );
    expect(published.length).toBe(version === 'v4.0' ? 88 : 86);
  });

  it('names each of them', () => {
    for (const { key, endpoint } of cases) expect(operationName(endpoint)).toBe(key);
    expect(() => operationName({ ...catalogue.getAccounts })).toThrow(RangeError);
  });
});

describe('permissions of reads', () => {
  it('are known ones, and only reads under an account consent have any', () => {
    for (const { endpoint } of cases) {
      for (const permission of endpoint.permissions.flat()) expect(permissions).toContain(permission);
      const readsAccounts = endpoint.api === 'accountInformation' && endpoint.grant === 'authorization-code';
      expect(endpoint.permissions.length > 0).toBe(readsAccounts);
    }
  });
});

describe('fillPath', () => {
  it('fills parameters in and leaves other paths as they are', () => {
    const { getAccountBalances, getAccounts } = accountInformation;
    expect(fillPath(getAccountBalances, { AccountId: '22289' })).toBe('/accounts/22289/balances');
    expect(fillPath(getAccounts, {})).toBe('/accounts');
  });

  it('escapes what would lead to another endpoint', () => {
    const path = fillPath(accountInformation.getAccount, { AccountId: '../a?b#c' });
    expect(path).toBe('/accounts/..%2Fa%3Fb%23c');
  });

  it.each(['', '.', '..'])('refuses "%s", which a URL parser would resolve away', (AccountId) => {
    expect(() => fillPath(accountInformation.getAccount, { AccountId })).toThrow(RangeError);
  });
});

describe('types that follow from a declaration', () => {
  const { getAccounts, getAccountTransactions } = accountInformation;

  it('name the parameters of path and query', () => {
    expectTypeOf<PathParams<typeof getAccountTransactions>>().toEqualTypeOf<{ AccountId: string }>();
    expectTypeOf<keyof PathParams<typeof getAccounts>>().toEqualTypeOf<never>();
    expectTypeOf<keyof QueryParams<typeof getAccountTransactions>>().toEqualTypeOf<
      'fromBookingDateTime' | 'toBookingDateTime'
    >();
  });
});
