// The consent an authorisation request is about: `openbanking_intent_id` in its claims parameter (Read/Write profile), or
// a parameter of its own at a bank without OpenID Connect.
import type { Personality } from './personalities/personality.ts';

type AuthorisationChoices = Personality['authorisation'];

/** The consent's id in the parameters of a request, of which oidc-provider keeps the claims as text. */
export function intentIdOf(
  { authorisation }: Personality,
  parameters: Record<string, unknown>,
): string | undefined {
  const { plainOAuth } = authorisation;
  if (plainOAuth) {
    const value = parameters[plainOAuth.consentParameter];
    return typeof value === 'string' ? value : undefined;
  }
  return intentIdIn(authorisation, parameters.claims);
}

export function intentIdIn(authorisation: AuthorisationChoices, claims: unknown): string | undefined {
  const value = member(idTokenClaims(claims).openbanking_intent_id, 'value');
  return consentIdOf(authorisation, value);
}

/** Nothing where the bank's prefix is missing. */
export function consentIdOf({ consentIdPrefix }: AuthorisationChoices, claim: unknown): string | undefined {
  if (typeof claim !== 'string' || !claim.startsWith(consentIdPrefix)) return undefined;
  return claim.slice(consentIdPrefix.length);
}

/** The ID token claims a request asks for, by name. */
export function idTokenClaims(claims: unknown): Record<string, unknown> {
  const parsed: unknown = typeof claims === 'string' ? JSON.parse(claims) : claims;
  const asked = member(parsed, 'id_token');
  return typeof asked === 'object' && asked !== null ? { ...asked } : {};
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
