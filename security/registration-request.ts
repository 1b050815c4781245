// The signed request of dynamic client registration, for a new client and for a changed one.
// https://openbankinguk.github.io/dcr-docs-pub/v3.3/dynamic-client-registration.html
import { randomUUID } from 'node:crypto';
import { type CryptoKey, SignJWT } from 'jose';
import type { Clock } from '../clock.ts';

const lifetimeSeconds = 300;

/** @param claims everything the request says; when it was made, until when it holds and its id are added here */
export async function makeRegistrationRequest(request: {
  claims: Record<string, unknown>;
  key: CryptoKey;
  kid: string;
  clock: Clock;
}): Promise<string> {
  const nowSeconds = Math.floor(request.clock.nowMs() / 1000);
  return new SignJWT(request.claims)
    .setProtectedHeader({ alg: 'PS256', kid: request.kid, typ: 'JWT' })
    .setJti(randomUUID())
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + lifetimeSeconds)
    .sign(request.key);
}
