// The sandbox's keys and certificates in a folder, made at the first start and kept: what was issued stays valid.
import { createHash, createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import type { Clock } from '../clock.ts';
import { type Identity, issueAuthority, issueSeal, issueServer, type Organisation } from './certificates.ts';

export interface Pki {
  folder: string;
  authority: Identity;
  /** Where the authority's certificate is: what clients of the sandbox must trust. */
  authorityFile: string;
  server: Identity;
}

/** A key to sign with, and the public key others find under its `kid`. */
export interface Seal {
  kid: string;
  key: KeyObject;
  publicJwk: JWK;
}

export async function openPki(folder: string, host: string, clock: Clock): Promise<Pki> {
  const nowMs = clock.nowMs();
  const authority = await keptIdentity(folder, 'authority', () => issueAuthority('Sandbox Authority', nowMs));
  const server = await keptIdentity(folder, `server-${host}`, () => issueServer(authority, host, nowMs));
  return { folder, authority, authorityFile: join(folder, 'authority.pem'), server };
}

/** The seal of a bank or of the directory. */
export async function openSeal(
  pki: Pki,
  name: string,
  organisation: Organisation,
  clock: Clock,
): Promise<Seal> {
  return sealOf(
    await keptIdentity(pki.folder, name, () => issueSeal(pki.authority, organisation, clock.nowMs())),
  );
}

/** The identity kept as `<name>.pem` and `<name>.key`, or a new one put there; keys are for the owner's eyes. */
export async function keptIdentity(
  folder: string,
  name: string,
  issue: () => Promise<Identity>,
): Promise<Identity> {
  const certificateFile = join(folder, `${name}.pem`);
  const keyFile = join(folder, `${name}.key`);
  if (existsSync(certificateFile) && existsSync(keyFile)) {
    return { certificate: readFileSync(certificateFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  }
  const identity = await issue();
  mkdirSync(folder, { recursive: true });
  writeFileSync(keyFile, identity.key, { mode: 0o600 });
  writeFileSync(certificateFile, identity.certificate);
  return identity;
}

export function sealOf(identity: Identity): Seal {
  const key = createPrivateKey(identity.key);
  const publicJwk = createPublicKey(key).export({ format: 'jwk' });
  const kid = thumbprintOf(publicJwk);
  const der = new X509Certificate(identity.certificate).raw.toString('base64');
  return { kid, key, publicJwk: { ...publicJwk, kid, use: 'sig', alg: 'PS256', x5c: [der] } };
}

/** RFC 7638, for RSA keys. */
function thumbprintOf({ e, kty, n }: JWK): string {
  return createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');
}
