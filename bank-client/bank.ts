// A bank, seen as one of our registered clients there: what API and activities ask of it.
import type { ConsentKind } from '../bank-profiles/profile.ts';
import type { ResolvedProfile } from '../bank-profiles/resolve-profile.ts';
import { type WrittenResource, writeRequest } from '../bank-profiles/write-request.ts';
import type { Clock } from '../clock.ts';
import type { ApiVersion } from '../standards/uk-open-banking/endpoint.ts';
import type { RegisteredClient } from '../store/registrations.ts';
import { type AuthorisationRequest, makeAuthorisationAddress } from './authorisation-request.ts';
import {
  type AuthorisationExpectations,
  type RedirectParameters,
  readRedirect,
} from './authorisation-response.ts';
import {
  callEndpoint,
  type EndpointAnswer,
  type EndpointCall,
  type EndpointFile,
  openFile,
} from './call-endpoint.ts';
import type { Discover } from './discovery.ts';
import type { Transport } from './http.ts';
import { interactionIdOf } from './interaction-id.ts';
import { judgeTokens, type TokenExpectations, type Tokens } from './judge-tokens.ts';
import type { KeySets } from './key-sets.ts';
import type { OwnIdentity } from './own-identity.ts';
import { createOwnTokens } from './own-tokens.ts';
import { writeRawAnswer } from './raw-answer.ts';
import { isAuthorisedAtBank, type Reauthorisation } from './reauthorisation.ts';
import { readRegistrationAnswer } from './registration-answer.ts';
import type { RequestedClient } from './registration-claims.ts';
import { type ManagedClient, manageRegistration, updateRegistration } from './registration-endpoint.ts';
import { oauthScopes } from './registration-scope.ts';
import { createTokenEndpoint } from './token-endpoint.ts';
import { tokenScope } from './token-scope.ts';

/** How a bank will send the customer's browser back. */
export interface AuthorisationTerms {
  redirectUri: string;
  redirectMode: 'fragment' | 'query' | 'jwt';
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
  const { externalApiId: clientId, tokenEndpointAuthMethod } = client;
  const jwksUri = client.jwksUri === '' ? null : client.jwksUri;
  const { protocol, responseMode, responseType, strongAuthentication } = profile.authorisation;
  const credentials = { clientId, tokenEndpointAuthMethod, clientSecret };
  const tokenEndpoint = createTokenEndpoint(parts, identity, credentials, client.tokenEndpoint);
  const ownTokens = createOwnTokens(tokenEndpoint, clock, profile.clientCredentials);
  const keySetForm = profile.discovery.keySet;
  const judging = { keySets, jwksUri, keySetForm, clientId, strongAuthentication, profile, clock };
  const redirectUri =
    responseMode === 'fragment' ? client.defaultFragmentRedirectUri : client.defaultQueryRedirectUri;
  const resources = { transport, clock, keySets, profile, identity, ownTokens, jwksUri };

  async function managed(): Promise<ManagedClient> {
    const endpoint = client.registrationEndpoint;
    if (endpoint === null)
      throw new Error(`The bank of profile ${profile.name} has no registration endpoint.`);
    return { endpoint, clientId, token: await managementToken() };
  }

  async function managementToken(): Promise<string> {
    const { managedWith, managementScope } = profile.registration;
    if (managedWith === 'registration-access-token') {
      const token = parts.registrationAccessToken;
      if (token === undefined) throw new Error('The registration has no registration access token.');
      return token;
    }
    const scopes = {
      none: undefined,
      openid: 'openid',
      'first-api': oauthScopes(client.registrationScope)[0],
    };
    return await ownTokens.get(scopes[managementScope]);
  }

  async function wasAuthorised(request: Reauthorisation): Promise<boolean> {
    const { kind, authorisedBefore, version } = request;
    const { reauthorisation } = profile.grants[kind].authorisation;
    if (authorisedBefore || reauthorisation === 'own-records' || kind !== 'accountAccess')
      return authorisedBefore;
    return await isAuthorisedAtBank(resources, version, request.externalApiConsentId);
  }

  return {
    bankProfile: profile.name,
    unattendedReadsPerDay: profile.unattendedReadsPerDay,

    call: (call: EndpointCall): Promise<EndpointAnswer> => callEndpoint(resources, call),

    openFile: (call: EndpointCall): Promise<EndpointFile> => openFile(resources, call),

    /** A request in version 4, as text, written as the bank takes it. @throws {CannotTranslate} */
    writeRequest: (resource: WrittenResource, version: ApiVersion, body: string): string =>
      JSON.stringify(writeRequest(profile, resource, version, JSON.parse(body))),

    authorisationTerms: (): AuthorisationTerms => ({
      redirectUri,
      redirectMode: responseMode,
      expectsIdToken: protocol === 'openid-connect' && responseType === 'code id_token',
    }),

    authorisationAddress: async (
      request: Omit<AuthorisationRequest, 'redirectUri' | 'isReauthorisation'> & Reauthorisation,
    ): Promise<string> =>
      makeAuthorisationAddress(
        {
          ...parts,
          client: credentials,
          authorizationEndpoint: client.authorizationEndpoint,
          tokenEndpointUrl: client.tokenEndpoint,
        },
        { ...request, redirectUri, isReauthorisation: await wasAuthorised(request) },
      ),

    /** Whether the bank's ID tokens say who the customer is, rather than which consent it is about. */
    isCustomerNamed: (kind: ConsentKind): boolean =>
      profile.grants[kind].codeExchange.idToken.subject === 'customer',

    /** Whether later ID tokens of a consent repeat the nonce of its first authorisation. */
    repeatsFirstNonce: (kind: ConsentKind): boolean =>
      profile.grants[kind].authorisation.idToken.nonce === 'of-first-authorisation',

    /** Rejects with RedirectInvalid or AuthorisationRefused too. */
    readRedirect: (parameters: RedirectParameters, expected: AuthorisationExpectations) =>
      readRedirect(judging, parameters, expected),

    /** The raw answer as text, judged by nobody yet. */
    exchangeCode: async (request: {
      kind: ConsentKind;
      code: string;
      redirectUri: string;
      codeVerifier: string;
    }): Promise<string> => {
      const { authorisation, codeExchange } = profile.grants[request.kind];
      const form = {
        grant_type: 'authorization_code',
        code: request.code,
        redirect_uri: request.redirectUri,
        ...(authorisation.pkce ? { code_verifier: request.codeVerifier } : {}),
        ...sentScope(request.kind, codeExchange),
      };
      return writeRawAnswer(await tokenEndpoint.ask(form, { once: true }), clock.nowMs());
    },

    /** The raw answer as text, judged by nobody yet. */
    refresh: async ({ kind, refreshToken }: { kind: ConsentKind; refreshToken: string }): Promise<string> => {
      const scope = sentScope(kind, profile.grants[kind].refresh);
      const form = { grant_type: 'refresh_token', refresh_token: refreshToken, ...scope };
      return writeRawAnswer(await tokenEndpoint.ask(form, { once: true }), clock.nowMs());
    },

    judgeTokens: (rawAnswer: string, expected: TokenExpectations): Promise<Tokens> =>
      judgeTokens(judging, rawAnswer, expected),

    readRegistration: async (): Promise<EndpointAnswer> => {
      const answer = await manageRegistration(parts, 'GET', await managed());
      const interactionId = interactionIdOf(answer, null);
      const body = readRegistrationAnswer(answer, profile.registration, clock);
      return { body, interactionId, url: answer.url, warnings: [] };
    },

    updateRegistration: async (wanted: RequestedClient) => {
      const answer = await updateRegistration(parts, await managed(), wanted);
      return readRegistrationAnswer(answer, profile.registration, clock);
    },

    deleteRegistration: async (): Promise<void> => {
      await manageRegistration(parts, 'DELETE', await managed());
    },
  };

  function sentScope(kind: ConsentKind, place: { scope?: string | undefined; sendScope: boolean }) {
    return place.sendScope ? { scope: tokenScope(profile, kind, place) } : {};
  }
}
