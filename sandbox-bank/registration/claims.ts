// The claims of a registration request (Dynamic Client Registration v3.1 to v3.4, OBRegistrationProperties1).
import { z } from 'zod';
import type { RegistrationChoices } from '../personalities/registration-choices.ts';

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

export type Envelope = z.output<typeof Envelope>;

const RegistrationClaims = z.object({
  redirect_uris: z.array(text(256)).min(1),
  token_endpoint_auth_method: z.string(),
  grant_types: z.array(z.enum(['client_credentials', 'authorization_code', 'refresh_token'])).min(1),
  response_types: z.array(z.string()).optional(),
  software_id: z.string().optional(),
  scope: text(256),
  software_statement: z.string(),
  application_type: z.enum(['web', 'mobile', 'native']),
  id_token_signed_response_alg: algorithm,
  request_object_signing_alg: algorithm,
  token_endpoint_auth_signing_alg: algorithm.optional(),
  tls_client_auth_subject_dn: text(512).optional(),
  subject_type: z.string().optional(),
});

export type RegistrationClaims = z.output<typeof RegistrationClaims>;

/** What a bank reads; whatever else a request says is neither kept nor answered. */
export function claimsOf({ version, scopeInRequest }: RegistrationChoices) {
  // Version 3.4 has `native` in the place of `mobile`, and longer names of subjects that begin with CN.
  const isLatest = version === '3.4';
  const subjectName = isLatest ? text(512).regex(/^cn=[^,]+(,[^,\s]+=[^,]+)*$/i) : text(128);
  const scopeList = z.array(text(64)).transform((words) => words.join(' '));
  return RegistrationClaims.extend({
    application_type: z.enum(isLatest ? ['web', 'native'] : ['web', 'mobile']),
    tls_client_auth_subject_dn: subjectName.optional(),
    scope: scopeInRequest === 'list' ? scopeList : text(256),
  });
}
