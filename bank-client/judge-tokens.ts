// Judges a token endpoint's kept answer: what it brought, and whether its ID token belongs to this authorisation.
import type { ConsentKind } from '../bank-profiles/profile.ts';
import type { ResolvedProfile } from '../bank-profiles/resolve-profile.ts';
import { checkIdToken, type IdTokenParts } from './check-id-token.ts';
import { readRawAnswer } from './raw-answer.ts';
import { isObject, readJson } from './refusal.ts';
import { isTokenRefusal } from './token-refusal.ts';
import { invalidAnswer, readTokenResponse, type TokenResponse } from './token-response.ts';
import { tokenScope } from './token-scope.ts';

export interface Tokens {
  accessToken: string;
  refreshToken: string | undefined;
  /** When the access token ends: milliseconds since 1970. */
  expiresAtMs: number;
  /** `sub` of the ID token, when there was one that counts. */
  subject: string | undefined;
}

export interface TokenExpectations {
  kind: ConsentKind;
  grantType: 'authorization_code' | 'refresh_token';
  nonce: string;
  /** Of the consent's first authorisation, where there was an earlier one. */
  firstNonce?: string | undefined;
  /** The bank's id of the consent. */
  externalApiConsentId: string;
  /** Whom the consent is known to be of. */
  customer?: string | undefined;
}

/**
 * @param rawAnswer of the token endpoint
 * @throws {BankError} `grant-ended`, `client-refused`, `rejected` by the bank, `invalid-response` by us
 */
export async function judgeTokens(
  parts: IdTokenParts & { profile: ResolvedProfile },
  rawAnswer: string,
  expected: TokenExpectations,
): Promise<Tokens> {
  const { profile, clock } = parts;
  const answer = readRawAnswer(rawAnswer);
  const isRefresh = expected.grantType === 'refresh_token';
  const grant = profile.grants[expected.kind];
  const place = isRefresh ? grant.refresh : grant.codeExchange;
  const response = readTokenResponse(answer, clock, place, tokenScope(profile, expected.kind, place));
  const { accessToken, idToken, expiresInSeconds } = response;
  const tokens = {
    accessToken,
    refreshToken: isRefresh ? response.refreshToken : acceptedRefreshToken(),
    expiresAtMs: answer.receivedAtMs + expiresInSeconds * 1000,
  };
  if (idToken === undefined) {
    const isFine =
      profile.authorisation.protocol === 'oauth2' || (isRefresh && grant.refresh.idTokenIs === 'optional');
    if (!isFine) throw invalidAnswer(answer, "The bank's answer has no ID token.");
    return { ...tokens, subject: undefined };
  }
  if (profile.authorisation.protocol === 'oauth2')
    throw invalidAnswer(answer, 'An ID token came without having been asked for.');
  try {
    const subject = await checkIdToken(parts, {
      ...{ idToken, choices: place.idToken, isRefresh, beside: { accessToken } },
      ...{ nonce: expected.nonce, firstNonce: expected.firstNonce, customer: expected.customer },
      externalApiConsentId: expected.externalApiConsentId,
    });
    return { ...tokens, subject };
  } catch (error) {
    if (isTokenRefusal(error)) throw invalidAnswer(answer, error.message, error);
    throw error;
  }

  function acceptedRefreshToken(): TokenResponse['refreshToken'] {
    const { refreshToken: policy } = grant.codeExchange;
    if (policy === 'ignored') return undefined;
    if (policy === 'expected' && response.refreshToken === undefined)
      throw invalidAnswer(answer, "The bank's answer has no refresh token.");
    return response.refreshToken;
  }
}

/** Whether a raw answer brought another refresh token than the one it was asked with, whatever else is wrong with it. */
export function bringsOtherRefreshToken(rawAnswer: string, refreshToken: string): boolean {
  const body = readJson(readRawAnswer(rawAnswer));
  return isObject(body) && typeof body.refresh_token === 'string' && body.refresh_token !== refreshToken;
}
