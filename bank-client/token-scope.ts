// The scope of a customer's tokens, as it is asked for and has to come back.
import { scopeOfKind } from '../bank-profiles/consent-kind.ts';
import type { ConsentKind } from '../bank-profiles/profile.ts';
import type { ResolvedProfile } from '../bank-profiles/resolve-profile.ts';

/** @param place of an authorisation; its own scope counts instead of the usual one */
export function tokenScope(
  { authorisation }: Pick<ResolvedProfile, 'authorisation'>,
  kind: ConsentKind,
  place: { scope?: string | undefined },
): string {
  const scope = place.scope ?? scopeOfKind[kind];
  return authorisation.protocol === 'openid-connect' ? `openid ${scope}` : scope;
}
