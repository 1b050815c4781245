// An ID token held against what it has to be like at one place of an authorisation: the customer's return, the code
// exchange, a refresh.
import type { ResolvedIdToken } from '../bank-profiles/resolve-profile.ts';
import type { Clock } from '../clock.ts';
import { validateIdToken } from '../security/id-token.ts';
import type { KeySetForm, KeySets } from './key-sets.ts';
import { isUnknownKey } from './token-refusal.ts';

export const strongAuthentication = 'urn:openbanking:psd2:sca';
export const customerAuthentication = 'urn:openbanking:psd2:ca';

/** How old the customer's authentication may be: a day, which is what banks are asked for. */
export const maxAgeSeconds = 86_400;

export interface IdTokenParts {
  keySets: KeySets;
  /** Null: the bank publishes no keys, because it signs nothing. */
  jwksUri: string | null;
  keySetForm: KeySetForm;
  clientId: string;
  strongAuthentication: boolean;
  clock: Clock;
}

export interface IdTokenFacts {
  idToken: string;
  choices: ResolvedIdToken;
  nonce: string;
  /** The nonce of the consent's first authorisation, where there was an earlier one. */
  firstNonce?: string | undefined;
  /** The bank's id of the consent. */
  externalApiConsentId: string;
  /** Whom the consent is known to be of; undefined: nobody knows yet. */
  customer: string | undefined;
  /** What came beside it. */
  beside: { code: string; state: string } | { accessToken: string };
  /** Of a refresh, claims of the authorisation itself may be left out: OpenID Connect Core section 12.2. */
  isRefresh?: boolean;
}

/**
 * @returns `sub`, or undefined where the bank's ID tokens are worth nothing
 * @throws {IdTokenRefused} and like refusals @throws {BankError} when the keys cannot be had
 */
export async function checkIdToken(parts: IdTokenParts, facts: IdTokenFacts): Promise<string | undefined> {
  const { keySets, jwksUri, keySetForm, clientId, clock } = parts;
  const { idToken, choices, externalApiConsentId: consentId, isRefresh = false } = facts;
  if (choices.validation === 'none') return undefined;
  if (jwksUri === null) throw new Error('A bank without keys has no ID tokens to be checked.');
  const subject = { consent: consentId, client: clientId, customer: facts.customer }[choices.subject];
  const nonce = choices.nonce === 'of-first-authorisation' ? (facts.firstNonce ?? facts.nonce) : facts.nonce;
  const left = isRefresh ? (['nonce', 'openbanking_intent_id', 'acr', 'auth_time'] as const) : [];
  const valid = await keySets.check(
    jwksUri,
    (keys) =>
      validateIdToken({
        ...{ idToken, keys, issuer: choices.issuer, clientId, nonce, consentId, clock, ...facts.beside },
        ...(subject === undefined ? {} : { subject }),
        acrValues: parts.strongAuthentication
          ? [strongAuthentication]
          : [strongAuthentication, customerAuthentication],
        ...(isRefresh ? {} : { maxAgeSeconds }),
        tolerance: {
          mayBeAbsent: [...choices.mayLack, ...left],
          expiryUnit: choices.expiryUnit,
          acr: choices.acr,
        },
      }),
    isUnknownKey,
    keySetForm,
  );
  return valid.subject;
}
