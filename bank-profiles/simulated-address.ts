// Where the sandbox serves what a real bank has at some address: below `/at/`, by scheme, host and path. Whoever uses a
// simulated bank thereby uses every address of its profile.

const absolute = /^([a-z][a-z0-9+.-]*):\/\/([^/]+)(\/.*)?$/;

/** @param listener of the sandbox, without a slash at its end */
export function simulatedAddress(listener: string, address: string): string {
  const [, scheme, host, path = ''] = absolute.exec(address) ?? [];
  if (scheme === undefined) throw new RangeError(`Not an absolute address: ${address}`);
  return `${listener}/at/${scheme}/${host}${path}`;
}
