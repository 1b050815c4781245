// A dishonest or careless bank, on demand: ID tokens and signed authorisation answers with other claims or another signature.

import type { KeyObject } from 'node:crypto';
import { CompactSign, type CryptoKey, decodeJwt, decodeProtectedHeader, generateKeyPair } from 'jose';
import type OidcProvider from 'oidc-provider';
import type { Knobs } from './knobs.ts';
import type { BankParts } from './running-bank.ts';

type Changes = NonNullable<Knobs['idTokenChanges']>;

/** Both the authorisation endpoint and the token endpoint issue through the one method that is wrapped here. */
export function changeIdTokens(provider: OidcProvider, { knobs, seal }: BankParts): void {
  const { prototype } = provider.IdToken;
  const issue = prototype.issue;
  prototype.issue = async function (options) {
    const jwt = await issue.call(this, options);
    const changes = knobs.idTokenChanges;
    if (!changes) return jwt;
    const from = isFromAuthorisation(jwt, options.use) ? 'authorisation' : 'token';
    return changes.from === 'both' || changes.from === from ? changed(jwt, changes, seal.key) : jwt;
  };
}

/** Only the ID token that comes beside a code tells the code's hash. */
function isFromAuthorisation(jwt: string, use: string): boolean {
  return use === 'authorization' || decodeJwt(jwt).c_hash !== undefined;
}

async function changed(jwt: string, { claims, signature }: Changes, ownKey: KeyObject): Promise<string> {
  const merged = Object.entries({ ...decodeJwt(jwt), ...claims }).filter(([, value]) => value !== null);
  const payload = Buffer.from(JSON.stringify(Object.fromEntries(merged)));
  const { kid } = decodeProtectedHeader(jwt);
  if (signature === 'none') {
    const header = Buffer.from(JSON.stringify({ alg: 'none', kid }));
    return `${header.toString('base64url')}.${payload.toString('base64url')}.`;
  }
  const key = signature === 'own' ? ownKey : await unpublishedKey();
  return new CompactSign(payload).setProtectedHeader({ alg: 'PS256', ...(kid ? { kid } : {}) }).sign(key);
}

async function unpublishedKey(): Promise<CryptoKey> {
  return (await generateKeyPair('PS256')).privateKey;
}
