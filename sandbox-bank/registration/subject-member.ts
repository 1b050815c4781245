// Version 3.1 of the registration API called the certificate's subject `tls_client_auth_dn`; 3.2 gave it the name of RFC 8705.
import type { RegistrationChoices } from '../personalities/registration-choices.ts';

type Members = Record<string, unknown>;
type Version = Pick<RegistrationChoices, 'version'>;

/** A request with the member under its later name; the name that its version does not know is dropped. */
export function readSubjectMember({ version }: Version, payload: Members): Members {
  if (version !== '3.1') return payload;
  const { tls_client_auth_subject_dn: _, tls_client_auth_dn: subject, ...others } = payload;
  return subject === undefined ? others : { ...others, tls_client_auth_subject_dn: subject };
}

/** An answer with the member under the name that its version has. */
export function writeSubjectMember({ version }: Version, answer: Members): Members {
  if (version !== '3.1' || !('tls_client_auth_subject_dn' in answer)) return answer;
  const { tls_client_auth_subject_dn: subject, ...others } = answer;
  return { ...others, tls_client_auth_dn: subject };
}
