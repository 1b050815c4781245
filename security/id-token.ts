// Full validation of ID tokens, those beside a code and those from the token endpoint: OpenID Connect Core sections
// 3.1.3.7 and 3.3.2.11, FAPI 1.0 part 2 section 5.2.3 (detached signature), and the intent id of the UK profile.
import { createHash } from 'node:crypto';
import type { JSONWebKeySet } from 'jose';
import type { Clock } from '../clock.ts';
import {
  allowedSkewSeconds,
  type Claims,
  checkAddressing,
  type FapiAlgorithm,
  isTime,
  type JwtCheck,
  openSignedJwt,
} from './signed-jwt.ts';

/** A claim a bank may be known to leave out. One that is there is checked all the same. */
export type OmissibleClaim = 'nonce' | 's_hash' | 'c_hash' | 'acr' | 'auth_time' | 'openbanking_intent_id';

/** What is forgiven to one bank. Nothing is by default. */
export interface IdTokenTolerance {
  mayBeAbsent?: readonly OmissibleClaim[];
  expiryUnit?: 'seconds' | 'milliseconds';
  /** `any`: the bank answers other authentication contexts than it was asked for. */
  acr?: 'as-asked' | 'any';
}

export interface IdTokenExpectations {
  idToken: string;
  keys: JSONWebKeySet;
  /** What the client registered as `id_token_signed_response_alg`. */
  algorithm?: FapiAlgorithm;
  issuer: string;
  clientId: string;
  nonce: string;
  consentId: string;
  clock: Clock;
  /** The code that came beside the ID token: `c_hash` must match it. */
  code?: string;
  /** The state that came beside the ID token: `s_hash` must match it. */
  state?: string;
  /** The access token that came with the ID token: `at_hash` must match it if there is one. */
  accessToken?: string;
  /** Who the authorisation's first ID token was about. */
  subject?: string;
  requireAuthTime?: boolean;
  /** What was sent as `max_age`; it makes `auth_time` a must. */
  maxAgeSeconds?: number;
  /** What was asked for as an essential claim. */
  acrValues?: readonly string[];
  tolerance?: IdTokenTolerance;
}

export type IdTokenCheck =
  | JwtCheck
  | 'issued-at'
  | 'subject'
  | 'nonce'
  | 'state-hash'
  | 'code-hash'
  | 'access-token-hash'
  | 'intent-id'
  | 'acr'
  | 'auth-time';

export class IdTokenRefused extends Error {
  override name = 'IdTokenRefused';
  readonly check: IdTokenCheck;

  constructor(check: IdTokenCheck) {
    super(`The bank's ID token was refused: ${check}.`);
    this.check = check;
  }
}

// A token is made when it is handed out. FAPI's conformance suite sends one that is a week old.
const oldestSeconds = 3600;

/** @throws {IdTokenRefused} */
export async function validateIdToken(
  expected: IdTokenExpectations,
): Promise<{ subject: string; claims: Claims }> {
  const { idToken: jwt, keys, algorithm: only, tolerance = {} } = expected;
  const { algorithm, claims } = await openSignedJwt({ jwt, keys, ...(only && { algorithm: only }) }, refuse);
  checkAddressing(claims, { ...expected, expiryUnit: tolerance.expiryUnit ?? 'seconds' }, refuse);
  checkIssuedAt(claims, expected);
  const subject = checkSubject(claims, expected);
  checkClaim('nonce', claims.nonce, [expected.nonce], 'nonce', tolerance);
  checkClaim(
    'openbanking_intent_id',
    claims.openbanking_intent_id,
    [expected.consentId],
    'intent-id',
    tolerance,
  );
  checkHashes(claims, algorithm, expected);
  checkAuthentication(claims, expected);
  return { subject, claims };
}

/** Base64url of the left half of a value's hash, by the hash of the ID token's own algorithm. */
export function leftHalfHash(value: string, algorithm: string): string {
  const digest = createHash(`sha${algorithm.slice(-3)}`)
    .update(value)
    .digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}

function checkIssuedAt({ iat }: Claims, { clock }: IdTokenExpectations): void {
  const nowSeconds = clock.nowMs() / 1000;
  if (!isTime(iat)) throw refuse('issued-at');
  if (iat - allowedSkewSeconds > nowSeconds || iat + oldestSeconds < nowSeconds) throw refuse('issued-at');
}

function checkSubject({ sub }: Claims, expected: IdTokenExpectations): string {
  if (typeof sub !== 'string' || sub === '') throw refuse('subject');
  if (expected.subject !== undefined && sub !== expected.subject) throw refuse('subject');
  return sub;
}

function checkHashes(claims: Claims, algorithm: string, expected: IdTokenExpectations): void {
  const { state, code, accessToken, tolerance = {} } = expected;
  if (state !== undefined)
    checkClaim('s_hash', claims.s_hash, [leftHalfHash(state, algorithm)], 'state-hash', tolerance);
  if (code !== undefined)
    checkClaim('c_hash', claims.c_hash, [leftHalfHash(code, algorithm)], 'code-hash', tolerance);
  const { at_hash: hash } = claims;
  if (accessToken === undefined || hash === undefined) return; // optional at the token endpoint
  if (hash !== leftHalfHash(accessToken, algorithm)) throw refuse('access-token-hash');
}

function checkAuthentication(claims: Claims, expected: IdTokenExpectations): void {
  const { acrValues, maxAgeSeconds, requireAuthTime = false, clock, tolerance = {} } = expected;
  if (acrValues) {
    // Another context than was asked for may be forgiven; that there is none is another matter.
    const accepted = tolerance.acr === 'any' && typeof claims.acr === 'string' ? [claims.acr] : acrValues;
    checkClaim('acr', claims.acr, accepted, 'acr', tolerance);
  }

  const { auth_time: authTime } = claims;
  if (authTime === undefined) {
    const wanted = requireAuthTime || maxAgeSeconds !== undefined;
    if (wanted && !tolerance.mayBeAbsent?.includes('auth_time')) throw refuse('auth-time');
    return;
  }
  const nowSeconds = clock.nowMs() / 1000;
  if (!isTime(authTime) || authTime - allowedSkewSeconds > nowSeconds) throw refuse('auth-time');
  if (maxAgeSeconds !== undefined && authTime + maxAgeSeconds + allowedSkewSeconds < nowSeconds)
    throw refuse('auth-time');
}

function checkClaim(
  claim: OmissibleClaim,
  value: unknown,
  accepted: readonly string[],
  check: IdTokenCheck,
  { mayBeAbsent = [] }: IdTokenTolerance,
): void {
  if (value === undefined && mayBeAbsent.includes(claim)) return;
  if (typeof value !== 'string' || !accepted.includes(value)) throw refuse(check);
}

function refuse(check: IdTokenCheck): IdTokenRefused {
  return new IdTokenRefused(check);
}
