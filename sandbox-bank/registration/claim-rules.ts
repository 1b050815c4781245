// What a bank demands of a registration beyond its form: nothing the software statement does not allow, and what this bank
// in particular wants.
import type { X509Certificate } from 'node:crypto';
import type { Personality } from '../personalities/personality.ts';
import type { RegistrationClaims } from './claims.ts';
import { badMetadata, RegistrationRefusal } from './refusal.ts';
import type { SoftwareStatement } from './software-statement.ts';
import { checkSubjectName } from './subject-name.ts';

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
  certificate: X509Certificate,
): void {
  for (const uri of claims.redirect_uris) checkRedirectUri(uri, statement);
  checkScope(claims.scope, statement, personality);
  if (claims.software_id !== undefined && claims.software_id !== statement.software_id)
    throw badMetadata('software_id is not that of the software statement');
  checkTypes(claims, personality);
  checkAuthMethod(claims, personality);
  checkSubjectName(claims, personality.registration, certificate);
}

function checkRedirectUri(uri: string, statement: SoftwareStatement): void {
  const refuse = (why: string) => new RegistrationRefusal('invalid_redirect_uri', `a redirect URI ${why}`);
  const url = URL.parse(uri);
  if (url?.protocol !== 'https:') throw refuse('is not https');
  if (url.hostname === 'localhost') throw refuse('leads to localhost');
  if (url.hash !== '') throw refuse('has a fragment');
  if (!statement.software_redirect_uris.includes(uri)) throw refuse('is not in the software statement');
}

function checkScope(scope: string, statement: SoftwareStatement, personality: Personality): void {
  const allowed = [
    'openid',
    ...statement.software_roles.flatMap((role) =>
      Object.hasOwn(scopesOfRole, role) ? [scopesOfRole[role]] : [],
    ),
  ];
  if (scope.split(' ').some((name) => !allowed.includes(name)))
    throw badMetadata('a scope does not follow from the roles of the software');
  checkApis(scope, personality);
}

/** Throws a RegistrationRefusal where the bank wants one client for accounts and another for payments. */
export function checkApis(scope: string, { registration }: Personality): void {
  const words = scope.split(' ');
  if (registration.oneApiPerClient && words.includes('accounts') && words.includes('payments'))
    throw badMetadata('accounts and payments are for two clients');
}

function checkTypes(
  { response_types, grant_types, subject_type }: RegistrationClaims,
  { registration, authorisation }: Personality,
): void {
  const responseTypes: readonly string[] = authorisation.responseTypes;
  if (response_types?.some((type) => !responseTypes.includes(type)))
    throw badMetadata('a response type is not offered');
  const { grantTypes, subjectType } = registration;
  const isExact =
    grantTypes === 'any' ||
    (grantTypes.length === grant_types.length && grantTypes.every((type) => grant_types.includes(type)));
  if (!isExact) throw badMetadata('grant_types are not those of this bank');
  if (subjectType !== undefined && subject_type !== subjectType)
    throw badMetadata(`subject_type must be ${subjectType}`);
}

function checkAuthMethod(claims: RegistrationClaims, personality: Personality): void {
  const method = claims.token_endpoint_auth_method;
  const offered: readonly string[] = personality.clientAuthMethods;
  if (!offered.includes(method)) throw badMetadata('this token_endpoint_auth_method is not offered');
  if ((method === 'private_key_jwt') !== (claims.token_endpoint_auth_signing_alg !== undefined))
    throw badMetadata('token_endpoint_auth_signing_alg belongs to private_key_jwt, and is needed there');
}
