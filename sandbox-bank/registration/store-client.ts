// Turns agreed registration claims into a client of oidc-provider.
import { randomBytes } from 'node:crypto';
import type { RunningBank } from '../running-bank.ts';
import { badMetadata, RegistrationRefusal } from './refusal.ts';
import type { Registration } from './registration.ts';
import type { RegistrationRequest } from './request.ts';
import type { SoftwareStatement } from './software-statement.ts';

/** What a client is made of; without an envelope it was made by hand. */
export interface NewClient extends Pick<RegistrationRequest, 'claims'> {
  envelope?: RegistrationRequest['envelope'];
  statement: Pick<
    SoftwareStatement,
    'org_id' | 'software_id' | 'software_client_name' | 'software_jwks_endpoint'
  >;
}

/** Puts a new or changed client in force. Throws a RegistrationRefusal where oidc-provider finds a fault of its own. */
export async function storeClient(
  bank: RunningBank,
  clientId: string,
  client: NewClient,
  known?: Registration,
): Promise<Registration> {
  const { provider } = bank;
  const { claims, envelope, statement } = client;
  const wanted = metadataOf(bank, clientId, client);
  const clientSecret = provider.Client.needsSecret(wanted)
    ? (known?.clientSecret ?? randomBytes(24).toString('base64url'))
    : undefined;
  const secret =
    clientSecret === undefined ? {} : { client_secret: clientSecret, client_secret_expires_at: 0 };
  try {
    const metadata = new provider.Client({ ...wanted, ...secret }).metadata();
    // Again: the first pass adds the implicit grant of hybrid clients after it has checked the redirect URIs.
    await provider.Client.validate(metadata);
    await provider.Client.adapter.upsert(clientId, metadata);
  } catch (error) {
    throw asRefusal(error);
  }
  const registration: Registration = {
    clientId,
    issuedAtSeconds: known?.issuedAtSeconds ?? Math.floor(bank.clock.nowMs() / 1000),
    claims: { ...claims, response_types: responseTypesOf(bank, claims) },
    ...(envelope === undefined ? {} : { envelope }),
    ...accessTokenOf(bank, known),
    ...(clientSecret === undefined ? {} : { clientSecret }),
    orgId: statement.org_id,
    softwareId: statement.software_id,
    softwareName: statement.software_client_name,
    jwksUrl: statement.software_jwks_endpoint,
  };
  bank.registrations.set(clientId, registration);
  return registration;
}

function metadataOf(bank: RunningBank, clientId: string, { claims, statement }: NewClient): object {
  const { signedResponses, plainOAuth } = bank.personality.authorisation;
  return {
    client_id: clientId,
    redirect_uris: claims.redirect_uris,
    token_endpoint_auth_method: claims.token_endpoint_auth_method,
    grant_types: grantTypesOf(bank, claims),
    response_types: responseTypesOf(bank, claims),
    scope: plainOAuth?.scope ?? claims.scope,
    application_type: 'web',
    id_token_signed_response_alg: claims.id_token_signed_response_alg,
    request_object_signing_alg: claims.request_object_signing_alg,
    ...(signedResponses ? { authorization_signed_response_alg: 'PS256' } : {}),
    ...optional('token_endpoint_auth_signing_alg', claims.token_endpoint_auth_signing_alg),
    ...(claims.token_endpoint_auth_method === 'tls_client_auth'
      ? optional('tls_client_auth_subject_dn', claims.tls_client_auth_subject_dn)
      : {}),
    jwks_uri: statement.software_jwks_endpoint,
    tls_client_certificate_bound_access_tokens: true,
    // A claim of ID tokens, which plain OAuth does not have.
    ...(plainOAuth ? {} : { require_auth_time: true }),
    subject_type: subjectType(bank, claims.redirect_uris),
    software_id: statement.software_id,
    org_id: statement.org_id,
  };
}

/** Pairwise subjects want one host for all redirect URIs; a client with several is told the customer instead. */
function subjectType({ personality }: RunningBank, redirectUris: string[]): 'public' | 'pairwise' {
  const hosts = new Set(redirectUris.map((uri) => new URL(uri).host));
  return personality.subject === 'pairwise' && hosts.size === 1 ? 'pairwise' : 'public';
}

/** A bank that says which grant types to register gives refresh tokens also to clients that were not to name them. */
function grantTypesOf({ personality }: RunningBank, { grant_types }: NewClient['claims']): string[] {
  if (personality.registration.grantTypes === 'any') return grant_types;
  return [...new Set([...grant_types, 'refresh_token'])];
}

function responseTypesOf(bank: RunningBank, claims: NewClient['claims']): string[] {
  if (!claims.grant_types.includes('authorization_code')) return [];
  return claims.response_types ?? bank.personality.authorisation.responseTypes;
}

function accessTokenOf({ personality }: RunningBank, known?: Registration): { accessToken?: string } {
  if (personality.registration.managedWith !== 'registration-access-token') return {};
  return { accessToken: known?.accessToken ?? randomBytes(24).toString('base64url') };
}

function optional(name: string, value: string | undefined): object {
  return value === undefined ? {} : { [name]: value };
}

function asRefusal(error: unknown): unknown {
  if (!(error instanceof Error) || !('error' in error)) return error;
  const description = 'error_description' in error ? String(error.error_description) : error.message;
  return error.error === 'invalid_redirect_uri'
    ? new RegistrationRefusal('invalid_redirect_uri', description)
    : badMetadata(description);
}
