// The registration endpoint: dynamic client registration, POST of a client and GET, PUT and DELETE of one.
// https://openbankinguk.github.io/dcr-docs-pub/v3.3/dynamic-client-registration.html
import type { ResolvedProfile } from '../bank-profiles/resolve-profile.ts';
import type { Clock } from '../clock.ts';
import { makeRegistrationRequest } from '../security/registration-request.ts';
import type { HttpAnswer, Transport } from './http.ts';
import type { OwnIdentity } from './own-identity.ts';
import { isSuccess, oauthRefusal } from './refusal.ts';
import { type RequestedClient, registrationClaimsOf } from './registration-claims.ts';

interface Parts {
  transport: Transport;
  clock: Clock;
  profile: ResolvedProfile;
  identity: OwnIdentity;
}

/** @throws {BankError} when no answer came, or one that says nothing about the request (429 and 500 upwards) */
export async function requestRegistration(
  parts: Parts,
  url: string,
  wanted: RequestedClient,
): Promise<HttpAnswer> {
  const { transport, clock, profile, identity } = parts;
  const answer = await transport.send({
    method: 'POST',
    url,
    headers: { 'content-type': profile.registration.contentType, accept: 'application/json' },
    body: await signedRequest(parts, wanted),
    identity: identity.transport,
    freshConnection: true,
    api: 'registration',
  });
  if (answer.status === 429 || answer.status === 408 || answer.status >= 500)
    throw oauthRefusal(answer, clock.nowMs());
  return answer;
}

export interface ManagedClient {
  endpoint: string;
  clientId: string;
  /** What the bank wants for this: a token of the client, or the registration access token. */
  token: string;
}

/** GET or DELETE of the client as the bank knows it. @throws {BankError} for anything but success */
export async function manageRegistration(
  parts: Parts,
  method: 'GET' | 'DELETE',
  client: ManagedClient,
): Promise<HttpAnswer> {
  return await succeed(parts, client, method, {});
}

/** PUT of everything that the client is to be. @throws {BankError} for anything but success */
export async function updateRegistration(
  parts: Parts,
  client: ManagedClient,
  wanted: RequestedClient,
): Promise<HttpAnswer> {
  const body = await signedRequest(parts, { ...wanted, clientId: client.clientId });
  return await succeed(parts, client, 'PUT', {
    body,
    contentType: parts.profile.registration.contentType,
  });
}

async function succeed(
  { transport, clock, identity }: Parts,
  { endpoint, clientId, token }: ManagedClient,
  method: 'GET' | 'PUT' | 'DELETE',
  { body, contentType }: { body?: string; contentType?: string },
): Promise<HttpAnswer> {
  const answer = await transport.send({
    method,
    url: `${endpoint.replace(/\/$/, '')}/${encodeURIComponent(clientId)}`,
    headers: {
      authorization: `Bearer ${token}`,
      ...(method === 'DELETE' ? {} : { accept: 'application/json' }),
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
    },
    ...(body === undefined ? {} : { body }),
    identity: identity.transport,
    api: 'registration',
  });
  if (!isSuccess(answer)) throw oauthRefusal(answer, clock.nowMs());
  return answer;
}

async function signedRequest({ profile, identity, clock }: Parts, wanted: RequestedClient): Promise<string> {
  const claims = registrationClaimsOf(profile, identity, wanted);
  return await makeRegistrationRequest({ claims, ...identity.signing, clock });
}
