import { describe, expect, expectTypeOf, it } from 'vitest';
import { accountInformation } from '../../standards/uk-open-banking/account-information.ts';
import type {
  PathParams,
  QueryParams,
  RequestOf,
  ResponseOf,
} from '../../standards/uk-open-banking/endpoint.ts';
import { type Endpoint, fillPath } from '../../standards/uk-open-banking/endpoint.ts';
import { paymentInitiation } from '../../standards/uk-open-banking/payment-initiation.ts';
import { permissions } from '../../standards/uk-open-banking/permissions.ts';
import { answerOf, parametersOf, readPublished, versions } from './published-document.ts';

const grants = {
  'client-credentials': 'TPPOAuth2Security',
  'authorization-code': 'PSUOAuth2Security',
} as const;

const families: [document: string, endpoints: Record<string, Endpoint>][] = [
  ['account-info', accountInformation],
  ['payment-initiation', paymentInitiation],
];
const cases = families.flatMap(([name, endpoints]) =>
  versions.flatMap((version) =>
    Object.entries(endpoints).map(([key, endpoint]) => ({
      key,
      endpoint,
      version,
      document: `${version}/${name}`,
    })),
  ),
);

describe.each(cases)('$key of $document', ({ endpoint, document: name, version }) => {
  const document = readPublished(name);
  const operation = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()];

  it('has the published method, path, scope and grant', () => {
    expect(operation?.security).toEqual([{ [grants[endpoint.grant]]: [endpoint.scope] }]);
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
    expect(successes).toEqual([String(endpoint.status)]);
    const answer = operation && answerOf(document, operation, String(endpoint.status));
    expect('x-jws-signature' in (answer?.headers ?? {})).toBe(['response', 'both'].includes(endpoint.signed));
    expect(answer?.content !== undefined).toBe(endpoint.response !== null);
    expect(operation?.requestBody !== undefined).toBe(endpoint.request !== null);
  });

  it('pairs each body with the schema that the document names', () => {
    const answer = operation && answerOf(document, operation, String(endpoint.status));
    const refusal = operation && answerOf(document, operation, '400');
    const names = [
      [operation?.requestBody?.content['application/json']?.schema.$ref, endpoint.request?.[version]],
      [answer?.content?.['application/json']?.schema.$ref, endpoint.response?.[version]],
    ] as const;
    for (const [reference, schema] of names) {
      const published = reference?.split('/').at(-1);
      const expected = version === 'v4.0' || published === undefined ? published : `${published}.${version}`;
      expect(schema?.meta()?.id).toBe(expected);
    }
    expect(refusal?.content?.['application/json']?.schema.$ref).toBe('#/components/schemas/OBErrorResponse1');
    expect(endpoint.errors[version].safeParse({ Code: '400', Message: 'no', Errors: [] }).success).toBe(
      false,
    );
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
  const { getAccounts, getAccountTransactions, deleteAccountAccessConsent, createAccountAccessConsent } =
    accountInformation;

  it('name the parameters of path and query', () => {
    expectTypeOf<PathParams<typeof getAccountTransactions>>().toEqualTypeOf<{ AccountId: string }>();
    expectTypeOf<keyof PathParams<typeof getAccounts>>().toEqualTypeOf<never>();
    expectTypeOf<keyof QueryParams<typeof getAccountTransactions>>().toEqualTypeOf<
      'fromBookingDateTime' | 'toBookingDateTime'
    >();
  });

  it('give the body of each version, and null where there is none', () => {
    type Sent = RequestOf<typeof createAccountAccessConsent, 'v4.0'>;
    expectTypeOf<Sent['Data']['Permissions'][number]>().toExtend<string>();
    expectTypeOf<
      ResponseOf<typeof createAccountAccessConsent, 'v3.1'>['Data']['ConsentId']
    >().toEqualTypeOf<string>();
    expectTypeOf<ResponseOf<typeof deleteAccountAccessConsent, 'v4.0'>>().toEqualTypeOf<null>();
    expectTypeOf<RequestOf<typeof getAccounts, 'v4.0'>>().toEqualTypeOf<null>();
  });
});
