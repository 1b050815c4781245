// The bank's own account of its endpoints and keys: OpenID Connect Discovery 1.0, with RFC 8705 and RFC 9126; or the
// profile's account, of a bank that publishes none.
import { z } from 'zod';
import type { ResolvedProfile } from '../bank-profiles/resolve-profile.ts';
import type { Clock } from '../clock.ts';
import { BankError } from './bank-error.ts';
import type { HttpAnswer, Transport } from './http.ts';
import { isSuccess, oauthRefusal, readJson } from './refusal.ts';

const endpoints = {
  token_endpoint: z.url().optional(),
  registration_endpoint: z.url().optional(),
  pushed_authorization_request_endpoint: z.url().optional(),
};
const discoveryDocument = z.object({
  issuer: z.string(),
  ...endpoints,
  token_endpoint: z.url(),
  authorization_endpoint: z.url(),
  jwks_uri: z.url(),
  response_modes_supported: z.array(z.string()).optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  mtls_endpoint_aliases: z.object(endpoints).optional(),
});

export interface Discovery {
  authorizationEndpoint: string;
  /** Null: the bank signs nothing. */
  jwksUri: string | null;
  /** The ones that mutual TLS is spoken to, where the bank has others for it. */
  tokenEndpoint: string;
  registrationEndpoint: string | null;
  pushedAuthorisationRequestEndpoint: string | null;
}

export type Discover = (
  profile: Pick<ResolvedProfile, 'issuer' | 'discovery' | 'authorisation' | 'registration'>,
) => Promise<Discovery>;

const keptMs = 60 * 60_000;

/**
 * Documents are kept for an hour.
 * @returns rejects with a BankError; `invalid-response` when it is another issuer's, or does not offer what the profile
 * counts on
 */
export function createDiscovery(transport: Transport, clock: Clock): Discover {
  const kept = new Map<string, { answer: HttpAnswer; untilMs: number }>();
  return async (profile) => {
    const { url, document } = profile.discovery;
    if (document !== undefined) {
      const { tokenEndpoint, authorizationEndpoint } = document;
      return {
        ...{ tokenEndpoint, authorizationEndpoint, jwksUri: null, registrationEndpoint: null },
        pushedAuthorisationRequestEndpoint: null,
      };
    }
    const earlier = kept.get(url);
    if (earlier !== undefined && clock.nowMs() < earlier.untilMs) return read(earlier.answer, profile);
    const answer = await transport.send({ method: 'GET', url, headers: { accept: 'application/json' } });
    if (!isSuccess(answer)) throw oauthRefusal(answer, clock.nowMs());
    const discovery = read(answer, profile);
    kept.set(url, { answer, untilMs: clock.nowMs() + keptMs });
    return discovery;
  };
}

function read(answer: HttpAnswer, profile: Parameters<Discover>[0]): Discovery {
  const parsed = discoveryDocument.safeParse(readJson(answer));
  const refuse = (what: string) => {
    const { method, url, status: httpStatus } = answer;
    return new BankError(what, { kind: 'invalid-response', sent: 'answered', method, url, httpStatus });
  };
  if (!parsed.success) throw refuse('The discovery document cannot be used.');
  const { mtls_endpoint_aliases: aliases = {}, ...document } = parsed.data;
  if (document.issuer !== profile.issuer) throw refuse('The discovery document is of another issuer.');
  const { responseModes, tokenEndpointAuthMethods } = profile.discovery;
  const method = profile.registration.tokenEndpointAuthMethod;
  const methods = tokenEndpointAuthMethods ?? document.token_endpoint_auth_methods_supported;
  if (methods?.includes(method) === false)
    throw refuse(`The discovery document does not offer the client authentication ${method}.`);
  const { responseMode } = profile.authorisation;
  const modes: readonly string[] | undefined = responseModes ?? document.response_modes_supported;
  if (modes?.some((mode) => mode === responseMode || mode === `query.${responseMode}`) === false)
    throw refuse(`The discovery document does not offer the response mode ${responseMode}.`);
  return {
    authorizationEndpoint: document.authorization_endpoint,
    jwksUri: document.jwks_uri,
    tokenEndpoint: aliases.token_endpoint ?? document.token_endpoint,
    registrationEndpoint: aliases.registration_endpoint ?? document.registration_endpoint ?? null,
    pushedAuthorisationRequestEndpoint:
      aliases.pushed_authorization_request_endpoint ?? document.pushed_authorization_request_endpoint ?? null,
  };
}
