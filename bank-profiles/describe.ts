// A bank as it is told to whoever chooses one: what it offers, how it differs, and what still has to be configured.
import { isDeepStrictEqual } from 'node:util';
import type { NamedProfile } from './book.ts';
import { type BankProfile, bankProfileSchema } from './profile.ts';
import { registrationGroups } from './registration-group.ts';
import { ConfigurationMissing, resolveProfile } from './resolve-profile.ts';

type Settings = Readonly<Record<string, string>>;
type Versions = { Versions: string[]; DefaultVersion: string };

export interface BankDescription {
  BankProfile: string;
  BankGroup: string;
  Brand: string;
  Environment: BankProfile['environment'];
  /** Registrations with profiles of the same one share a client. */
  RegistrationGroups: string[];
  AccountAndTransactionApi?: Versions;
  PaymentInitiationApi?: Versions;
  VariableRecurringPaymentsApi?: Versions;
  ConfirmationOfFundsApi?: Versions;
  Registration: {
    IsDynamic: boolean;
    Version: string;
    TokenEndpointAuthMethod: string;
    CanBeRead: boolean;
    CanBeUpdated: boolean;
    CanBeDeleted: boolean;
  };
  ResponseMode: string;
  PermissionsNotOffered: readonly string[];
  /** Names of variables that have to be set before the bank can be used. */
  MissingConfiguration: readonly string[];
}

export interface DetailedDescription extends BankDescription {
  /** Every choice that is not the specification's, by its path in the profile. */
  Differences: Record<string, unknown>;
  Unreliable: readonly string[];
  Notes: readonly string[];
  Source: string;
}

export function describeBank(profile: NamedProfile, settings: Settings): BankDescription {
  const { registration, accountInformation, paymentInitiation, variableRecurringPayments } = profile;
  const { fundsConfirmation } = profile;
  const optional = (name: string, api: BankProfile['accountInformation']) =>
    api === undefined ? {} : { [name]: versionsOf(api) };
  return {
    BankProfile: profile.name,
    BankGroup: profile.group,
    Brand: profile.brand,
    Environment: profile.environment,
    RegistrationGroups: registrationGroups(profile),
    ...optional('AccountAndTransactionApi', accountInformation),
    ...optional('PaymentInitiationApi', paymentInitiation),
    ...optional(
      'VariableRecurringPaymentsApi',
      variableRecurringPayments === undefined ? undefined : paymentInitiation,
    ),
    ...optional('ConfirmationOfFundsApi', fundsConfirmation),
    Registration: {
      IsDynamic: registration.dynamic,
      Version: registration.version,
      TokenEndpointAuthMethod: registration.tokenEndpointAuthMethod,
      CanBeRead: registration.read,
      CanBeUpdated: registration.update,
      CanBeDeleted: registration.delete,
    },
    ResponseMode: profile.authorisation.responseMode,
    PermissionsNotOffered: profile.permissionsNotOffered,
    MissingConfiguration: missingConfiguration(profile, settings),
  };
}

export function describeInDetail(profile: NamedProfile, settings: Settings): DetailedDescription {
  const { group, brand, source, organisationId, issuer } = profile;
  const { name: _, ...choices } = profile;
  const usual = bankProfileSchema.parse({ group, brand, source, organisationId, issuer });
  return {
    ...describeBank(profile, settings),
    Differences: Object.fromEntries(differences(choices, usual)),
    Unreliable: profile.unreliable,
    Notes: profile.notes,
    Source: source,
  };
}

/** @returns names of variables, none when the bank can be used */
export function missingConfiguration(
  profile: NamedProfile,
  settings: Settings,
  simulated = false,
): readonly string[] {
  try {
    resolveProfile(profile, { settings, simulated });
    return [];
  } catch (error) {
    if (error instanceof ConfigurationMissing) return error.variables;
    throw error;
  }
}

function versionsOf({ baseUrls }: NonNullable<BankProfile['accountInformation']>): Versions {
  const versions = (['v3.1', 'v4.0'] as const).filter((version) => baseUrls[version] !== undefined);
  return { Versions: versions, DefaultVersion: versions.at(-1) ?? '' };
}

/** Said elsewhere in the description, or no choice at all. */
const notTold = new Set(['permissionsNotOffered', 'unreliable', 'notes', 'environment']);

function differences(choice: unknown, usual: unknown, path = ''): [path: string, choice: unknown][] {
  if (isDeepStrictEqual(choice, usual) || choice === undefined || notTold.has(path)) return [];
  if (!isObject(choice) || !isObject(usual)) return [[path, choice]];
  return Object.entries(choice).flatMap(([name, value]) =>
    differences(value, usual[name], path === '' ? name : `${path}.${name}`),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
