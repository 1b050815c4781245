// The address that a customer is sent to: a signed request object by value, or pushed beforehand (RFC 9101, RFC 9126).
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ResolvedProfile } from '../bank-profiles/resolve-profile.ts';
import type { Clock } from '../clock.ts';
import { makeRequestObject } from '../security/request-object.ts';
import { type ClientCredentials, proveClient } from './client-authentication.ts';
import type { Discover } from './discovery.ts';
import type { HttpAnswer, Transport } from './http.ts';
import type { OwnIdentity } from './own-identity.ts';
import { isSuccess, oauthRefusal, readJson } from './refusal.ts';
import { invalidAnswer } from './token-response.ts';

export interface AuthorisationRequest {
  /** `accounts` or `payments`. */
  scope: string;
  /** The bank's id of the consent. */
  externalApiConsentId: string;
  redirectUri: string;
  state: string;
  nonce: string;
  codeVerifier: string;
}

export interface AuthorisationParts {
  transport: Transport;
  clock: Clock;
  discover: Discover;
  profile: ResolvedProfile;
  identity: OwnIdentity;
  client: ClientCredentials;
  authorizationEndpoint: string;
  tokenEndpointUrl: string;
}

const pushedAnswer = z.object({ request_uri: z.string().min(1) });

/** @returns rejects with a BankError when the request has to be pushed and the bank does not take it */
export async function makeAuthorisationAddress(
  parts: AuthorisationParts,
  request: AuthorisationRequest,
): Promise<string> {
  const { profile, identity, client, clock } = parts;
  const { responseType, responseMode, pkce, pushedAuthorisationRequest } = profile.authorisation;
  const { redirectUri, state, nonce, codeVerifier, externalApiConsentId: consentId } = request;
  const scope = `openid ${request.scope}`;
  const requestObject = await makeRequestObject({
    ...{ clientId: client.clientId, audience: profile.issuer, responseType, redirectUri, scope },
    ...{ state, nonce, consentId, ...identity.signing, clock },
    ...(responseMode === 'jwt' ? { responseMode } : {}),
    ...(pkce ? { codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url') } : {}),
  });
  const address = new URL(parts.authorizationEndpoint);
  address.searchParams.set('client_id', client.clientId);
  if (pushedAuthorisationRequest) {
    address.searchParams.set('request_uri', await push(parts, requestObject));
    return address.href;
  }
  // OAuth wants these beside the request object; they count for nothing (RFC 9101 section 5).
  address.searchParams.set('response_type', responseType);
  address.searchParams.set('scope', scope);
  address.searchParams.set('redirect_uri', redirectUri);
  address.searchParams.set('state', state);
  address.searchParams.set('nonce', nonce);
  address.searchParams.set('request', requestObject);
  return address.href;
}

async function push(parts: AuthorisationParts, requestObject: string): Promise<string> {
  const { transport, clock, discover, profile, identity, client, tokenEndpointUrl } = parts;
  const { pushedAuthorisationRequestEndpoint: url } = await discover(profile.issuer);
  if (url === null)
    throw new Error(`Bank profile ${profile.name} wants requests pushed, the bank has no endpoint.`);
  const proof = await proveClient(client, identity, tokenEndpointUrl, clock);
  const answer: HttpAnswer = await transport.send({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...proof.headers,
    },
    body: new URLSearchParams({
      request: requestObject,
      client_id: client.clientId,
      ...proof.form,
    }).toString(),
    identity: identity.transport,
  });
  if (!isSuccess(answer)) throw oauthRefusal(answer, clock.nowMs());
  const parsed = pushedAnswer.safeParse(readJson(answer));
  if (!parsed.success) throw invalidAnswer(answer, "The bank's answer to the pushed request cannot be used.");
  return parsed.data.request_uri;
}
