// What came back with the customer's browser, checked before its code is used: FAPI 1.0 part 2 section 5.2.3 (hybrid) and
// JARM.

import type { JSONWebKeySet } from 'jose';
import type { ResolvedProfile } from '../bank-profiles/resolve-profile.ts';
import type { Clock } from '../clock.ts';
import { validateIdToken } from '../security/id-token.ts';
import { readAuthorisationResponse } from '../security/jarm.ts';
import type { KeySets } from './key-sets.ts';
import { isTokenRefusal, isUnknownKey } from './token-refusal.ts';

export interface RedirectParameters {
  code?: string | undefined;
  id_token?: string | undefined;
  response?: string | undefined;
  state?: string | undefined;
}

/** What was sent to the bank in the authorisation request, and has to come back. */
export interface AuthorisationExpectations {
  redirectMode: 'fragment' | 'query' | 'jwt';
  expectsIdToken: boolean;
  state: string;
  nonce: string;
  /** The bank's id of the consent. */
  externalApiConsentId: string;
}

/** The redirect is not what was asked for: forged, altered, or meant for another attempt. */
export class RedirectInvalid extends Error {
  override name = 'RedirectInvalid';
  /** Which check failed, in one word. */
  readonly check: string;
  constructor(check: string) {
    super(`What came back from the bank failed a check: ${check}.`);
    this.check = check;
  }
}

/** The customer said no, or the bank ended the attempt. */
export class AuthorisationRefused extends Error {
  override name = 'AuthorisationRefused';
  /** OAuth error code, as `access_denied`. */
  readonly error: string;
  constructor(error: string) {
    super(`The bank sent the customer back without an authorisation: ${error}.`);
    this.error = error;
  }
}

interface Parts {
  keySets: KeySets;
  jwksUri: string;
  profile: ResolvedProfile;
  clientId: string;
  clock: Clock;
}

/** @throws {RedirectInvalid} @throws {AuthorisationRefused} @throws {BankError} when the keys cannot be had */
export async function readRedirect(
  parts: Parts,
  parameters: RedirectParameters,
  expected: AuthorisationExpectations,
): Promise<{ code: string; subject?: string }> {
  if (expected.redirectMode === 'jwt') return { code: await readSigned(parts, parameters, expected) };
  if (parameters.state !== expected.state) throw new RedirectInvalid('state');
  const { code } = parameters;
  if (!code) throw new RedirectInvalid('code');
  if (!expected.expectsIdToken) return { code };
  const { id_token: idToken } = parameters;
  if (!idToken) throw new RedirectInvalid('id-token');
  const { keySets, jwksUri, profile, clientId, clock } = parts;
  const { state, nonce, externalApiConsentId: consentId } = expected;
  const { subject } = await checkedWithKeys(keySets, jwksUri, (keys) =>
    validateIdToken({
      ...{ idToken, keys, issuer: profile.issuer, clientId, nonce, consentId, code, state, clock },
    }),
  );
  return { code, subject };
}

async function readSigned(
  parts: Parts,
  { response }: RedirectParameters,
  { state }: AuthorisationExpectations,
) {
  const { keySets, jwksUri, profile, clientId, clock } = parts;
  if (!response) throw new RedirectInvalid('response');
  const inside = await checkedWithKeys(keySets, jwksUri, (keys) =>
    readAuthorisationResponse({ response, keys, issuer: profile.issuer, clientId, clock }),
  );
  if (inside.state !== state) throw new RedirectInvalid('state');
  if (inside.error !== undefined) throw new AuthorisationRefused(inside.error);
  if (!inside.code) throw new RedirectInvalid('code');
  return inside.code;
}

async function checkedWithKeys<Result>(
  keySets: KeySets,
  jwksUri: string,
  check: (keys: JSONWebKeySet) => Promise<Result>,
): Promise<Result> {
  try {
    return await keySets.check(jwksUri, check, isUnknownKey);
  } catch (error) {
    if (isTokenRefusal(error)) throw new RedirectInvalid(error.check);
    throw error;
  }
}
