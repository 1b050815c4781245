// Who we are to a bank: certificate, signing key and directory ids, with the secrets read from where they are kept.
import type { CryptoKey } from 'jose';
import type { Clock } from '../clock.ts';
import type { SecretDescription } from '../secrets/secret-source.ts';
import { type CertificateKind, certificateNames, outOfDate } from '../security/certificate-dates.ts';
import { asPem, importSigningKey, readCertificate } from '../security/keys.ts';
import type { RegistrationContext } from '../store/registration-context.ts';
import { BankError } from './bank-error.ts';
import type { TransportIdentity } from './http.ts';

export type ReadSecret = (description: SecretDescription) => Promise<string>;

export interface OwnIdentity {
  organisationId: string;
  softwareId: string;
  /** To be read anew for each call. @throws {BankError} `certificate-out-of-date` on a day on which it must not be used */
  readonly transport: TransportIdentity;
  /** To be read anew for each signature. @throws {BankError} `certificate-out-of-date` likewise */
  readonly signing: { key: CryptoKey; kid: string };
}

/** What of our records says who we are. */
export interface OwnRecords {
  softwareStatement: Pick<
    RegistrationContext['softwareStatement'],
    'organisationId' | 'softwareId' | 'sandboxEnvironment'
  >;
  obWacCertificate: Identified<RegistrationContext['obWacCertificate']>;
  obSealCertificate: Identified<RegistrationContext['obSealCertificate']>;
}

/** The id only names it in an error. */
type Identified<Certificate> = Omit<Certificate, 'id'> & { id?: string };

/** @returns rejects when a secret is not where it should be, or is no usable key */
export async function readOwnIdentity(
  { softwareStatement, obWacCertificate, obSealCertificate }: OwnRecords,
  readSecret: ReadSecret,
  clock: Clock,
): Promise<OwnIdentity> {
  const [transportKey, signingKey] = await Promise.all([
    readSecret(obWacCertificate.associatedKey),
    readSecret(obSealCertificate.associatedKey),
  ]);
  const certificate = asPem(obWacCertificate.certificate);
  const { fingerprint } = readCertificate(certificate);
  const transport = { certificate, key: asPem(transportKey), fingerprint };
  const signing = { key: await importSigningKey(asPem(signingKey)), kid: obSealCertificate.associatedKeyId };
  const refuseTransport = refusalOnWrongDays('obwac', obWacCertificate, clock);
  const refuseSigning = refusalOnWrongDays('obseal', obSealCertificate, clock);
  return {
    organisationId: softwareStatement.organisationId,
    softwareId: softwareStatement.softwareId,
    get transport() {
      refuseTransport();
      return transport;
    },
    get signing() {
      refuseSigning();
      return signing;
    },
  };
}

/** The certificate is read once, so that asking costs each call a comparison of two numbers. */
function refusalOnWrongDays(
  kind: CertificateKind,
  { id, certificate }: { id?: string; certificate: string },
  clock: Clock,
): () => void {
  const dates = readCertificate(asPem(certificate));
  return () => {
    const wrong = outOfDate(dates, clock.nowMs());
    if (wrong === undefined) return;
    const name = [certificateNames[kind], 'certificate', id].filter((word) => word !== undefined).join(' ');
    throw new BankError(`The ${name} ${wrong}.`, { kind: 'certificate-out-of-date', sent: 'not-sent' });
  };
}
