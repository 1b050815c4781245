// The registration endpoint: dynamic client registration 3.3, POST, GET and DELETE of one client.
// https://openbankinguk.github.io/dcr-docs-pub/v3.3/dynamic-client-registration.html
import type { ResolvedProfile } from '../bank-profiles/resolve-profile.ts';
import type { Clock } from '../clock.ts';
import { subjectDn } from '../security/keys.ts';
import { makeRegistrationRequest } from '../security/registration-request.ts';
import {
  type RegistrationResponse,
  registrationResponse,
} from '../standards/uk-open-banking/client-registration.ts';
import type { HttpAnswer, Transport } from './http.ts';
import type { OwnIdentity } from './own-identity.ts';
import { isSuccess, oauthRefusal, readJson } from './refusal.ts';
import { invalidAnswer } from './token-response.ts';

export interface RequestedClient {
  softwareStatement: string;
  redirectUris: string[];
  /** `openid accounts payments`, for instance. */
  scope: string;
}

interface Parts {
  transport: Transport;
  clock: Clock;
}

/** @throws {BankError} when no answer came, or one that says nothing about the request (429 and 500 upwards) */
export async function requestRegistration(
  { transport, clock }: Parts,
  profile: ResolvedProfile,
  identity: OwnIdentity,
  url: string,
  wanted: RequestedClient,
): Promise<HttpAnswer> {
  const { registration, authorisation } = profile;
  const method = registration.tokenEndpointAuthMethod;
  const { certificate } = identity.transport;
  const claims = {
    iss: identity.softwareId,
    aud: registration.audience === 'organisation' ? profile.organisationId : profile.issuer,
    software_id: identity.softwareId,
    software_statement: wanted.softwareStatement,
    redirect_uris: wanted.redirectUris,
    scope: wanted.scope,
    application_type: 'web' as const,
    grant_types: ['client_credentials' as const, 'authorization_code' as const, 'refresh_token' as const],
    response_types: [authorisation.responseType],
    token_endpoint_auth_method: method,
    ...(method === 'private_key_jwt' ? { token_endpoint_auth_signing_alg: 'PS256' as const } : {}),
    ...(method === 'tls_client_auth'
      ? { tls_client_auth_subject_dn: subjectDn(certificate, registration.subjectDn) }
      : {}),
    id_token_signed_response_alg: 'PS256' as const,
    request_object_signing_alg: 'PS256' as const,
  };
  const answer = await transport.send({
    method: 'POST',
    url,
    headers: { 'content-type': registration.contentType, accept: 'application/json' },
    body: await makeRegistrationRequest({ claims, ...identity.signing, clock }),
    identity: identity.transport,
    freshConnection: true,
  });
  if (answer.status === 429 || answer.status === 408 || answer.status >= 500)
    throw oauthRefusal(answer, clock.nowMs());
  return answer;
}

/** @throws {BankError} */
export function readRegistrationResponse(answer: HttpAnswer, clock: Clock): RegistrationResponse {
  if (!isSuccess(answer)) throw oauthRefusal(answer, clock.nowMs());
  const parsed = registrationResponse.safeParse(readJson(answer));
  if (!parsed.success) throw invalidAnswer(answer, "The bank's answer to the registration cannot be used.");
  return parsed.data;
}

/** GET or DELETE of the client as the bank knows it. @throws {BankError} for anything but success */
export async function manageRegistration(
  { transport, clock }: Parts,
  identity: OwnIdentity,
  method: 'GET' | 'DELETE',
  { endpoint, clientId, token }: { endpoint: string; clientId: string; token: string },
): Promise<HttpAnswer> {
  const answer = await transport.send({
    method,
    url: `${endpoint}/${encodeURIComponent(clientId)}`,
    headers: {
      authorization: `Bearer ${token}`,
      ...(method === 'GET' ? { accept: 'application/json' } : {}),
    },
    identity: identity.transport,
  });
  if (!isSuccess(answer)) throw oauthRefusal(answer, clock.nowMs());
  return answer;
}
