// Where a webhook may be sent: the URL is judged, its host resolved once, every address checked, and the checked addresses
// handed on for the connection, so that nothing can be resolved to something else in between.
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type AllowedHosts, isPublicAddress } from './addresses.ts';

export interface ResolvedAddress {
  address: string;
  family: number;
}

export interface Target {
  url: URL;
  addresses: readonly ResolvedAddress[];
}

/** Stable words: they are told to callers and kept in the log of deliveries. */
export type TargetProblem =
  | 'not-a-url'
  | 'not-https'
  | 'has-credentials'
  | 'has-fragment'
  | 'unknown-host'
  | 'address-not-allowed';

export const targetProblems: Record<TargetProblem, string> = {
  'not-a-url': 'is not an absolute URL',
  'not-https': 'must begin with https://',
  'has-credentials': 'must not hold a user name or password',
  'has-fragment': 'must not have a fragment',
  'unknown-host': 'names a host that cannot be found',
  'address-not-allowed': 'leads to an address that is not public',
};

export class TargetRefused extends Error {
  override name = 'TargetRefused';
  readonly problem: TargetProblem;
  constructor(problem: TargetProblem) {
    super(`The URL ${targetProblems[problem]}.`);
    this.problem = problem;
  }
}

/** @throws {TargetRefused} */
export type CheckTarget = (url: string) => Promise<Target>;

export interface TargetOptions {
  /** Which may be private, and plain HTTP. */
  allowed: AllowedHosts;
  /** The system's resolver; another in tests. */
  resolve?: (host: string) => Promise<readonly ResolvedAddress[]>;
}

export function createTargetCheck({ allowed, resolve = resolveBySystem }: TargetOptions): CheckTarget {
  return async (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined) throw new TargetRefused('not-a-url');
    if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new TargetRefused('not-https');
    if (url.username !== '' || url.password !== '') throw new TargetRefused('has-credentials');
    if (url.hash !== '') throw new TargetRefused('has-fragment');
    // Odd spellings of IPv4 have become plain ones by now: https://url.spec.whatwg.org/#concept-ipv4-parser
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const isNamed = allowed.hasName(host);
    if (url.protocol === 'http:' && !isNamed && !allowed.hasAddress(host))
      throw new TargetRefused('not-https');
    const addresses = isIP(host) > 0 ? [{ address: host, family: isIP(host) }] : await resolve(host);
    if (addresses.length === 0) throw new TargetRefused('unknown-host');
    const isFine = ({ address }: ResolvedAddress) =>
      isNamed || allowed.hasAddress(address) || isPublicAddress(address);
    // One bad address among good ones would be connected to sooner or later.
    if (!addresses.every(isFine)) throw new TargetRefused('address-not-allowed');
    return { url, addresses };
  };
}

async function resolveBySystem(host: string): Promise<readonly ResolvedAddress[]> {
  try {
    return await lookup(host, { all: true });
  } catch {
    return [];
  }
}
