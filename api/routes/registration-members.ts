// A registration in the words of callers and of records.
import type { z } from 'zod';
import type { Entity } from '../../store/entity.ts';
import type { BankRegistration, RequestedRegistration } from '../../store/registrations.ts';
import type { RegistrationChange } from '../../workflows/contracts/client-registration.ts';
import type { BankProfileFacts, BankProfiles } from '../deps.ts';
import { Problem } from '../problem.ts';
import type { BankRegistrationUpdate, BankRegistration as Request } from '../schemas/registrations.ts';
import { entityMembers } from '../schemas/shared.ts';
import { secretDescription } from './secret-descriptions.ts';

export function requestedRegistration(
  body: z.output<typeof Request>,
  profile: BankProfileFacts,
): Omit<RequestedRegistration, keyof Entity> {
  const described = (secret: typeof body.ExternalApiSecretFromSecrets) =>
    secret == null ? undefined : secretDescription(secret);
  return {
    softwareStatementId: body.SoftwareStatementId,
    bankProfile: profile.name,
    bankGroup: profile.group,
    registrationScope: body.RegistrationScope ?? undefined,
    defaultFragmentRedirectUri: body.DefaultFragmentRedirectUri ?? undefined,
    defaultQueryRedirectUri: body.DefaultQueryRedirectUri ?? undefined,
    redirectUris: body.RedirectUris ?? undefined,
    useSimulatedBank: body.UseSimulatedBank ?? false,
    externalApiId: body.ExternalApiId ?? undefined,
    externalApiSecret: body.ExternalApiSecret ?? undefined,
    externalApiSecretFromSecrets: described(body.ExternalApiSecretFromSecrets),
    registrationAccessToken: body.RegistrationAccessToken ?? undefined,
    registrationAccessTokenFromSecrets: described(body.RegistrationAccessTokenFromSecrets),
    aispUseV4: body.AispUseV4 ?? profile.aispUseV4,
    pispUseV4: body.PispUseV4 ?? profile.pispUseV4,
    vrpUseV4: body.VrpUseV4 ?? profile.vrpUseV4,
    cbpiiUseV4: body.CbpiiUseV4 ?? profile.cbpiiUseV4,
  };
}

/** @throws {Problem} when there is no such profile, or it lacks configuration: before any call leaves */
export function usableProfile(profiles: BankProfiles, body: z.output<typeof Request>): BankProfileFacts {
  const { BankProfile, UseSimulatedBank } = body;
  const profile = profiles.find(BankProfile);
  if (profile === undefined) {
    const nearest = profiles.nearest(BankProfile);
    const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
    throw new Problem('validation-failed', { errors: { BankProfile: [`is not known${hint}`] } });
  }
  const missing = profile.missingConfiguration(UseSimulatedBank === true);
  if (missing.length > 0) {
    const detail = `The bank profile ${profile.name} needs configuration: ${missing.join(', ')}.`;
    throw new Problem('configuration-missing', { detail });
  }
  refuseUnlessClientGiven(profile, body);
  return profile;
}

/** A bank that hands clients out by hand has to be told which one is ours. */
function refuseUnlessClientGiven(profile: BankProfileFacts, body: z.output<typeof Request>): void {
  if (body.ExternalApiId == null) {
    if (profile.registersDynamically) return;
    const text = 'is needed: this bank hands out clients by hand';
    throw new Problem('validation-failed', { errors: { ExternalApiId: [text] } });
  }
  const hasSecret = body.ExternalApiSecret != null || body.ExternalApiSecretFromSecrets != null;
  if (hasSecret === profile.usesClientSecret) return;
  const text = profile.usesClientSecret
    ? 'is needed: clients of this bank have one'
    : 'is of no use at this bank';
  throw new Problem('validation-failed', { errors: { ExternalApiSecret: [text] } });
}

const authMethods: Record<string, string> = {
  client_secret_basic: 'ClientSecretBasic',
  client_secret_post: 'ClientSecretPost',
  private_key_jwt: 'PrivateKeyJwt',
  tls_client_auth: 'TlsClientAuth',
};

/** @throws {Problem} `registration-in-progress` while the bank has not answered */
export function registrationMembers(registration: BankRegistration): Record<string, unknown> {
  const { client } = registration;
  if (client === null) throw new Problem('registration-in-progress');
  return {
    ...entityMembers(registration),
    SoftwareStatementId: registration.softwareStatementId,
    BankProfile: registration.bankProfile,
    BankGroup: registration.bankGroup,
    ExternalApiId: client.externalApiId,
    TokenEndpointAuthMethod: authMethods[client.tokenEndpointAuthMethod],
    JwksUri: client.jwksUri,
    TokenEndpoint: client.tokenEndpoint,
    AuthorizationEndpoint: client.authorizationEndpoint,
    RegistrationEndpoint: client.registrationEndpoint,
    RegistrationScope: client.registrationScope,
    DefaultFragmentRedirectUri: client.defaultFragmentRedirectUri,
    DefaultQueryRedirectUri: client.defaultQueryRedirectUri,
    RedirectUris: client.redirectUris,
    UseSimulatedBank: registration.requested.useSimulatedBank === true,
    AispUseV4: registration.aispUseV4,
    PispUseV4: registration.pispUseV4,
    VrpUseV4: registration.vrpUseV4,
    CbpiiUseV4: registration.cbpiiUseV4,
  };
}

/** What of a request is to change; members that were left out stay as they are. */
export function registrationChange(body: z.output<typeof BankRegistrationUpdate>): RegistrationChange {
  const change = {
    defaultFragmentRedirectUri: body.DefaultFragmentRedirectUri,
    defaultQueryRedirectUri: body.DefaultQueryRedirectUri,
    redirectUris: body.RedirectUris,
    aispUseV4: body.AispUseV4,
    pispUseV4: body.PispUseV4,
    vrpUseV4: body.VrpUseV4,
    cbpiiUseV4: body.CbpiiUseV4,
  };
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value != null));
}

/** Where customers are sent back to has to be an address that the bank knows of us. */
export function refuseUnknownRedirect({ client }: BankRegistration, change: RegistrationChange): void {
  const known = change.redirectUris ?? client?.redirectUris ?? [];
  for (const [member, uri] of [
    ['DefaultFragmentRedirectUri', change.defaultFragmentRedirectUri],
    ['DefaultQueryRedirectUri', change.defaultQueryRedirectUri],
  ] as const) {
    if (uri === undefined || known.includes(uri)) continue;
    throw new Problem('validation-failed', { errors: { [member]: ['must be in RedirectUris'] } });
  }
}

/** What a bank tells about a client, less what would let somebody be that client. */
export function withoutSecrets(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const secret = new Set(['client_secret', 'registration_access_token']);
  return Object.fromEntries(Object.entries(body).filter(([name]) => !secret.has(name)));
}
