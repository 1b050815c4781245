// x-jws-signature: detached JWS over the exact bytes of a body, both ways (Read/Write profile, "Message signing").
import { base64url, FlattenedSign, flattenedVerify, importJWK, type JSONWebKeySet, type JWK } from 'jose';
import type { ResourceDeps, ResourceKnobs } from './deps.ts';
import { badRequest, type ErrorCode, type Refusal } from './errors.ts';

const iat = 'http://openbanking.org.uk/iat';
const iss = 'http://openbanking.org.uk/iss';
const tan = 'http://openbanking.org.uk/tan';
const claims = [iat, iss, tan];
const understood = { [iat]: true, [iss]: true, [tan]: true };
const knownMembers = new Set(['alg', 'kid', 'typ', 'cty', 'b64', 'crit', ...claims]);

/** A signature lives as long as a request may wait to be sent again; the clocks may differ a little. */
const longestAgeSeconds = 3_600;
const clockSkewSeconds = 5;

export interface SignedRequest {
  signature: string | null;
  body: Uint8Array;
  /** The client's public keys. */
  keys: JSONWebKeySet;
  /** `{organisation}/{software statement}`. */
  issuer: string;
  trustAnchor: string;
  style: ResourceKnobs['signatureStyle'];
  nowMs: number;
  /** Of the body; the signature must name it where it is not JSON. */
  mediaType: string;
}

/** Whether the request used `b64: false`, so that the answer can do the same. Throws a Refusal (400, U015 to U019). */
export async function verifyMessageSignature(request: SignedRequest): Promise<{ unencoded: boolean }> {
  if (request.signature === null || request.signature === '') throw refusal('U019', 'is missing');
  const [encodedHeader, middle, signature, ...rest] = request.signature.split('.');
  if (!encodedHeader || middle !== '' || !signature || rest.length > 0)
    throw refusal('U018', 'is not detached');
  const header = parseHeader(encodedHeader);
  const unencoded = checkHeader(header, request);
  const jwk = request.keys.keys.find(({ kid }) => kid === header.kid);
  if (!jwk) throw refusal('U015', 'names a key that is not in the directory');
  const payload = unencoded ? request.body : base64url.encode(request.body);
  if (!(await verifies({ protected: encodedHeader, payload, signature }, jwk)))
    throw refusal('U015', 'does not verify');
  return { unencoded };
}

/** The header value for an answer with this body. */
export async function signMessage(
  body: Uint8Array,
  signing: ResourceDeps['signing'],
  options: { unencoded: boolean; nowMs: number; mediaType?: string },
): Promise<string> {
  const { mediaType = 'application/json' } = options;
  const header = {
    ...(options.unencoded ? { b64: false } : {}),
    alg: 'PS256',
    kid: signing.kid,
    ...(isJson(mediaType) ? {} : { cty: mediaType }),
    // Rounded down: a signature must not come from the future.
    [iat]: Math.floor(options.nowMs / 1000),
    [iss]: signing.orgId,
    [tan]: signing.trustAnchor,
    crit: options.unencoded ? ['b64', ...claims] : claims,
  };
  const jws = await new FlattenedSign(body)
    .setProtectedHeader(header)
    .sign(signing.key, { crit: understood });
  return `${jws.protected}..${jws.signature}`;
}

function refusal(code: ErrorCode, what: string): Refusal {
  return badRequest(code, `x-jws-signature ${what}`, 'x-jws-signature');
}

function parseHeader(encoded: string): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(base64url.decode(encoded)),
    );
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) return { ...header };
  } catch {
    // Not base64url, not UTF-8 or not JSON: told below.
  }
  throw refusal('U018', 'has no readable header');
}

function checkHeader(header: Record<string, unknown>, request: SignedRequest): boolean {
  for (const name of ['alg', 'kid', 'crit', ...claims]) {
    if (header[name] === undefined) throw refusal('U017', `lacks ${name}`);
  }
  const stranger = Object.keys(header).find((name) => !knownMembers.has(name));
  if (stranger !== undefined) throw refusal('U016', 'has a member that is not in the profile');
  const unencoded = checkStyle(header.b64, request.style);
  const wrong = wrongClaim(header, unencoded, request);
  if (wrong !== undefined) throw refusal('U016', `has a wrong ${wrong}`);
  return unencoded;
}

/** `b64` is either the false of versions up to 3.1.3 or absent. */
function checkStyle(b64: unknown, style: ResourceKnobs['signatureStyle']): boolean {
  if (b64 !== undefined && b64 !== false) throw refusal('U016', 'has a wrong b64');
  if (b64 === false && style === 'b64-absent') throw refusal('U016', 'must not have b64');
  if (b64 === undefined && style === 'b64-false') throw refusal('U017', 'lacks b64');
  return b64 === false;
}

function wrongClaim(
  header: Record<string, unknown>,
  unencoded: boolean,
  request: SignedRequest,
): string | undefined {
  const { typ, cty, crit } = header;
  if (header.alg !== 'PS256') return 'alg';
  if (typ !== undefined && typ !== 'JOSE') return 'typ';
  if (!isRightContentType(cty, request.mediaType)) return 'cty';
  const wanted = unencoded ? ['b64', ...claims] : claims;
  const exact =
    Array.isArray(crit) && crit.length === wanted.length && wanted.every((name) => crit.includes(name));
  if (!exact) return 'crit';
  if (!isRecent(header[iat], request.nowMs)) return 'iat';
  if (header[iss] !== request.issuer) return 'iss';
  if (header[tan] !== request.trustAnchor) return 'tan';
  return undefined;
}

/** May be left out for JSON only; `application/` may be left out everywhere (RFC 7515, section 4.1.10). */
function isRightContentType(cty: unknown, mediaType: string): boolean {
  if (cty === undefined) return isJson(mediaType);
  if (typeof cty !== 'string') return false;
  const [named = ''] = cty.toLowerCase().split(';');
  return (named.includes('/') ? named : `application/${named}`).trim() === mediaType;
}

function isJson(mediaType: string): boolean {
  return mediaType === 'application/json';
}

function isRecent(issuedAt: unknown, nowMs: number): boolean {
  if (typeof issuedAt !== 'number' || !Number.isFinite(issuedAt)) return false;
  const ageSeconds = nowMs / 1000 - issuedAt;
  return ageSeconds >= -clockSkewSeconds && ageSeconds <= longestAgeSeconds;
}

async function verifies(jws: Parameters<typeof flattenedVerify>[0], jwk: JWK): Promise<boolean> {
  try {
    await flattenedVerify(jws, await importJWK(jwk, 'PS256'), { crit: understood, algorithms: ['PS256'] });
    return true;
  } catch {
    return false;
  }
}
