// The consent an authorisation request is about: `openbanking_intent_id` in its claims parameter (Read/Write profile).
import type { ProviderClient, ProviderContext } from 'oidc-provider';
import { errors } from './provider-module.ts';
import type { BankState, Consent } from './resources/deps.ts';

const scopes = { 'account-access': 'accounts', 'domestic-payment': 'payments' } as const;

/** From the claims parameter, which oidc-provider keeps as text. */
export function intentIdOf(claims: unknown): string | undefined {
  const parsed: unknown = typeof claims === 'string' ? JSON.parse(claims) : claims;
  const value = member(member(member(parsed, 'id_token'), 'openbanking_intent_id'), 'value');
  return typeof value === 'string' ? value : undefined;
}

/** The ID token claims a request asks for, by name. */
export function requestedClaims(claims: unknown): string[] {
  const parsed: unknown = typeof claims === 'string' ? JSON.parse(claims) : claims;
  return Object.keys(member(parsed, 'id_token') ?? {});
}

/** Refuses a request whose consent is not there, not the client's, of another scope, or no longer to be decided. */
export function checkIntent(
  state: BankState,
  context: ProviderContext,
  claims: unknown,
  client: ProviderClient,
): void {
  const intentId = intentIdOf(claims);
  if (intentId === undefined) throw new errors.InvalidRequest('openbanking_intent_id is missing');
  const consent = state.consents.get(intentId);
  if (!consent || consent.clientId !== client.clientId) throw new errors.InvalidRequest('no such consent');
  const asked = String(context.oidc?.params?.scope ?? '').split(' ');
  if (!asked.includes(scopes[consent.family]))
    throw new errors.InvalidRequest('the consent is of another scope');
  if (!isOpen(consent)) throw new errors.InvalidRequest(`the consent is ${consent.status}`);
}

/** An access may be given again under the same consent; a payment is authorised once. */
function isOpen({ family, status }: Consent): boolean {
  return status === 'AWAU' || (family === 'account-access' && (status === 'AUTH' || status === 'CANC'));
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
