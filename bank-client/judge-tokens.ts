// Judges a token endpoint's kept answer: what it brought, and whether its ID token belongs to this authorisation.
import type { Clock } from '../clock.ts';
import { validateIdToken } from '../security/id-token.ts';
import type { KeySets } from './key-sets.ts';
import { readRawAnswer } from './raw-answer.ts';
import { isObject, readJson } from './refusal.ts';
import { isTokenRefusal, isUnknownKey } from './token-refusal.ts';
import { invalidAnswer, readTokenResponse } from './token-response.ts';

export interface Tokens {
  accessToken: string;
  refreshToken: string | undefined;
  /** When the access token ends: milliseconds since 1970. */
  expiresAtMs: number;
  /** `sub` of the ID token, when there was one. */
  subject: string | undefined;
}

export interface TokenExpectations {
  /** Of a refresh an ID token is optional, and its nonce too: OpenID Connect Core section 12.2. */
  grantType: 'authorization_code' | 'refresh_token';
  nonce: string;
  /** The bank's id of the consent. */
  externalApiConsentId: string;
  /** Of the authorisation's first ID token, where there was one. */
  subject?: string | undefined;
}

interface Parts {
  keySets: KeySets;
  jwksUri: string;
  issuer: string;
  clientId: string;
  clock: Clock;
}

/**
 * @param rawAnswer of the token endpoint
 * @throws {BankError} `grant-ended`, `client-refused`, `rejected` by the bank, `invalid-response` by us
 */
export async function judgeTokens(
  parts: Parts,
  rawAnswer: string,
  expected: TokenExpectations,
): Promise<Tokens> {
  const { keySets, jwksUri, issuer, clientId, clock } = parts;
  const answer = readRawAnswer(rawAnswer);
  const { idToken, accessToken, refreshToken, expiresInSeconds } = readTokenResponse(answer, clock);
  const tokens = { accessToken, refreshToken, expiresAtMs: answer.receivedAtMs + expiresInSeconds * 1000 };
  const isRefresh = expected.grantType === 'refresh_token';
  if (idToken === undefined) {
    if (isRefresh) return { ...tokens, subject: undefined };
    throw invalidAnswer(answer, "The bank's answer has no ID token.");
  }
  const { nonce, externalApiConsentId: consentId, subject } = expected;
  try {
    const valid = await keySets.check(
      jwksUri,
      (keys) =>
        validateIdToken({
          ...{ idToken, keys, issuer, clientId, nonce, consentId, accessToken, clock },
          ...(subject === undefined ? {} : { subject }),
          ...(isRefresh ? { tolerance: { mayBeAbsent: ['nonce', 'openbanking_intent_id'] } } : {}),
        }),
      isUnknownKey,
    );
    return { ...tokens, subject: valid.subject };
  } catch (error) {
    if (isTokenRefusal(error)) throw invalidAnswer(answer, error.message, error);
    throw error;
  }
}

/** Whether a raw answer brought another refresh token than the one it was asked with, whatever else is wrong with it. */
export function bringsOtherRefreshToken(rawAnswer: string, refreshToken: string): boolean {
  const body = readJson(readRawAnswer(rawAnswer));
  return isObject(body) && typeof body.refresh_token === 'string' && body.refresh_token !== refreshToken;
}
