// Which addresses of the network may be called on behalf of whoever registers an endpoint (server-side request forgery,
// https://owasp.org/API-Security/editions/2023/en/0xa7-server-side-request-forgery/).
import ipaddr from 'ipaddr.js';

type Range = ReturnType<typeof ipaddr.parseCIDR>;

/** All of IPv6 that is handed out to anybody; addresses that wrap an IPv4 one in a way of old lie outside. */
const globalIpv6 = ipaddr.parseCIDR('2000::/3');

/** Public by their number, and answered by the machine's own platform: Azure's metadata. */
const platformAddresses = ['168.63.129.16'];

/** Of an address of any spelling; what is no address is not public either. */
export function isPublicAddress(text: string): boolean {
  const address = addressOf(text);
  if (address === undefined || address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv6') return address.match(globalIpv6);
  return !platformAddresses.includes(address.toString());
}

export interface AllowedHosts {
  /** Named as it stands in the URL. */
  hasName(host: string): boolean;
  hasAddress(address: string): boolean;
}

/** @param entries names (`hooks.internal`), addresses (`127.0.0.1`) or ranges of them (`10.1.0.0/16`) */
export function allowedHostsOf(entries: readonly string[]): AllowedHosts {
  const names = new Set<string>();
  const ranges: Range[] = [];
  for (const entry of entries) {
    const address = addressOf(entry);
    if (address !== undefined) ranges.push([address, address.kind() === 'ipv6' ? 128 : 32]);
    else if (ipaddr.isValidCIDR(entry)) ranges.push(ipaddr.parseCIDR(entry));
    else names.add(entry.toLowerCase());
  }
  return {
    hasName: (host) => names.has(host.toLowerCase()),
    hasAddress: (text) => {
      const address = addressOf(text);
      return address !== undefined && ranges.some((range) => isWithin(address, range));
    },
  };
}

/** An IPv4 address that is mapped into IPv6 is what it is. */
function addressOf(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  return ipaddr.isValid(text) ? ipaddr.process(text) : undefined;
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, [base, bits]: Range): boolean {
  // Matching an address against a range of the other kind throws.
  return address.kind() === base.kind() && address.match(base, bits);
}
