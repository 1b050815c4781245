// What a registration asks the bank for, written as the bank reads it. Versions of the registration API differ in the
// name of one member; what else they added is nothing that we ask for.
import type { ResolvedProfile } from '../bank-profiles/resolve-profile.ts';
import { subjectDn } from '../security/keys.ts';
import type { OwnIdentity } from './own-identity.ts';

export interface RequestedClient {
  /** Of a client that is there already and is to be changed. */
  clientId?: string | undefined;
  softwareStatement: string;
  redirectUris: string[];
  /** `openid accounts payments`, for instance. */
  scope: string;
}

export function registrationClaimsOf(
  profile: ResolvedProfile,
  identity: OwnIdentity,
  { clientId, softwareStatement, redirectUris, scope }: RequestedClient,
) {
  const { registration, authorisation } = profile;
  const method = registration.tokenEndpointAuthMethod;
  return {
    iss: identity.softwareId,
    aud: registration.audience === 'organisation' ? profile.organisationId : profile.issuer,
    ...(clientId === undefined ? {} : { client_id: clientId }),
    software_id: identity.softwareId,
    software_statement: softwareStatement,
    redirect_uris: redirectUris,
    scope: registration.requestScope === 'array' ? scope.split(' ') : scope,
    application_type: 'web',
    grant_types: registration.grantTypes,
    response_types: [authorisation.responseType],
    token_endpoint_auth_method: method,
    ...(method === 'private_key_jwt' ? { token_endpoint_auth_signing_alg: 'PS256' } : {}),
    ...subjectOf(profile, identity),
    ...(registration.subjectType === undefined ? {} : { subject_type: registration.subjectType }),
    id_token_signed_response_alg: 'PS256',
    request_object_signing_alg: 'PS256',
  };
}

function subjectOf({ registration }: ResolvedProfile, { transport }: OwnIdentity) {
  const isWanted =
    registration.tokenEndpointAuthMethod === 'tls_client_auth' || registration.subjectDnSent === 'always';
  if (!isWanted) return {};
  const subject = subjectDn(transport.certificate, registration.subjectDn);
  return registration.version === '3.1'
    ? { tls_client_auth_dn: subject }
    : { tls_client_auth_subject_dn: subject };
}
