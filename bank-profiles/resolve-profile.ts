// A profile with the addresses that it leaves to configuration filled in.
import type { ApiVersion } from '../standards/uk-open-banking/endpoint.ts';
import { findProfile } from './index.ts';
import type { Address, BankProfile } from './profile.ts';

export interface ResolvedApi {
  version: ApiVersion;
  baseUrls: Partial<Record<ApiVersion, string>>;
}

export interface ResolvedProfile
  extends Omit<BankProfile, 'issuer' | 'accountInformation' | 'paymentInitiation'> {
  name: string;
  issuer: string;
  accountInformation: ResolvedApi | undefined;
  paymentInitiation: ResolvedApi | undefined;
}

/** A profile that cannot be used before somebody sets a variable. */
export class ConfigurationMissing extends Error {
  override name = 'ConfigurationMissing';
  readonly code = 'configuration-missing';
  /** Names of all the variables that are missing. */
  readonly variables: readonly string[];

  constructor(profileName: string, variables: readonly string[]) {
    super(`Bank profile ${profileName} needs configuration: ${variables.join(', ')}.`);
    this.variables = variables;
  }
}

/**
 * @param settings values of configuration variables by name
 * @returns undefined when there is no such profile
 * @throws {ConfigurationMissing} before anything is sent anywhere
 */
export function resolveProfile(
  name: string,
  settings: Readonly<Record<string, string>>,
): ResolvedProfile | undefined {
  const profile = findProfile(name);
  if (profile === undefined) return undefined;
  const missing = new Set<string>();

  function resolve(address: Address): string {
    if (typeof address === 'string') return address;
    const value = settings[address.configured];
    if (value === undefined || !URL.canParse(value)) missing.add(address.configured);
    return `${value?.replace(/\/$/, '')}${address.path ?? ''}`;
  }
  function resolveApi(api: BankProfile['accountInformation']): ResolvedApi | undefined {
    if (api === undefined) return undefined;
    const addresses = Object.entries(api.baseUrls).flatMap(([version, address]) =>
      address === undefined ? [] : [[version, resolve(address)]],
    );
    return { version: api.version, baseUrls: Object.fromEntries(addresses) };
  }

  const resolved = {
    ...profile,
    name,
    issuer: resolve(profile.issuer),
    accountInformation: resolveApi(profile.accountInformation),
    paymentInitiation: resolveApi(profile.paymentInitiation),
  };
  if (missing.size > 0) throw new ConfigurationMissing(name, [...missing]);
  return resolved;
}
