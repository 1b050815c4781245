// A bank, seen as one of our registered clients there: what API and activities ask of it.
import type { ResolvedProfile } from '../bank-profiles/resolve-profile.ts';
import type { Clock } from '../clock.ts';
import type { RegisteredClient } from '../store/registrations.ts';
import { type AuthorisationRequest, makeAuthorisationAddress } from './authorisation-request.ts';
import {
  type AuthorisationExpectations,
  type RedirectParameters,
  readRedirect,
} from './authorisation-response.ts';
import { callEndpoint, type EndpointAnswer, type EndpointCall } from './call-endpoint.ts';
import type { Discover } from './discovery.ts';
import type { Transport } from './http.ts';
import { judgeTokens, type TokenExpectations, type Tokens } from './judge-tokens.ts';
import type { KeySets } from './key-sets.ts';
import type { OwnIdentity } from './own-identity.ts';
import { createOwnTokens } from './own-tokens.ts';
import { writeRawAnswer } from './raw-answer.ts';
import { readJson } from './refusal.ts';
import { manageRegistration } from './registration-endpoint.ts';
import { oauthScopes } from './registration-scope.ts';
import { createTokenEndpoint } from './token-endpoint.ts';

/** How a bank will send the customer's browser back. */
export interface AuthorisationTerms {
  redirectUri: string;
  redirectMode: 'fragment' | 'jwt';
  expectsIdToken: boolean;
}

export interface BankParts {
  transport: Transport;
  clock: Clock;
  discover: Discover;
  keySets: KeySets;
  profile: ResolvedProfile;
  identity: OwnIdentity;
  client: RegisteredClient;
  clientSecret: string | undefined;
  registrationAccessToken: string | undefined;
}

/** Every function rejects with a BankError, unless it says otherwise. */
export type Bank = ReturnType<typeof createBank>;

export function createBank(parts: BankParts) {
  const { transport, clock, keySets, profile, identity, client, clientSecret } = parts;
  const { externalApiId: clientId, tokenEndpointAuthMethod, jwksUri } = client;
  const credentials = { clientId, tokenEndpointAuthMethod, clientSecret };
  const tokenEndpoint = createTokenEndpoint(parts, identity, credentials, client.tokenEndpoint);
  const ownTokens = createOwnTokens(tokenEndpoint, clock);
  const isSigned = profile.authorisation.responseMode === 'jwt';

  async function manage(method: 'GET' | 'DELETE') {
    const endpoint = client.registrationEndpoint;
    if (endpoint === null)
      throw new Error(`The bank of profile ${profile.name} has no registration endpoint.`);
    // Most banks take any of the client's tokens; a registration access token is the one it was given for this.
    const token =
      parts.registrationAccessToken ??
      (await ownTokens.get(oauthScopes(client.registrationScope)[0] ?? 'openid'));
    return await manageRegistration(parts, identity, method, { endpoint, clientId, token });
  }

  return {
    bankProfile: profile.name,

    call: (call: EndpointCall): Promise<EndpointAnswer> =>
      callEndpoint({ ...{ transport, clock, keySets, profile, identity, ownTokens, jwksUri } }, call),

    authorisationTerms: (): AuthorisationTerms => ({
      redirectUri: isSigned ? client.defaultQueryRedirectUri : client.defaultFragmentRedirectUri,
      redirectMode: isSigned ? 'jwt' : 'fragment',
      expectsIdToken: profile.authorisation.responseType === 'code id_token',
    }),

    authorisationAddress: (request: Omit<AuthorisationRequest, 'redirectUri'>): Promise<string> =>
      makeAuthorisationAddress(
        {
          ...parts,
          client: credentials,
          authorizationEndpoint: client.authorizationEndpoint,
          tokenEndpointUrl: client.tokenEndpoint,
        },
        {
          ...request,
          redirectUri: isSigned ? client.defaultQueryRedirectUri : client.defaultFragmentRedirectUri,
        },
      ),

    /** Rejects with RedirectInvalid or AuthorisationRefused too. */
    readRedirect: (parameters: RedirectParameters, expected: AuthorisationExpectations) =>
      readRedirect({ keySets, jwksUri, profile, clientId, clock }, parameters, expected),

    /** The raw answer as text, judged by nobody yet. */
    exchangeCode: async (request: {
      code: string;
      redirectUri: string;
      codeVerifier: string;
    }): Promise<string> => {
      const form = {
        grant_type: 'authorization_code',
        code: request.code,
        redirect_uri: request.redirectUri,
        ...(profile.authorisation.pkce ? { code_verifier: request.codeVerifier } : {}),
      };
      return writeRawAnswer(await tokenEndpoint.ask(form, { once: true }), clock.nowMs());
    },

    /** The raw answer as text, judged by nobody yet. */
    refresh: async ({ refreshToken }: { refreshToken: string }): Promise<string> => {
      const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
      return writeRawAnswer(await tokenEndpoint.ask(form, { once: true }), clock.nowMs());
    },

    judgeTokens: (rawAnswer: string, expected: TokenExpectations): Promise<Tokens> =>
      judgeTokens({ keySets, jwksUri, issuer: profile.issuer, clientId, clock }, rawAnswer, expected),

    readRegistration: async (): Promise<EndpointAnswer> => {
      const answer = await manage('GET');
      const interactionId = answer.headers['x-fapi-interaction-id'] ?? null;
      return { body: readJson(answer), interactionId, url: answer.url };
    },

    deleteRegistration: async (): Promise<void> => {
      await manage('DELETE');
    },
  };
}
