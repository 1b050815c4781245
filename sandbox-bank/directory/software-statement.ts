// Makes software statement assertions as the Open Banking Directory does: a PS256 JWT about one piece of software.
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Clock } from '../../clock.ts';
import type { Seal } from '../pki.ts';
import type { ThirdParty } from './third-party.ts';

export async function softwareStatement(
  thirdParty: ThirdParty,
  directoryUrl: string,
  seal: Seal,
  clock: Clock,
): Promise<string> {
  const { organisationId, softwareId, softwareName, roles } = thirdParty;
  const softwareJwks = `${directoryUrl}/software/${softwareId}.jwks`;
  const organisationJwks = `${directoryUrl}/organisations/${organisationId}.jwks`;
  return new SignJWT({
    iss: 'OpenBanking Ltd',
    iat: Math.floor(clock.nowMs() / 1000),
    jti: randomUUID(),
    software_environment: 'sandbox',
    software_mode: 'Test',
    software_id: softwareId,
    software_client_id: softwareId,
    software_client_name: softwareName,
    software_client_description: softwareName,
    software_version: 1.1,
    software_client_uri: 'https://third-party.example',
    software_redirect_uris: thirdParty.redirectUris,
    software_roles: roles,
    software_jwks_endpoint: softwareJwks,
    software_jwks_revoked_endpoint: softwareJwks.replace('/software/', '/software/revoked/'),
    software_logo_uri: 'https://third-party.example/logo.png',
    software_policy_uri: 'https://third-party.example/policy',
    software_tos_uri: 'https://third-party.example/terms',
    organisation_competent_authority_claims: {
      authority_id: 'FCAGBR',
      registration_id: thirdParty.registrationId,
      status: 'Active',
      authorisations: [{ member_state: 'GB', roles }],
    },
    org_status: thirdParty.status,
    org_id: organisationId,
    org_name: thirdParty.organisationName,
    org_contacts: [],
    org_jwks_endpoint: organisationJwks,
    org_jwks_revoked_endpoint: organisationJwks.replace('/organisations/', '/organisations/revoked/'),
  })
    .setProtectedHeader({ alg: 'PS256', kid: seal.kid, typ: 'JWT' })
    .sign(seal.key);
}
