// The signed request object of an authorisation request: RFC 9101, FAPI 1.0 part 2 section 5.2.2, and the intent id of
// the UK profile. https://openbankinguk.github.io/read-write-api-site3/v4.0/profiles/read-write-data-api-profile.html
import { randomUUID } from 'node:crypto';
import { type CryptoKey, SignJWT } from 'jose';
import type { Clock } from '../clock.ts';

// The customer's browser takes it along at once. FAPI allows an hour; some banks refuse more than five minutes.
const lifetimeSeconds = 300;

export async function makeRequestObject(request: {
  clientId: string;
  /** The bank's issuer URL. */
  audience: string;
  responseType: 'code' | 'code id_token';
  /** Left out for the fragment, which is what `code id_token` means by itself. */
  responseMode?: 'jwt';
  redirectUri: string;
  scope: string;
  state: string;
  nonce: string;
  consentId: string;
  /** Made with S256. */
  codeChallenge?: string;
  maxAgeSeconds?: number;
  /** Asked for as an essential claim; the standard no longer wants any. */
  acrValues?: string[];
  /** Names the consent among the user info claims too: the old examples did, and a few banks still look there. */
  intentInUserInfo?: boolean;
  key: CryptoKey;
  kid: string;
  clock: Clock;
}): Promise<string> {
  const { clientId, audience, codeChallenge, maxAgeSeconds, acrValues, key, kid, clock } = request;
  const nowSeconds = Math.floor(clock.nowMs() / 1000);
  const intent = { openbanking_intent_id: { value: request.consentId, essential: true } };
  return new SignJWT({
    client_id: clientId,
    response_type: request.responseType,
    ...(request.responseMode && { response_mode: request.responseMode }),
    redirect_uri: request.redirectUri,
    scope: request.scope,
    state: request.state,
    nonce: request.nonce,
    ...(maxAgeSeconds !== undefined && { max_age: maxAgeSeconds }),
    ...(codeChallenge && { code_challenge: codeChallenge, code_challenge_method: 'S256' }),
    claims: {
      id_token: { ...intent, ...(acrValues && { acr: { essential: true, values: acrValues } }) },
      ...(request.intentInUserInfo && { userinfo: intent }),
    },
  })
    .setProtectedHeader({ alg: 'PS256', kid, typ: 'oauth-authz-req+jwt' })
    .setIssuer(clientId)
    .setAudience(audience)
    .setJti(randomUUID())
    .setIssuedAt(nowSeconds)
    .setNotBefore(nowSeconds)
    .setExpirationTime(nowSeconds + lifetimeSeconds)
    .sign(key);
}
