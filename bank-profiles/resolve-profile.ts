// A profile as it is used: private values read from the configuration, what is said for a bank repeated at the places
// that say nothing themselves, and for a simulated bank every address on the sandbox.
import type { ApiVersion } from '../standards/uk-open-banking/endpoint.ts';
import type { NamedProfile } from './book.ts';
import { simulatedValue, variablesOf, variableToSet } from './private-values.ts';
import type { BankProfile, ConsentKind } from './profile.ts';
import type { Address, Organisation } from './schema/address.ts';
import { simulatedAddress } from './simulated-address.ts';

export type BaseUrls = Partial<Record<ApiVersion, string>>;

export interface ResolvedApi {
  /** The newest one. */
  version: ApiVersion;
  baseUrls: BaseUrls;
}

/** What an ID token has to be like at one place. */
export type ResolvedIdToken = Omit<BankProfile['idToken'], 'issuer'> & { issuer: string };

type Grant = BankProfile['grants'][ConsentKind];
type WithIdToken<Place> = Omit<Place, 'idToken'> & { idToken: ResolvedIdToken };

export interface ResolvedGrant {
  authorisation: Omit<WithIdToken<Grant['authorisation']>, 'endpoint' | 'audience'> & {
    endpoint: string | undefined;
    audience: string;
  };
  codeExchange: WithIdToken<Grant['codeExchange']>;
  refresh: WithIdToken<Grant['refresh']>;
}

type Same = Omit<
  NamedProfile,
  | 'organisationId'
  | 'issuer'
  | 'accountInformation'
  | 'paymentInitiation'
  | 'fundsConfirmation'
  | 'discovery'
  | 'grants'
  | 'idToken'
  | 'links'
>;

export interface ResolvedProfile extends Same {
  simulated: boolean;
  organisationId: string;
  issuer: string;
  accountInformation: ResolvedApi | undefined;
  paymentInitiation: ResolvedApi | undefined;
  fundsConfirmation: ResolvedApi | undefined;
  discovery: Omit<BankProfile['discovery'], 'url' | 'document'> & {
    url: string;
    document: { tokenEndpoint: string; authorizationEndpoint: string } | undefined;
  };
  grants: Record<ConsentKind, ResolvedGrant>;
  links: Omit<BankProfile['links'], 'otherBaseUrls'> & {
    otherBaseUrls: { accountInformation: BaseUrls; paymentInitiation: BaseUrls };
  };
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

export interface ResolveOptions {
  /** Values of configuration variables by name. */
  settings: Readonly<Record<string, string>>;
  /** Whether the sandbox's bank of that name is meant. */
  simulated: boolean;
}

/** @throws {ConfigurationMissing} naming every variable that is missing */
export function resolveProfile(profile: NamedProfile, options: ResolveOptions): ResolvedProfile {
  const { settings, simulated } = options;
  const missing = new Set<string>();

  function setting(variable: string): string | undefined {
    const value = settings[variable];
    if (value === undefined || !URL.canParse(value)) missing.add(variable);
    return value;
  }
  function privateValue(property: Parameters<typeof variablesOf>[1]): string {
    if (simulated) return simulatedValue(profile, property);
    const variables = variablesOf(profile, property);
    const value = variables.map((variable) => settings[variable] ?? '').find((each) => each !== '') ?? '';
    if (property === 'FinancialId' ? value === '' : !URL.canParse(value))
      missing.add(variableToSet(profile, property));
    return value;
  }
  function plain(value: Address | Organisation): string {
    if (typeof value === 'string') return value;
    if ('configured' in value) return privateValue(value.configured);
    return `${setting(value.variable)?.replace(/\/$/, '') ?? ''}${value.path ?? ''}`;
  }
  const listener = (variable: string) => setting(variable)?.replace(/\/$/, '') ?? '';
  function at(variable: string, value: Address): string {
    const address = plain(value);
    // What names its listener itself is on the sandbox already.
    if (!simulated || address === '' || (typeof value !== 'string' && 'variable' in value)) return address;
    return simulatedAddress(listener(variable), address);
  }
  const onBrowser = (value: Address) => at('SANDBOX_BANK_BROWSER_URL', value);
  const onApi = (value: Address) => at('SANDBOX_BANK_API_URL', value);
  const optional = (value: Address | undefined, resolve: typeof onBrowser) =>
    value === undefined ? undefined : resolve(value);

  function baseUrls(urls: Partial<Record<ApiVersion, Address | undefined>> = {}): BaseUrls {
    const resolved: BaseUrls = {};
    for (const version of ['v3.1', 'v4.0'] as const) {
      const url = urls[version];
      // One variable serves both versions: the one in its path is exchanged.
      if (url !== undefined) resolved[version] = onApi(url).replace(/\/v(3\.1|4\.0)(?=\/|$)/, `/${version}`);
    }
    return resolved;
  }
  function api(declared: BankProfile['accountInformation']): ResolvedApi | undefined {
    if (declared === undefined) return undefined;
    const urls = baseUrls(declared.baseUrls);
    return { version: urls['v4.0'] === undefined ? 'v3.1' : 'v4.0', baseUrls: urls };
  }
  function idToken(place: Partial<BankProfile['idToken']>, audience: string): ResolvedIdToken {
    const there = { ...profile.idToken, ...place };
    return { ...there, issuer: optional(there.issuer, onBrowser) ?? audience };
  }
  function grant({ authorisation, codeExchange, refresh }: Grant): ResolvedGrant {
    const audience = optional(authorisation.audience, onBrowser) ?? issuer;
    return {
      authorisation: {
        ...authorisation,
        audience,
        endpoint: optional(authorisation.endpoint, onBrowser),
        idToken: idToken(authorisation.idToken, audience),
      },
      codeExchange: { ...codeExchange, idToken: idToken(codeExchange.idToken, audience) },
      refresh: { ...refresh, idToken: idToken(refresh.idToken, audience) },
    };
  }

  const issuer = onBrowser(profile.issuer);
  const { discovery, grants, links } = profile;
  const { document } = discovery;
  const { otherBaseUrls } = links;
  const resolved: ResolvedProfile = {
    ...profile,
    simulated,
    issuer,
    organisationId: plain(profile.organisationId),
    accountInformation: api(profile.accountInformation),
    paymentInitiation: api(profile.paymentInitiation),
    fundsConfirmation: api(profile.fundsConfirmation),
    discovery: {
      ...discovery,
      url:
        optional(discovery.url, onBrowser) ?? `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
      document: document && {
        tokenEndpoint: onApi(document.tokenEndpoint),
        authorizationEndpoint: onBrowser(document.authorizationEndpoint),
      },
    },
    grants: {
      accountAccess: grant(grants.accountAccess),
      domesticPayment: grant(grants.domesticPayment),
      domesticVrp: grant(grants.domesticVrp),
      fundsConfirmation: grant(grants.fundsConfirmation),
    },
    links: {
      ...links,
      otherBaseUrls: {
        accountInformation: baseUrls(otherBaseUrls.accountInformation),
        paymentInitiation: baseUrls(otherBaseUrls.paymentInitiation),
      },
    },
  };
  if (missing.size > 0) throw new ConfigurationMissing(profile.name, [...missing]);
  return resolved;
}
