// How a payment journey stands, as a token that its customer brings back to the service: a signed JWT, verified with the keys
// of /.well-known/jwks.json. It says nothing of whom or how much: the service knows its own payment.
import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { PaymentJourneyRecord } from '../store/payment-journeys.ts';
import type { ApiDeps } from './deps.ts';
import { standingOf } from './payment-journey-standing.ts';
import { tenantOf } from './tenant.ts';

/** Long enough for a browser to arrive with it. */
const lifetimeSeconds = 600;

/** The issuer where nobody has said how the public listener is reached. */
const nameless = 'durable-open-banking';

export async function signedResult(
  { records, publicUrl, clock }: Pick<ApiDeps, 'records' | 'publicUrl' | 'clock'>,
  journey: PaymentJourneyRecord,
): Promise<string> {
  const { id, privateJwk } = await records.resultKeys.current(tenantOf());
  const { status, isFinal } = standingOf(journey);
  const nowSeconds = Math.floor(clock.nowMs() / 1000);
  return await new SignJWT({ status, isFinal })
    .setProtectedHeader({ alg: 'ES256', typ: 'payment-journey-result+jwt', kid: id })
    .setIssuer(publicUrl() ?? nameless)
    .setAudience(new URL(journey.returnUrl).origin)
    .setSubject(journey.id)
    .setJti(randomUUID())
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + lifetimeSeconds)
    .sign(await importJWK(privateJwk, 'ES256'));
}

/** The keys, as the set that verifiers expect: RFC 7517, section 5. */
export async function resultKeySet({ records }: Pick<ApiDeps, 'records'>) {
  const known = await records.resultKeys.listPublic(tenantOf());
  return { keys: known.map(({ id, publicJwk }) => ({ ...publicJwk, kid: id, alg: 'ES256', use: 'sig' })) };
}
