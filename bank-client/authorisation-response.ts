// What came back with the customer's browser, checked before its code is used: FAPI 1.0 part 2 section 5.2.3 (hybrid) and
// JARM.
import type { ConsentKind } from '../bank-profiles/profile.ts';
import type { ResolvedProfile } from '../bank-profiles/resolve-profile.ts';
import { readAuthorisationResponse } from '../security/jarm.ts';
import { checkIdToken, type IdTokenParts } from './check-id-token.ts';
import { isTokenRefusal, isUnknownKey } from './token-refusal.ts';

export interface RedirectParameters {
  code?: string | undefined;
  id_token?: string | undefined;
  response?: string | undefined;
  state?: string | undefined;
}

/** What was sent to the bank in the authorisation request, and has to come back. */
export interface AuthorisationExpectations {
  kind: ConsentKind;
  redirectMode: 'fragment' | 'query' | 'jwt';
  expectsIdToken: boolean;
  state: string;
  nonce: string;
  /** Of the consent's first authorisation, where there was an earlier one. */
  firstNonce?: string | undefined;
  /** Whom the consent is known to be of. */
  customer?: string | undefined;
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

type Parts = IdTokenParts & { profile: ResolvedProfile };

/** @throws {RedirectInvalid} @throws {AuthorisationRefused} @throws {BankError} when the keys cannot be had */
export async function readRedirect(
  parts: Parts,
  parameters: RedirectParameters,
  expected: AuthorisationExpectations,
): Promise<{ code: string; subject?: string | undefined }> {
  if (expected.redirectMode === 'jwt') return { code: await readSigned(parts, parameters, expected) };
  if (parameters.state !== expected.state) throw new RedirectInvalid('state');
  const { code } = parameters;
  if (!code) throw new RedirectInvalid('code');
  if (!expected.expectsIdToken) return { code };
  const { id_token: idToken } = parameters;
  if (!idToken) throw new RedirectInvalid('id-token');
  const { state, nonce, firstNonce, externalApiConsentId, customer, kind } = expected;
  const choices = parts.profile.grants[kind].authorisation.idToken;
  const subject = await refusing(() =>
    checkIdToken(parts, {
      ...{ idToken, choices, nonce, firstNonce, externalApiConsentId, customer, beside: { code, state } },
    }),
  );
  return { code, subject };
}

async function readSigned(
  { keySets, jwksUri, keySetForm, profile, clientId, clock }: Parts,
  { response }: RedirectParameters,
  { state }: AuthorisationExpectations,
) {
  if (!response) throw new RedirectInvalid('response');
  if (jwksUri === null) throw new Error('A bank without keys signs no answers.');
  const inside = await refusing(() =>
    keySets.check(
      jwksUri,
      (keys) => readAuthorisationResponse({ response, keys, issuer: profile.issuer, clientId, clock }),
      isUnknownKey,
      keySetForm,
    ),
  );
  if (inside.state !== state) throw new RedirectInvalid('state');
  if (inside.error !== undefined) throw new AuthorisationRefused(inside.error);
  if (!inside.code) throw new RedirectInvalid('code');
  return inside.code;
}

async function refusing<Result>(check: () => Promise<Result>): Promise<Result> {
  try {
    return await check();
  } catch (error) {
    if (isTokenRefusal(error)) throw new RedirectInvalid(error.check);
    throw error;
  }
}
