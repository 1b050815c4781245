// `tls_client_auth_subject_dn`: where it belongs, and how the organisation's identifier must be written in it (RFC 4514,
// attribute 2.5.4.97 of X.520).
import type { X509Certificate } from 'node:crypto';
import { namesSubject } from '../client-certificate.ts';
import type { RegistrationChoices } from '../personalities/registration-choices.ts';
import type { RegistrationClaims } from './claims.ts';
import { badMetadata } from './refusal.ts';

/** Throws a RegistrationRefusal. */
export function checkSubjectName(
  { token_endpoint_auth_method, tls_client_auth_subject_dn: name }: RegistrationClaims,
  { subjectName, organisationIdentifier }: RegistrationChoices,
  certificate: X509Certificate,
): void {
  const isNeeded = token_endpoint_auth_method === 'tls_client_auth' || subjectName === 'always';
  if (isNeeded && name === undefined) throw badMetadata('tls_client_auth_subject_dn is missing');
  if (name === undefined) return;
  if (!isNeeded && subjectName === 'with-tls-client-auth')
    throw badMetadata('tls_client_auth_subject_dn belongs to tls_client_auth');
  if (organisationIdentifier === 'any') return;
  if (!namesSubject(certificate, name))
    throw badMetadata('tls_client_auth_subject_dn is not the subject of the certificate');
  if (!name.split(/(?<!\\),/).some((attribute) => isWritten(attribute.trim(), organisationIdentifier)))
    throw badMetadata('tls_client_auth_subject_dn does not write the organisation identifier as we do');
}

function isWritten(attribute: string, form: 'name' | 'oid-hex' | 'oid-text'): boolean {
  switch (form) {
    case 'name':
      return /^organizationIdentifier=[^#]/.test(attribute);
    case 'oid-text':
      return /^2\.5\.4\.97=[^#]/.test(attribute);
    case 'oid-hex': {
      // The DER of a PrintableString: tag 0x13, its length, its characters.
      const [, length = '', value = ''] = /^2\.5\.4\.97=#13([0-9A-F]{2})([0-9A-F]+)$/.exec(attribute) ?? [];
      return value !== '' && Number.parseInt(length, 16) === value.length / 2;
    }
  }
}
