// A profile with something changed, as a bank of its own: another name, another client, and what is private written out,
// because the sandbox knows its values under the bank's right name.
import { builtInProfiles } from '../bank-profiles/built-in.ts';
import { mergePatch } from '../bank-profiles/merge-patch.ts';
import { simulatedValue } from '../bank-profiles/private-values.ts';
import type { BankProfileSource } from '../bank-profiles/profile.ts';
import type { PrivateProperty } from '../bank-profiles/schema/address.ts';

/** @param name of a profile that comes with the connector */
export function writtenOut(name: string): BankProfileSource {
  const source = builtInProfiles.get(name);
  if (source === undefined) throw new Error(`There is no bank profile ${name}.`);
  const owner = { name, group: source.group };
  return write(source) as BankProfileSource; // its shape is the source's

  function write(value: unknown, version = 'v4.0'): unknown {
    if (Array.isArray(value)) return value.map((each) => write(each, version));
    if (typeof value !== 'object' || value === null) return value;
    if ('configured' in value)
      return simulatedValue(owner, value.configured as PrivateProperty).replace('v4.0', version);
    return Object.fromEntries(
      Object.entries(value).map(([member, each]) => [
        member,
        write(each, member === 'v3.1' || member === 'v4.0' ? member : version),
      ]),
    );
  }
}

/**
 * @param variantName unique; it is the name of its client's group too
 * @param patch a JSON merge patch (RFC 7396)
 */
export function variant(name: string, variantName: string, patch: object): BankProfileSource {
  const own = { registration: { group: variantName } };
  return mergePatch(mergePatch(writtenOut(name), own), patch) as BankProfileSource; // checked when it is read
}
