// The bank's portal for developers: a client made by hand, for banks without dynamic registration and for clients that
// were there before the third party's own records.
import { randomUUID, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ThirdParty } from '../directory/third-party.ts';
import type { RunningBank } from '../running-bank.ts';
import { checkApis } from './claim-rules.ts';
import type { RegistrationClaims } from './claims.ts';
import type { Registration } from './registration.ts';
import { storeClient } from './store-client.ts';

export interface PortalForm {
  redirectUris: string[];
  scope: string;
}

/** Throws a RegistrationRefusal. */
export async function makeClient(
  bank: RunningBank,
  thirdParty: ThirdParty,
  directoryUrl: string,
  form: PortalForm,
): Promise<Registration> {
  const { organisationId, softwareId, softwareName } = thirdParty;
  checkApis(form.scope, bank.personality);
  return storeClient(bank, randomUUID(), {
    claims: claimsOf(bank, thirdParty, form),
    statement: {
      org_id: organisationId,
      software_id: softwareId,
      software_client_name: softwareName,
      software_jwks_endpoint: `${directoryUrl}/software/${softwareId}.jwks`,
    },
  });
}

function claimsOf(
  { personality }: RunningBank,
  thirdParty: ThirdParty,
  { redirectUris, scope }: PortalForm,
): RegistrationClaims {
  const [method] = personality.clientAuthMethods;
  const { grantTypes } = personality.registration;
  return {
    redirect_uris: redirectUris,
    token_endpoint_auth_method: method ?? '',
    grant_types:
      grantTypes === 'any' ? ['authorization_code', 'client_credentials', 'refresh_token'] : grantTypes,
    response_types: personality.authorisation.responseTypes,
    software_id: thirdParty.softwareId,
    scope,
    software_statement: '',
    application_type: 'web',
    id_token_signed_response_alg: 'PS256',
    request_object_signing_alg: 'PS256',
    ...(method === 'private_key_jwt' ? { token_endpoint_auth_signing_alg: 'PS256' } : {}),
    ...(method === 'tls_client_auth' ? { tls_client_auth_subject_dn: subjectOf(thirdParty) } : {}),
  };
}

function subjectOf({ folder }: ThirdParty): string {
  const certificate = new X509Certificate(readFileSync(join(folder, 'obwac.pem')));
  return certificate.subject.split('\n').reverse().join(',');
}
