// What kind of consent a grant or a token request is about, for the rules that differ by it.
import type { ProviderContext } from 'oidc-provider';
import { Kind } from './personalities/token-rules.ts';
import type { Consent } from './resources/deps.ts';
import type { BankParts } from './running-bank.ts';

export function kindOfFamily(family: Consent['family']): Kind {
  if (family === 'account-access') return 'accounts';
  return family === 'funds-confirmation' ? 'fundsconfirmations' : 'payments';
}

/** Of the consent behind a grant; for a client's own token by the scope it asks for. */
export function kindOf({ grants, state }: BankParts, { oidc }: ProviderContext): Kind | undefined {
  const given = grants.get(oidc?.entities.Grant?.jti ?? '');
  const consent = state.consents.get(given?.consentId ?? '');
  if (consent) return kindOfFamily(consent.family);
  const scopes = String(oidc?.params?.scope ?? '').split(' ');
  return Kind.options.find((kind) => scopes.includes(kind));
}
