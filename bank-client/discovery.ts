// The bank's own account of its endpoints and keys: OpenID Connect Discovery 1.0, with RFC 8705 and RFC 9126.
import { z } from 'zod';
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
  mtls_endpoint_aliases: z.object(endpoints).optional(),
});

export interface Discovery {
  authorizationEndpoint: string;
  jwksUri: string;
  /** The ones that mutual TLS is spoken to, where the bank has others for it. */
  tokenEndpoint: string;
  registrationEndpoint: string | null;
  pushedAuthorisationRequestEndpoint: string | null;
}

export type Discover = (issuer: string) => Promise<Discovery>;

const keptMs = 60 * 60_000;

/** Documents are kept for an hour. @returns rejects with a BankError; `invalid-response` when it is another issuer's */
export function createDiscovery(transport: Transport, clock: Clock): Discover {
  const kept = new Map<string, { discovery: Discovery; untilMs: number }>();
  return async (issuer) => {
    const earlier = kept.get(issuer);
    if (earlier !== undefined && clock.nowMs() < earlier.untilMs) return earlier.discovery;
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const answer = await transport.send({ method: 'GET', url, headers: { accept: 'application/json' } });
    if (!isSuccess(answer)) throw oauthRefusal(answer, clock.nowMs());
    const discovery = read(answer, issuer);
    kept.set(issuer, { discovery, untilMs: clock.nowMs() + keptMs });
    return discovery;
  };
}

function read(answer: HttpAnswer, issuer: string): Discovery {
  const parsed = discoveryDocument.safeParse(readJson(answer));
  const refuse = (what: string) => {
    const { method, url, status: httpStatus } = answer;
    return new BankError(what, { kind: 'invalid-response', sent: 'answered', method, url, httpStatus });
  };
  if (!parsed.success) throw refuse('The discovery document cannot be used.');
  const { mtls_endpoint_aliases: aliases = {}, ...document } = parsed.data;
  if (document.issuer !== issuer) throw refuse('The discovery document is of another issuer.');
  return {
    authorizationEndpoint: document.authorization_endpoint,
    jwksUri: document.jwks_uri,
    tokenEndpoint: aliases.token_endpoint ?? document.token_endpoint,
    registrationEndpoint: aliases.registration_endpoint ?? document.registration_endpoint ?? null,
    pushedAuthorisationRequestEndpoint:
      aliases.pushed_authorization_request_endpoint ?? document.pushed_authorization_request_endpoint ?? null,
  };
}
