// The discovery document and the key set as the bank publishes them, its peculiarities included (OpenID Connect Discovery 1.0).
import type { BankParts } from './running-bank.ts';

/** oidc-provider names every endpoint on the host that was asked; this names each where it is. */
export function discoveryDocument({ urls, personality }: BankParts, body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('issuer' in body)) return body;
  const { authorisation, registration, discovery } = personality;
  const places: Record<string, string> = {
    authorization_endpoint: urls.authorisation,
    jwks_uri: urls.keys,
    token_endpoint: urls.token,
    pushed_authorization_request_endpoint: urls.pushedRequests,
    introspection_endpoint: urls.introspection,
    revocation_endpoint: urls.revocation,
  };
  const grantTypes = 'grant_types_supported' in body ? [body.grant_types_supported].flat() : [];
  const document: Record<string, unknown> = {
    ...body,
    ...Object.fromEntries(Object.entries(places).filter(([name]) => name in body)),
    // Hybrid makes oidc-provider list it; nobody may have it.
    grant_types_supported: grantTypes.filter((type) => type !== 'implicit'),
    ...(registration.offered ? { registration_endpoint: urls.registration } : {}),
    response_modes_supported: trueResponseModes(authorisation),
    tls_client_certificate_bound_access_tokens: true,
  };
  // There for the claims parameter's sake; nobody is served there.
  delete document.userinfo_endpoint;
  const { responseModes, tokenAuthMethods } = discovery;
  if (responseModes === 'missing') delete document.response_modes_supported;
  else if (responseModes !== 'true') document.response_modes_supported = responseModes;
  if (tokenAuthMethods !== 'true') document.token_endpoint_auth_methods_supported = tokenAuthMethods;
  return document;
}

/** The key set, or what some banks think is one. */
export function keySet({ personality }: BankParts, body: unknown): unknown {
  if (!personality.discovery.bareKeySet || typeof body !== 'object' || body === null) return body;
  return 'keys' in body ? body.keys : body;
}

function trueResponseModes({
  signedResponses,
  responseMode,
}: BankParts['personality']['authorisation']): string[] {
  if (signedResponses) return ['query.jwt', 'fragment.jwt', 'jwt'];
  return [responseMode === 'any' ? 'fragment' : responseMode];
}
