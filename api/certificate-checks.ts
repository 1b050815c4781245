// Whether a certificate and its private key belong together and are in date, before a bank has to say so.
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { SecretDescription } from '../secrets/secret-source.ts';
import {
  type CertificateDates,
  type CertificateKind,
  certificateNames,
  dateWarning,
  outOfDate,
} from '../security/certificate-dates.ts';
import { asPem } from '../security/keys.ts';
import type { ObSealCertificate } from '../store/certificates.ts';
import { Problem } from './problem.ts';

type ReadSecret = (description: SecretDescription) => Promise<string>;
type Described = Pick<ObSealCertificate, 'associatedKey' | 'certificate'>;

/**
 * For a certificate that is about to be added.
 * @returns what is worth a warning
 * @throws {Problem} `certificate-refused` or `secret-source-unavailable`, with the field
 */
export async function checkNewCertificate(
  kind: CertificateKind,
  described: Described,
  readSecret: ReadSecret,
  nowMs: number,
): Promise<string[]> {
  const x509 = await checkPair(described, readSecret);
  const wrong = outOfDate(datesOf(x509), nowMs);
  // It has no id yet, so that its holder's name has to do. The log is told of codes only.
  if (wrong !== undefined)
    throw refused(
      'Certificate',
      `is the ${certificateNames[kind]} certificate of ${holderOf(x509)}, which ${wrong}`,
    );
  return dateWarnings(described.certificate, nowMs);
}

/** @throws {Problem} when certificate and key are no pair */
export async function checkPair(
  { certificate, associatedKey }: Described,
  readSecret: ReadSecret,
): Promise<X509Certificate> {
  const x509 = parsedCertificate(certificate);
  const key = await privateKey(associatedKey, readSecret);
  if (!x509.checkPrivateKey(key)) throw refused('Certificate', 'does not belong to the associated key');
  return x509;
}

/** What the dates of a certificate that was added earlier are worth saying. */
export function dateWarnings(certificate: string, nowMs: number): string[] {
  const warning = dateWarning(datesOf(parsedCertificate(certificate)), nowMs);
  return warning === undefined ? [] : [`The certificate ${warning}.`];
}

/**
 * For a certificate that is about to be named by something else.
 * @returns why it cannot be; undefined when it can
 */
export function refusalByDate(
  kind: CertificateKind,
  { id, certificate }: { id: string; certificate: string },
  nowMs: number,
): string | undefined {
  const x509 = parsedCertificate(certificate);
  const wrong = outOfDate(datesOf(x509), nowMs);
  if (wrong === undefined) return undefined;
  return `names the ${certificateNames[kind]} certificate ${id} of ${holderOf(x509)}, which ${wrong}`;
}

const datesOf = ({ validFromDate, validToDate }: X509Certificate): CertificateDates => ({
  notBefore: validFromDate,
  notAfter: validToDate,
});

/** The common name: a software's or an organisation's id. */
function holderOf(x509: X509Certificate): string {
  const { CN = 'nobody' } = x509.toLegacyObject().subject;
  return [CN].flat().join(', ');
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

const refused = (field: string, message: string) =>
  new Problem('certificate-refused', { errors: { [field]: [message] } });
