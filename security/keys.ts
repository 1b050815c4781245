// The connector's own keys and certificates: signing keys from PKCS #8 (RFC 5958), and what a certificate (RFC 5280)
// says about its holder.
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { type CryptoKey, importPKCS8 } from 'jose';
import {
  organisationIdentifierOid,
  readSubject,
  type SubjectDnForm,
  writeSubject,
} from './distinguished-name.ts';

/** FAPI 1.0 part 2 section 8.6 wants PS256; RS256 is for the banks that were never brought up to it. */
export type SigningAlgorithm = 'PS256' | 'RS256';

/** Environment variables and JSON written by hand often hold the line ends of PEM as `\n`. */
export const asPem = (text: string) => text.replaceAll('\\n', '\n');

export interface Certificate {
  subjectDn: Record<SubjectDnForm, string>;
  notBefore: Date;
  notAfter: Date;
  /** SHA-256 of the DER in base64url: the `x5t#S256` that access tokens are bound to (RFC 8705 section 3.1). */
  fingerprint: string;
  /** For instance `PSDGB-FCA-123456` (ETSI TS 119 495 section 5.2.1); older directory certificates have none. */
  organisationIdentifier?: string;
}

/** A key or certificate that cannot be used. What was wrong inside is not said: it might quote the key. */
export class KeyUnusable extends Error {
  override name = 'KeyUnusable';
}

const smallestModulusBits = 2048;

/** @throws {KeyUnusable} when it is not a PKCS #8 PEM of an RSA key with 2048 bits or more */
export async function importSigningKey(
  pkcs8Pem: string,
  algorithm: SigningAlgorithm = 'PS256',
): Promise<CryptoKey> {
  const { asymmetricKeyType, asymmetricKeyDetails } = readPrivateKey(pkcs8Pem);
  if (asymmetricKeyType !== 'rsa') throw new KeyUnusable('A signing key has to be an RSA key.');
  if ((asymmetricKeyDetails?.modulusLength ?? 0) < smallestModulusBits)
    throw new KeyUnusable(`A signing key has to have ${smallestModulusBits} bits or more.`);
  try {
    return await importPKCS8(pkcs8Pem, algorithm);
  } catch {
    throw new KeyUnusable('A signing key has to be an unencrypted PKCS #8 PEM.');
  }
}

/** @throws {KeyUnusable} when either cannot be read */
export function keyMatchesCertificate(pkcs8Pem: string, certificatePem: string): boolean {
  return parseCertificate(certificatePem).checkPrivateKey(readPrivateKey(pkcs8Pem));
}

/** @throws {KeyUnusable} when it is not a certificate */
export function readCertificate(pem: string): Certificate {
  const certificate = parseCertificate(pem);
  const subject = readSubject(certificate);
  const organisation = subject.flat().find(({ oid }) => oid === organisationIdentifierOid);
  return {
    subjectDn: {
      'oid-string': writeSubject(subject, 'oid-string'),
      'oid-hex': writeSubject(subject, 'oid-hex'),
      name: writeSubject(subject, 'name'),
    },
    notBefore: certificate.validFromDate,
    notAfter: certificate.validToDate,
    fingerprint: createHash('sha256').update(certificate.raw).digest('base64url'),
    ...(organisation && { organisationIdentifier: organisation.value }),
  };
}

/** @throws {KeyUnusable} when it is not a certificate */
export function subjectDn(pem: string, form: SubjectDnForm): string {
  return writeSubject(readSubject(parseCertificate(pem)), form);
}

function parseCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new KeyUnusable('A certificate cannot be read.');
  }
}

function readPrivateKey(pem: string) {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new KeyUnusable('A private key cannot be read.');
  }
}
