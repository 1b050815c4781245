// The client assertion of `private_key_jwt`: OpenID Connect Core section 9, RFC 7523 section 3.
import { randomUUID } from 'node:crypto';
import { type CryptoKey, SignJWT } from 'jose';
import type { Clock } from '../clock.ts';
import type { SigningAlgorithm } from './keys.ts';

const lifetimeSeconds = 60;

/** @param audience the token endpoint's URL at most banks, the issuer's at some */
export async function makeClientAssertion(assertion: {
  clientId: string;
  audience: string;
  key: CryptoKey;
  kid: string;
  clock: Clock;
  algorithm?: SigningAlgorithm;
}): Promise<string> {
  const { clientId, audience, key, kid, clock, algorithm = 'PS256' } = assertion;
  const nowSeconds = Math.floor(clock.nowMs() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience)
    .setJti(randomUUID())
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + lifetimeSeconds)
    .sign(key);
}
