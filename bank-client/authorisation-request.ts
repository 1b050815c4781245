// The address that a customer is sent to: a signed request object by value, or pushed beforehand (RFC 9101, RFC 9126);
// at a bank of plain OAuth 2 the bare parameters.
import { createHash } from 'node:crypto';
import type { ConsentKind } from '../bank-profiles/profile.ts';
import type { ResolvedGrant, ResolvedProfile } from '../bank-profiles/resolve-profile.ts';
import type { Clock } from '../clock.ts';
import { makeRequestObject } from '../security/request-object.ts';
import { addressWith } from './authorisation-address.ts';
import { customerAuthentication, maxAgeSeconds, strongAuthentication } from './check-id-token.ts';
import type { ClientCredentials } from './client-authentication.ts';
import type { Discover } from './discovery.ts';
import type { Transport } from './http.ts';
import type { OwnIdentity } from './own-identity.ts';
import { pushRequest } from './pushed-request.ts';
import { tokenScope } from './token-scope.ts';

export interface AuthorisationRequest {
  kind: ConsentKind;
  /** The bank's id of the consent. */
  externalApiConsentId: string;
  /** Whether the customer has authorised this consent before. */
  isReauthorisation: boolean;
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

/** @returns rejects with a BankError when the request has to be pushed and the bank does not take it */
export async function makeAuthorisationAddress(
  parts: AuthorisationParts,
  request: AuthorisationRequest,
): Promise<string> {
  const { profile, client } = parts;
  const choices = profile.grants[request.kind].authorisation;
  const endpoint = choices.endpoint ?? parts.authorizationEndpoint;
  const parameters =
    profile.authorisation.protocol === 'oauth2'
      ? plainParameters(parts, choices, request)
      : await openIdParameters(parts, choices, request);
  const { always, onReauthorisation } = choices.extraParameters;
  const consentParameter = choices.consentIdParameter;
  return addressWith(endpoint, choices, [
    ['client_id', client.clientId],
    ...parameters,
    ...Object.entries(always),
    ...(request.isReauthorisation ? Object.entries(onReauthorisation) : []),
    ...(consentParameter === undefined
      ? []
      : ([[consentParameter, request.externalApiConsentId]] satisfies Parameter[])),
  ]);
}

type Parameter = [name: string, value: string];
type Choices = ResolvedGrant['authorisation'];

function plainParameters(
  { profile }: AuthorisationParts,
  choices: Choices,
  { kind, redirectUri, state, codeVerifier }: AuthorisationRequest,
): Parameter[] {
  return [
    ['response_type', profile.authorisation.responseType],
    ['redirect_uri', redirectUri],
    ['scope', tokenScope(profile, kind, choices)],
    ['state', state],
    ...(choices.pkce
      ? ([
          ['code_challenge', challengeOf(codeVerifier)],
          ['code_challenge_method', 'S256'],
        ] satisfies Parameter[])
      : []),
  ];
}

async function openIdParameters(
  parts: AuthorisationParts,
  choices: Choices,
  request: AuthorisationRequest,
): Promise<Parameter[]> {
  const { profile, identity, client, clock } = parts;
  const {
    responseType,
    responseMode,
    pushedAuthorisationRequest,
    strongAuthentication: isStrong,
  } = profile.authorisation;
  const { redirectUri, state, nonce, codeVerifier } = request;
  const scope = tokenScope(profile, request.kind, choices);
  const requestObject = await makeRequestObject({
    ...{ clientId: client.clientId, audience: choices.audience, responseType, redirectUri, scope },
    ...{ state, nonce, consentId: `${choices.consentIdPrefix}${request.externalApiConsentId}` },
    ...{ ...identity.signing, clock, maxAgeSeconds },
    acrValues: isStrong ? [strongAuthentication, customerAuthentication] : [customerAuthentication],
    intentInUserInfo: true,
    ...(responseMode === 'jwt' ? { responseMode } : {}),
    ...(choices.pkce ? { codeChallenge: challengeOf(codeVerifier) } : {}),
  });
  if (pushedAuthorisationRequest) return [['request_uri', await pushRequest(parts, requestObject)]];
  // What OAuth wants beside the request object counts for nothing (RFC 9101 section 5).
  return [
    ['response_type', responseType],
    ['scope', scope],
    ['redirect_uri', redirectUri],
    ...(choices.stateParameter ? ([['state', state]] satisfies Parameter[]) : []),
    ...(choices.nonceParameter ? ([['nonce', nonce]] satisfies Parameter[]) : []),
    ['request', requestObject],
  ];
}

function challengeOf(codeVerifier: string): string {
  return createHash('sha256').update(codeVerifier).digest('base64url');
}
