// Whether a certificate and its private key belong together and are in date, before a bank has to say so.
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { SecretDescription } from '../secrets/secret-source.ts';
import type { ObSealCertificate } from '../store/certificates.ts';
import { Problem } from './problem.ts';

type ReadSecret = (description: SecretDescription) => Promise<string>;
type Described = Pick<ObSealCertificate, 'associatedKey' | 'certificate'>;

const warnBeforeEndMs = 30 * 24 * 60 * 60 * 1000;

/**
 * @returns what is worth a warning
 * @throws {Problem} `certificate-refused` or `secret-source-unavailable`, with the field
 */
export async function checkCertificate(
  { certificate, associatedKey }: Described,
  readSecret: ReadSecret,
  nowMs: number,
): Promise<string[]> {
  const x509 = parsedCertificate(certificate);
  const key = await privateKey(associatedKey, readSecret);
  if (!x509.checkPrivateKey(key)) {
    throw refused('Certificate', 'does not belong to the associated key');
  }
  return dateWarnings(x509, nowMs);
}

function parsedCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(asPem(pem));
  } catch {
    throw refused('Certificate', 'must be an X.509 certificate as PEM text');
  }
}

async function privateKey(description: SecretDescription, readSecret: ReadSecret): Promise<KeyObject> {
  const pem = await readSecretOr(description, readSecret, 'AssociatedKey');
  try {
    return createPrivateKey(asPem(pem));
  } catch {
    throw refused('AssociatedKey', 'must name a PKCS#8 private key as PEM text');
  }
}

/** @throws {Problem} `secret-source-unavailable`; why it cannot be read stays inside */
export async function readSecretOr(
  description: SecretDescription,
  readSecret: ReadSecret,
  field: string,
): Promise<string> {
  try {
    return await readSecret(description);
  } catch (cause) {
    throw new Problem('secret-source-unavailable', {
      errors: { [field]: [`cannot be read from ${description.source}`] },
      cause,
    });
  }
}

function dateWarnings(x509: X509Certificate, nowMs: number): string[] {
  const from = x509.validFromDate.getTime();
  const to = x509.validToDate.getTime();
  if (nowMs < from) return [`The certificate is not valid before ${x509.validFromDate.toISOString()}.`];
  if (nowMs >= to) return [`The certificate ended on ${x509.validToDate.toISOString()}.`];
  if (nowMs >= to - warnBeforeEndMs) return [`The certificate ends on ${x509.validToDate.toISOString()}.`];
  return [];
}

/** Environment variables and JSON written by hand often hold the line ends of PEM as `\n`. */
const asPem = (text: string) => text.replaceAll('\\n', '\n');

const refused = (field: string, message: string) =>
  new Problem('certificate-refused', { errors: { [field]: [message] } });
