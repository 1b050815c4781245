// The claims of a registration request (Dynamic Client Registration v3.3, OBRegistrationProperties1) and their rules.
import { z } from 'zod';
import type { Personality } from '../personalities/personality.ts';
import { badMetadata, RegistrationRefusal } from './refusal.ts';
import type { SoftwareStatement } from './software-statement.ts';

const text = (longest: number) => z.string().min(1).max(longest);
const algorithm = z.enum(['PS256']);

/** The envelope: who speaks to whom, when, once. */
export const Envelope = z.object({
  iss: z.string().regex(/^[0-9a-zA-Z]{1,22}$/),
  aud: z.string().min(1),
  iat: z.int(),
  exp: z.int(),
  jti: z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i),
});

export const RegistrationClaims = z.object({
  redirect_uris: z.array(text(256)).min(1),
  token_endpoint_auth_method: z.string(),
  grant_types: z.array(z.enum(['client_credentials', 'authorization_code', 'refresh_token'])).min(1),
  response_types: z.array(z.string()).optional(),
  software_id: z.string().optional(),
  scope: text(256),
  software_statement: z.string(),
  application_type: z.enum(['web', 'mobile']),
  id_token_signed_response_alg: algorithm,
  request_object_signing_alg: algorithm,
  token_endpoint_auth_signing_alg: algorithm.optional(),
  tls_client_auth_subject_dn: text(128).optional(),
});

export type RegistrationClaims = z.output<typeof RegistrationClaims>;

const scopesOfRole: Record<string, string> = {
  AISP: 'accounts',
  PISP: 'payments',
  CBPII: 'fundsconfirmations',
};

/** Throws a RegistrationRefusal for the first rule that does not hold. */
export function checkClaims(
  claims: RegistrationClaims,
  statement: SoftwareStatement,
  personality: Personality,
): void {
  for (const uri of claims.redirect_uris) checkRedirectUri(uri, statement);
  checkScope(claims.scope, statement);
  if (claims.software_id !== undefined && claims.software_id !== statement.software_id)
    throw badMetadata('software_id is not that of the software statement');
  const responseTypes: readonly string[] = personality.responseTypes;
  if (claims.response_types?.some((type) => !responseTypes.includes(type)))
    throw badMetadata('a response type is not offered');
  checkAuthMethod(claims, personality);
}

function checkRedirectUri(uri: string, statement: SoftwareStatement): void {
  const refuse = (why: string) => new RegistrationRefusal('invalid_redirect_uri', `a redirect URI ${why}`);
  const url = URL.parse(uri);
  if (url?.protocol !== 'https:') throw refuse('is not https');
  if (url.hostname === 'localhost') throw refuse('leads to localhost');
  if (url.hash !== '') throw refuse('has a fragment');
  if (!statement.software_redirect_uris.includes(uri)) throw refuse('is not in the software statement');
}

function checkScope(scope: string, statement: SoftwareStatement): void {
  const allowed = [
    'openid',
    ...statement.software_roles.flatMap((role) =>
      Object.hasOwn(scopesOfRole, role) ? [scopesOfRole[role]] : [],
    ),
  ];
  if (scope.split(' ').some((name) => !allowed.includes(name)))
    throw badMetadata('a scope does not follow from the roles of the software');
}

function checkAuthMethod(claims: RegistrationClaims, personality: Personality): void {
  const method = claims.token_endpoint_auth_method;
  const offered: readonly string[] = personality.clientAuthMethods;
  if (!offered.includes(method)) throw badMetadata('this token_endpoint_auth_method is not offered');
  if ((method === 'private_key_jwt') !== (claims.token_endpoint_auth_signing_alg !== undefined))
    throw badMetadata('token_endpoint_auth_signing_alg belongs to private_key_jwt, and is needed there');
  if ((method === 'tls_client_auth') !== (claims.tls_client_auth_subject_dn !== undefined))
    throw badMetadata('tls_client_auth_subject_dn belongs to tls_client_auth, and is needed there');
}
