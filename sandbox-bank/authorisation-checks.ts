// What a bank looks at in an authorisation request before it shows its pages: the consent it is about, and whether it is
// asked as this bank wants to be asked. Each function throws an error that goes back to the third party.
import type { ProviderClient, ProviderContext } from 'oidc-provider';
import { kindOfFamily } from './consent-kind.ts';
import { idTokenClaims, intentIdIn, intentIdOf } from './intent.ts';
import { errors } from './provider-module.ts';
import { type Consent, isOpen } from './resources/deps.ts';
import type { BankParts } from './running-bank.ts';

/** A request by OpenID Connect; `claims` is its claims parameter. */
export function checkRequest(
  bank: BankParts,
  context: ProviderContext,
  claims: unknown,
  client: ProviderClient,
): void {
  const { authorisation } = bank.personality;
  const intentId = intentIdIn(authorisation, claims);
  if (intentId === undefined) throw new errors.InvalidRequest('openbanking_intent_id is missing');
  const consent = openConsent(bank, intentId, client);
  const asked = String(context.oidc?.params?.scope ?? '').split(' ');
  if (!asked.includes(kindOfFamily(consent.family)))
    throw new errors.InvalidRequest('the consent is of another scope');
  checkEntrance(bank, context, consent);
  checkStrength(authorisation, claims);
  checkResponseMode(authorisation, context);
  checkBesideRequestObject(authorisation, context, consent);
}

/** A request by plain OAuth 2. */
export function checkPlainRequest(bank: BankParts, context: ProviderContext, client: ProviderClient): void {
  const { plainOAuth } = bank.personality.authorisation;
  const parameters = context.oidc?.params ?? {};
  if (!plainOAuth) return;
  const consent = openConsent(bank, intentIdOf(bank.personality, parameters) ?? '', client);
  const { scope, repeated } = plainOAuth;
  if (parameters.scope !== scope) throw new errors.InvalidRequest('the scope is another');
  // Each entrance has a hint of its own, which the address alone tells.
  const wanted = context.req.loginHint ?? plainOAuth.loginHint;
  if (parameters.login_hint !== wanted) throw new errors.InvalidRequest('login_hint is missing or another');
  const isRepeated = consent.status !== 'AWAU';
  if (parameters[repeated.parameter] !== (isRepeated ? repeated.value : undefined))
    throw new errors.InvalidRequest(
      `${repeated.parameter} belongs to repeated authorisations, and only there`,
    );
}

/** Refuses a consent that is not there, not the client's, or no longer to be decided. */
function openConsent({ state }: BankParts, intentId: string, client: ProviderClient): Consent {
  const consent = state.consents.get(intentId);
  if (!consent || consent.clientId !== client.clientId) throw new errors.InvalidRequest('no such consent');
  if (!isOpen(consent)) throw new errors.InvalidRequest(`the consent is ${consent.status}`);
  return consent;
}

/** Where payments have an entrance of their own, each kind of consent has to use its own. */
function checkEntrance({ urls }: BankParts, { req, oidc }: ProviderContext, { family }: Consent): void {
  if (oidc?.route !== 'authorization' || urls.authorisation === urls.paymentAuthorisation) return;
  const own = kindOfFamily(family) === 'payments' ? urls.paymentAuthorisation : urls.authorisation;
  if (!own.endsWith(req.entrance ?? '')) throw new errors.InvalidRequest('this is authorised elsewhere');
}

function checkStrength(
  { strongAuthentication }: BankParts['personality']['authorisation'],
  claims: unknown,
): void {
  if (strongAuthentication === 'welcome') return;
  const { value, values }: { value?: unknown; values?: unknown } = { ...Object(idTokenClaims(claims).acr) };
  const isAsked = [value, values].flat().includes('urn:openbanking:psd2:sca');
  if (isAsked !== (strongAuthentication === 'demanded'))
    throw new errors.InvalidRequest(
      isAsked ? 'there is no strong authentication' : 'acr must ask for strong authentication',
    );
}

function checkResponseMode(
  { responseMode }: BankParts['personality']['authorisation'],
  { oidc }: ProviderContext,
): void {
  const asked = oidc?.params?.response_mode;
  if (responseMode !== 'any' && asked !== undefined && asked !== responseMode)
    throw new errors.InvalidRequest('this response_mode is not offered');
}

function checkBesideRequestObject(
  { besideRequestObject }: BankParts['personality']['authorisation'],
  { query, oidc }: ProviderContext,
  { family }: Consent,
): void {
  for (const { parameter, of } of besideRequestObject) {
    const isWanted = of === undefined || of.includes(kindOfFamily(family));
    if (isWanted && query[parameter] !== oidc?.params?.[parameter])
      throw new errors.InvalidRequest(`${parameter} must stand beside the request object too`);
  }
}
