// What an endpoint of the Read/Write API is: data that bank-client interprets, compared with the published documents.
import type { PermissionRequirement } from './permissions.ts';

export type ApiVersion = 'v3.1' | 'v4.0';

export type DocumentName = 'account-info' | 'payment-initiation' | 'vrp' | 'confirmation-funds' | 'events';

export interface Endpoint {
  /** The published document that it stands in; null: one bank's own. */
  document: DocumentName | null;
  /** Which base URL of a bank it hangs on. */
  api: 'accountInformation' | 'paymentInitiation' | 'fundsConfirmation' | 'events';
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base URL, with parameters in braces, as published. */
  path: `/${string}`;
  /** Absent: both. */
  onlyIn?: ApiVersion;
  /** Whose token: the client's own, or the one from the customer's authorisation of the consent. */
  grant: 'client-credentials' | 'authorization-code';
  /** `any` of the three will do. */
  scope: 'accounts' | 'payments' | 'fundsconfirmations' | 'any';
  /** Which of the two messages carry an `x-jws-signature`. */
  signed: 'neither' | 'request' | 'response' | 'both';
  /** Whether the bank asks for an `x-idempotency-key`. */
  idempotent: boolean;
  /** What an account-access consent must hold for this read; empty elsewhere. */
  permissions: PermissionRequirement;
  /** Names of query parameters, all of them optional. */
  query: readonly string[];
  /** HTTP status of success. */
  status: 200 | 201 | 204;
  /** What is sent; null when the request has no body. Its schema is the document's. */
  request: BodyKind | null;
  /** What success answers; null when it has no body. Its schema is the document's. */
  response: 'json' | 'file' | null;
}

/** A file is passed on as it is, whatever its type. */
export type BodyKind = 'json' | 'json-patch' | 'file';

/** Keeps each declaration's literal types, so that parameters follow from it. */
export function defineEndpoints<const Endpoints extends Record<string, Endpoint>>(
  endpoints: Endpoints,
): Endpoints {
  return endpoints;
}

type ParametersIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersIn<Rest>
  : never;

/** The path parameters of an endpoint: `{ AccountId: string }`. */
export type PathParams<E extends Endpoint> = { [Name in ParametersIn<E['path']>]: string };
export type QueryParams<E extends Endpoint> = { [Name in E['query'][number]]?: string | undefined };

/** The path with its parameters filled in, each escaped: an id from elsewhere must not reach another endpoint. */
export function fillPath<E extends Endpoint>(endpoint: E, params: PathParams<E>): string {
  const values = new Map<string, string>(Object.entries(params));
  return endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values.get(name);
    // A dot segment survives escaping, and URL parsers resolve it.
    if (value === undefined || value === '' || value === '.' || value === '..') {
      throw new RangeError(`${name} of ${endpoint.path} is missing or no identifier`);
    }
    return encodeURIComponent(value);
  });
}
