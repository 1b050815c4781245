// Every address a bank answers at, with the path its parts know it by: `/token`, `/auth`, `/open-banking/v4.0/aisp/…`.
// Faults and the request log speak of these paths, so that they read the same for every bank.
import type { Personality } from './personalities/personality.ts';
import { groupOf } from './resources/operations.ts';
import type { BankUrls, ResourceBase } from './served-addresses.ts';

export interface Endpoint {
  /** A bank's name. */
  bank: string;
  part: 'provider' | 'pages' | 'registration' | 'resources';
  /** The address' path on its listener. */
  path: string;
  /** True: everything below the path belongs to it too. */
  open: boolean;
  /** What the bank's part calls a path; nothing when there is no such thing below an open endpoint. */
  known(below: string): string | undefined;
}

export function browserEndpoints({ name, discovery }: Personality, urls: BankUrls): Endpoint[] {
  const exact = (url: string, path: string) => exactly(name, 'provider', url, path);
  const authorisations = [...new Set([urls.authorisation, urls.paymentAuthorisation])];
  return [
    ...(discovery.served ? [exact(urls.discovery, '/.well-known/openid-configuration')] : []),
    ...(discovery.served ? [exact(urls.keys, '/jwks')] : []),
    ...authorisations.map((url) => exact(url, '/auth')),
    below(name, 'provider', `${urls.pages}/auth`, (rest) => /^\/[\w-]+$/.test(rest) && `/auth${rest}`),
    below(name, 'pages', `${urls.pages}/interaction`, (rest) => rest !== '' && `/interaction${rest}`),
  ];
}

export function apiEndpoints(
  { name, registration, entranceTo, resources }: Personality,
  urls: BankUrls,
): Endpoint[] {
  // A second entrance has pages only: whose tokens they are cannot be told apart behind it.
  if (entranceTo !== undefined) return [];
  const exact = (url: string, path: string) => exactly(name, 'provider', url, path);
  // Who writes links with a slash at the end must answer there.
  const slashes = resources.links.some(({ trailingSlash }) => trailingSlash);
  return [
    exact(urls.token, '/token'),
    exact(urls.introspection, '/token/introspection'),
    exact(urls.revocation, '/token/revocation'),
    exact(urls.pushedRequests, '/request'),
    ...(registration.offered
      ? [below(name, 'registration', urls.registration, (rest) => `/register${rest}`)]
      : []),
    ...byUrl(urls.resources).map(([url, bases]) =>
      below(name, 'resources', url, (rest) => resourcePath(bases, slashes ? rest.replace(/\/$/, '') : rest)),
    ),
  ];
}

/** An API's path below its base. Where several APIs share a base, the first segment tells which is meant. */
function resourcePath(bases: ResourceBase[], rest: string): string | undefined {
  const [, segment = ''] = rest.split('/');
  const [first, ...others] = bases;
  const base = others.length === 0 ? first : bases.find(({ group }) => group === groupOf(segment));
  return base && `/open-banking/${base.version}/${base.group}${rest}`;
}

function byUrl(bases: ResourceBase[]): [url: string, bases: ResourceBase[]][] {
  return [...Map.groupBy(bases, ({ url }) => url)];
}

function exactly(bank: string, part: Endpoint['part'], url: string, path: string): Endpoint {
  return { bank, part, path: pathOf(url), open: false, known: (rest) => (rest === '' ? path : undefined) };
}

function below(
  bank: string,
  part: Endpoint['part'],
  url: string,
  known: (rest: string) => string | false | undefined,
): Endpoint {
  return { bank, part, path: pathOf(url), open: true, known: (rest) => known(rest) || undefined };
}

/** Not the parsed path: it would lose a port that is the usual one. */
function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, '');
}
