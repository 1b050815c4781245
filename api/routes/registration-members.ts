// A registration in the words of callers and of records.
import type { z } from 'zod';
import type { Entity } from '../../store/entity.ts';
import type { BankRegistration, RequestedRegistration } from '../../store/registrations.ts';
import type { BankProfileFacts, BankProfiles } from '../deps.ts';
import { Problem } from '../problem.ts';
import type { BankRegistration as Request } from '../schemas/registrations.ts';
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
  };
}

/** @throws {Problem} when there is no such profile, or it lacks configuration: before any call leaves */
export function usableProfile(
  profiles: BankProfiles,
  { BankProfile, UseSimulatedBank }: z.output<typeof Request>,
): BankProfileFacts {
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
  return profile;
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
  };
}

/** What a bank tells about a client, less what would let somebody be that client. */
export function withoutSecrets(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const secret = new Set(['client_secret', 'registration_access_token']);
  return Object.fromEntries(Object.entries(body).filter(([name]) => !secret.has(name)));
}
