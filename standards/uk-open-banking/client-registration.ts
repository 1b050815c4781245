// The messages of dynamic client registration 3.3: claims of the signed request, the bank's answer, its refusal.
// https://openbankinguk.github.io/dcr-docs-pub/v3.3/dynamic-client-registration.html (data model) and RFC 7591 section 3.2
import { z } from 'zod';

const signatureAlgorithm = z.enum(['PS256', 'ES256']); // FAPI 1.0 part 2, 8.6: the published RS256 must not be used
const registrationId = z.string().regex(/^[0-9a-zA-Z]{1,22}$/);

const properties = {
  client_id: z.string().min(1).max(36).optional(),
  redirect_uris: z.array(z.url().max(256)).min(1),
  token_endpoint_auth_method: z.enum([
    'private_key_jwt',
    'client_secret_jwt',
    'client_secret_basic',
    'client_secret_post',
    'tls_client_auth',
  ]),
  grant_types: z
    .array(
      z.enum([
        'client_credentials',
        'authorization_code',
        'refresh_token',
        'urn:openid:params:grant-type:ciba',
      ]),
    )
    .min(1),
  response_types: z.array(z.enum(['code', 'code id_token'])).optional(),
  software_id: registrationId.optional(),
  scope: z.string().min(1).max(256),
  software_statement: z.string(),
  application_type: z.enum(['web', 'mobile']),
  id_token_signed_response_alg: signatureAlgorithm,
  request_object_signing_alg: signatureAlgorithm,
  token_endpoint_auth_signing_alg: signatureAlgorithm.optional(),
  tls_client_auth_subject_dn: z.string().min(1).max(128).optional(),
};

/**
 * The claims of the JWT that is posted. `aud` is wider than published: some banks want their issuer URL there instead
 * of the organisation id.
 */
export const registrationClaims = z.strictObject({
  iss: registrationId,
  iat: z.int(),
  exp: z.int(),
  aud: z.string().min(1),
  jti: z.uuidv4(),
  ...properties,
});

/**
 * What a bank answers. Only the client id can be relied on: some banks answer nothing else, some change what they do
 * not support instead of refusing, so what they return counts and what they leave out stays as it was asked for.
 */
export const registrationResponse = z.looseObject({
  client_id: z.string().min(1),
  client_secret: z.string().min(1).optional(),
  client_id_issued_at: z.number().optional(),
  /** Seconds since 1970; 0 means never. */
  client_secret_expires_at: z.number().optional(),
  registration_access_token: z.string().min(1).optional(),
  registration_client_uri: z.url().optional(),
  redirect_uris: z.array(z.string()).optional(),
  token_endpoint_auth_method: z.string().optional(),
  grant_types: z.array(z.string()).optional(),
  response_types: z.array(z.string()).optional(),
  scope: z.string().optional(),
  id_token_signed_response_alg: z.string().optional(),
  request_object_signing_alg: z.string().optional(),
  token_endpoint_auth_signing_alg: z.string().optional(),
  tls_client_auth_subject_dn: z.string().optional(),
});
export type RegistrationResponse = z.output<typeof registrationResponse>;

export const registrationErrorCodes = [
  'invalid_redirect_uri',
  'invalid_client_metadata',
  'invalid_software_statement',
  'unapproved_software_statement',
] as const;

/** A refusal; `error` may hold another OAuth code than the published ones. */
export const registrationError = z.looseObject({
  error: z.string().min(1),
  error_description: z.string().optional(),
});
