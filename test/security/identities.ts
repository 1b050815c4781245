// Keys, certificates and clocks for the tests of this room, made anew in every run.
import 'reflect-metadata';
import { createPrivateKey, generateKeyPairSync, webcrypto } from 'node:crypto';
import { type JsonNameParams, Name, X509CertificateGenerator } from '@peculiar/x509';
import { type CryptoKey, exportJWK, importPKCS8, type JWK } from 'jose';
import type { Clock } from '../../clock.ts';

export const nowSeconds = 1_790_000_000;

export function clockAt(seconds: number): Clock {
  return { nowMs: () => seconds * 1000, now: () => new Date(seconds * 1000) };
}

export const clock = clockAt(nowSeconds);

export interface SigningKey {
  kid: string;
  key: CryptoKey;
  pem: string;
  publicJwk: JWK;
}

/** The key's parties hold it as CryptoKey, its verifiers as public JWK. */
export async function makeSigningKey(
  kid: string,
  algorithm: 'PS256' | 'RS256' | 'ES256',
): Promise<SigningKey> {
  const pair =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return {
    kid,
    key: await importPKCS8(pem, algorithm),
    pem,
    publicJwk: { ...(await exportJWK(pair.publicKey)), kid, use: 'sig' },
  };
}

export interface Identity {
  certificate: string;
  key: string;
}

export const notBefore = new Date('2026-01-01T00:00:00Z');
export const notAfter = new Date('2027-01-01T00:00:00Z');

/** A certificate for this subject, issued by someone of another name. */
export async function issueCertificate(subject: JsonNameParams): Promise<Identity> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const rsa = { ...algorithm, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
  const keys = await webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: '01',
    subject: new Name(subject),
    issuer: [{ '2.5.4.97': ['ISSUER'] }, { CN: ['Issuer'] }],
    notBefore,
    notAfter,
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    signingAlgorithm: algorithm,
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  return {
    certificate: certificate.toString('pem'),
    key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
