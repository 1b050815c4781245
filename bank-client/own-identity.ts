// Who we are to a bank: certificate, signing key and directory ids, with the secrets read from where they are kept.
import type { CryptoKey } from 'jose';
import type { SecretDescription } from '../secrets/secret-source.ts';
import { importSigningKey, readCertificate } from '../security/keys.ts';
import type { RegistrationContext } from '../store/registration-context.ts';
import type { TransportIdentity } from './http.ts';

export type ReadSecret = (description: SecretDescription) => Promise<string>;

export interface OwnIdentity {
  organisationId: string;
  softwareId: string;
  transport: TransportIdentity;
  signing: { key: CryptoKey; kid: string };
}

/** What of our records says who we are. */
export interface OwnRecords {
  softwareStatement: Pick<
    RegistrationContext['softwareStatement'],
    'organisationId' | 'softwareId' | 'sandboxEnvironment'
  >;
  obWacCertificate: Omit<RegistrationContext['obWacCertificate'], 'id'>;
  obSealCertificate: Omit<RegistrationContext['obSealCertificate'], 'id'>;
}

/** @returns rejects when a secret is not where it should be, or is no usable key */
export async function readOwnIdentity(context: OwnRecords, readSecret: ReadSecret): Promise<OwnIdentity> {
  const { softwareStatement, obWacCertificate, obSealCertificate } = context;
  const [transportKey, signingKey] = await Promise.all([
    readSecret(obWacCertificate.associatedKey),
    readSecret(obSealCertificate.associatedKey),
  ]);
  const { certificate } = obWacCertificate;
  return {
    organisationId: softwareStatement.organisationId,
    softwareId: softwareStatement.softwareId,
    transport: { certificate, key: transportKey, fingerprint: readCertificate(certificate).fingerprint },
    signing: { key: await importSigningKey(signingKey), kid: obSealCertificate.associatedKeyId },
  };
}
