// The detached signature of message bodies, `x-jws-signature`: RFC 7515 appendix F with the headers of the UK profile.
// https://openbankinguk.github.io/read-write-api-site3/v4.0/profiles/read-write-data-api-profile.html#message-signing
import { type CryptoKey, FlattenedSign, flattenedVerify, type JSONWebKeySet } from 'jose';
import type { Clock } from '../clock.ts';
import { allowedSkewSeconds, failedCheck, isObject, isTime, type JwsCheck, keyOf } from './signed-jwt.ts';

/** `b64-false` is the style of versions up to 3.1.3 (RFC 7797). */
export type MessageSignatureStyle = 'b64-absent' | 'b64-false';

export type MessageSignatureCheck = JwsCheck | 'header' | 'issued-at' | 'issuer' | 'trust-anchor';

export class SignatureRefused extends Error {
  override name = 'SignatureRefused';
  readonly check: MessageSignatureCheck;

  constructor(check: MessageSignatureCheck) {
    super(`The signature of a message was refused: ${check}.`);
    this.check = check;
  }
}

const claim = (name: string) => `http://openbanking.org.uk/${name}`;
const [iat, iss, tan] = [claim('iat'), claim('iss'), claim('tan')];
const known = new Set(['alg', 'kid', 'typ', 'cty', 'b64', 'crit', iat, iss, tan]);
/** The clocks of banks run ahead of ours, and `iat` has to lie in their past. */
const aheadSeconds = 1;

export async function signMessage(message: {
  /** The exact bytes that are sent. */
  body: Uint8Array;
  key: CryptoKey;
  kid: string;
  /** `{organisation id}/{software id}`. */
  issuer: string;
  /** Domain of the directory that has the key. */
  trustAnchor: string;
  style: MessageSignatureStyle;
  /** Of a body that is no JSON. */
  contentType?: string;
  clock: Clock;
}): Promise<string> {
  const { body, key, kid, issuer, trustAnchor, style, contentType, clock } = message;
  const unencoded = style === 'b64-false';
  const crit = [...(unencoded ? ['b64'] : []), iat, iss, tan];
  const { protected: header, signature } = await new FlattenedSign(body)
    .setProtectedHeader({
      alg: 'PS256',
      kid,
      ...(contentType === undefined ? {} : { cty: contentType }),
      ...(unencoded ? { b64: false } : {}),
      [iat]: Math.floor(clock.nowMs() / 1000) - aheadSeconds,
      [iss]: issuer,
      [tan]: trustAnchor,
      crit,
    })
    .sign(key, { crit: { [iat]: true, [iss]: true, [tan]: true } });
  return `${header}..${signature}`;
}

/** @throws {SignatureRefused} */
export async function verifyMessage(message: {
  signature: string;
  /** The exact bytes that came. */
  body: Uint8Array;
  keys: JSONWebKeySet;
  /** Who has to have signed it: a bank signs as its organisation. */
  issuer?: string;
  trustAnchors: readonly string[];
  clock: Clock;
}): Promise<void> {
  const { signature: detached, body, keys, issuer, trustAnchors, clock } = message;
  const [encoded = '', middle, signature = '', ...rest] = detached.split('.');
  if (encoded === '' || middle !== '' || signature === '' || rest.length > 0)
    throw new SignatureRefused('format');
  const header = parseHeader(encoded);
  if (header === undefined) throw new SignatureRefused('format');
  checkHeader(header);
  if (!isTime(header[iat]) || header[iat] > clock.nowMs() / 1000 + allowedSkewSeconds)
    throw new SignatureRefused('issued-at');
  if (issuer !== undefined && header[iss] !== issuer) throw new SignatureRefused('issuer');
  if (!trustAnchors.some((anchor) => anchor === header[tan])) throw new SignatureRefused('trust-anchor');

  const payload = header.b64 === false ? body : Buffer.from(body).toString('base64url');
  try {
    await flattenedVerify({ protected: encoded, payload, signature }, keyOf(keys), {
      algorithms: ['PS256'],
      crit: { [iat]: true, [iss]: true, [tan]: true },
    });
  } catch (error) {
    throw new SignatureRefused(failedCheck(error));
  }
}

/** Nothing beside what the profile lists, and everything critical that it wants critical. */
function checkHeader(header: Record<string, unknown>): void {
  const { crit, typ, cty, b64 } = header;
  const wanted = [iat, iss, tan, ...(b64 === undefined ? [] : ['b64'])].sort();
  const fits =
    Object.keys(header).every((name) => known.has(name)) &&
    Array.isArray(crit) &&
    JSON.stringify(crit.toSorted()) === JSON.stringify(wanted) &&
    (b64 === undefined || b64 === false) &&
    (typ === undefined || typ === 'JOSE') &&
    (cty === undefined || cty === 'json' || cty === 'application/json');
  if (!fits) throw new SignatureRefused('header');
}

function parseHeader(encoded: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
