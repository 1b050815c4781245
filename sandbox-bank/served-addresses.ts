// Where the sandbox serves a bank. A bank with real addresses keeps them below `/at/…`: `https://host:443/path` is at
// `{listener}/at/https/host:443/path`, so that a wrong host or path is as wrong here as it is in the world.
import type { Addresses } from './personalities/addresses.ts';
import type { Personality } from './personalities/personality.ts';
import type { ApiGroup } from './resources/operation.ts';
import type { ApiVersion } from './resources/records.ts';

/** Origins of the listener for browsers and of the one that wants certificates; no trailing slash. */
export interface Listeners {
  browser: string;
  api: string;
}

export interface ResourceBase {
  group: ApiGroup;
  version: ApiVersion;
  /** What an endpoint's path follows on. */
  url: string;
}

/** A bank's addresses as everybody sees them in the sandbox. */
export interface BankUrls {
  /** As tokens and documents name it, with its trailing slash where it has one. */
  issuer: string;
  discovery: string;
  keys: string;
  authorisation: string;
  /** Differs where payments are authorised elsewhere. */
  paymentAuthorisation: string;
  /** What the customer's pages follow on. */
  pages: string;
  token: string;
  introspection: string;
  revocation: string;
  pushedRequests: string;
  registration: string;
  resources: ResourceBase[];
}

const discoveryPath = '/.well-known/openid-configuration';

/** `scheme://rest` below a listener. */
export function servedAt(listener: string, realAddress: string): string {
  return `${listener}/at/${realAddress.replace('://', '/')}`;
}

export function urlsOf({ name, addresses }: Personality, listeners: Listeners): BankUrls {
  return addresses ? servedUrls(addresses, listeners) : ownUrls(name, listeners);
}

function ownUrls(name: string, { browser, api }: Listeners): BankUrls {
  const issuer = `${browser}/${name}`;
  const groups: ApiGroup[] = ['aisp', 'pisp', 'cbpii'];
  const versions: ApiVersion[] = ['v3.1', 'v4.0'];
  const authorisation = `${issuer}/auth`;
  return {
    issuer,
    discovery: `${issuer}${discoveryPath}`,
    keys: `${issuer}/jwks`,
    authorisation,
    paymentAuthorisation: authorisation,
    pages: issuer,
    ...endpointsBelow(`${api}/${name}`),
    resources: versions.flatMap((version) =>
      groups.map((group) => ({ group, version, url: `${api}/${name}/open-banking/${version}/${group}` })),
    ),
  };
}

function servedUrls(addresses: Addresses, { browser, api }: Listeners): BankUrls {
  const atBrowser = (address: string) => servedAt(browser, address);
  const plainIssuer = addresses.issuer.replace(/\/$/, '');
  const authorisation = addresses.authorisation ?? `${plainIssuer}/auth`;
  return {
    issuer: atBrowser(addresses.issuer),
    discovery: atBrowser(addresses.discovery ?? `${plainIssuer}${discoveryPath}`),
    keys: atBrowser(`${plainIssuer}/jwks`),
    authorisation: atBrowser(authorisation),
    paymentAuthorisation: atBrowser(addresses.paymentAuthorisation ?? authorisation),
    // Two entrances to one authorisation server have pages of their own.
    pages: atBrowser(addresses.authorisation ?? plainIssuer),
    ...endpointsBelow(servedAt(api, plainIssuer)),
    ...(addresses.token === undefined ? {} : { token: servedAt(api, addresses.token) }),
    resources: resourceBases(addresses, api),
  };
}

function endpointsBelow(base: string) {
  return {
    token: `${base}/token`,
    introspection: `${base}/token/introspection`,
    revocation: `${base}/token/revocation`,
    pushedRequests: `${base}/request`,
    registration: `${base}/register`,
  };
}

function resourceBases({ aisp, pisp }: Addresses, api: string): ResourceBase[] {
  const bases = (group: ApiGroup, versions: Addresses['aisp']) =>
    (['v3.1', 'v4.0'] as const).flatMap((version) => {
      const address = versions[version];
      return address === undefined ? [] : [{ group, version, url: servedAt(api, address) }];
    });
  return [...bases('aisp', aisp), ...bases('pisp', pisp)];
}
