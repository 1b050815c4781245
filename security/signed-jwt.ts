// Opens JWTs that others signed: RFC 7515 section 5.2 and RFC 7519 section 7.2, as narrow as FAPI 1.0 part 2 has it.
import {
  type CompactVerifyGetKey,
  compactVerify,
  createLocalJWKSet,
  errors,
  type FlattenedVerifyGetKey,
  type JSONWebKeySet,
} from 'jose';
import type { Clock } from '../clock.ts';

/** FAPI 1.0 part 2 section 8.6; `none` and everything else is refused. */
export type FapiAlgorithm = 'PS256' | 'ES256';
const fapiAlgorithms: FapiAlgorithm[] = ['PS256', 'ES256'];

/** How far the clocks of others may be off ours. */
export const allowedSkewSeconds = 30;

export type Claims = Record<string, unknown>;

/** What was wrong with a signature; `unknown-key` is the one that a newer key set may cure. */
export type JwsCheck = 'format' | 'algorithm' | 'unknown-key' | 'signature';
export type JwtCheck = JwsCheck | 'issuer' | 'audience' | 'expiry' | 'not-before';

/** Makes the error of the caller's own kind. */
type Refuse<Check> = (check: Check) => Error;

export interface SignedJwt {
  jwt: string;
  keys: JSONWebKeySet;
  /** When the sender registered one algorithm, only that one. */
  algorithm?: FapiAlgorithm;
}

/** The claims of a JWT whose signature holds; none of them is judged. */
export async function openSignedJwt(
  { jwt, keys, algorithm }: SignedJwt,
  refuse: Refuse<JwsCheck>,
): Promise<{ algorithm: string; claims: Claims }> {
  const algorithms = algorithm ? [algorithm] : fapiAlgorithms;
  const { payload, protectedHeader } = await compactVerify(jwt, keyOf(keys), { algorithms }).catch(
    (error) => {
      throw refuse(failedCheck(error));
    },
  );
  const claims = parseClaims(payload);
  if (claims === undefined) throw refuse('format');
  return { algorithm: protectedHeader.alg, claims };
}

/** Finds the key when it is asked for, so that a broken key set is a key that is not found. */
export function keyOf(keys: JSONWebKeySet): CompactVerifyGetKey & FlattenedVerifyGetKey {
  return (header, token) => createLocalJWKSet(keys)(header, token);
}

/** What jose's verification failed at. */
export function failedCheck(error: unknown): JwsCheck {
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  if (error instanceof errors.JWSInvalid || error instanceof errors.JOSENotSupported) return 'format';
  return 'unknown-key'; // none or several match, or the one that does is no key or a weak one
}

export interface Addressing {
  issuer: string;
  clientId: string;
  clock: Clock;
  /** The specification has seconds (NumericDate). */
  expiryUnit?: 'seconds' | 'milliseconds';
}

/** What ends later is told in another unit: nobody means a token to live for longer than ten years. */
const longestSeconds = 10 * 366 * 86_400;

/** Is it from them, for us alone, and valid now? */
export function checkAddressing(claims: Claims, addressing: Addressing, refuse: Refuse<JwtCheck>): void {
  const { issuer, clientId, clock, expiryUnit = 'seconds' } = addressing;
  const nowSeconds = clock.nowMs() / 1000;
  const { iss, aud, azp, exp, nbf } = claims;
  if (iss !== issuer) throw refuse('issuer');

  // We know of no other party that a bank could rightly add, so more audiences are refused even with an `azp`.
  const audiences = Array.isArray(aud) ? aud : [aud];
  if (audiences.length === 0 || audiences.some((audience) => audience !== clientId)) throw refuse('audience');
  if (azp !== undefined && azp !== clientId) throw refuse('audience');

  if (!isTime(exp)) throw refuse('expiry');
  const expSeconds = expiryUnit === 'milliseconds' ? exp / 1000 : exp;
  if (expSeconds + allowedSkewSeconds <= nowSeconds) throw refuse('expiry');
  if (expSeconds > nowSeconds + longestSeconds) throw refuse('expiry');
  if (nbf !== undefined && !(isTime(nbf) && nbf - allowedSkewSeconds <= nowSeconds))
    throw refuse('not-before');
}

export function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function parseClaims(payload: Uint8Array): Claims | undefined {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
