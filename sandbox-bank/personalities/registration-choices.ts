// How a bank wants to be registered with (Dynamic Client Registration v3.1 to v3.4).
import { z } from 'zod';

const GrantType = z.enum(['authorization_code', 'client_credentials', 'refresh_token']);

export const RegistrationChoices = z.strictObject({
  /** False: clients are made by hand, in the bank's portal. */
  offered: z.boolean().default(true),
  version: z.enum(['3.1', '3.2', '3.3', '3.4']).default('3.3'),
  contentTypes: z.array(z.enum(['application/jwt', 'application/jose'])).default(['application/jwt']),
  /** What the request's `aud` must be. */
  audience: z.enum(['organisation', 'issuer', 'either']).default('organisation'),
  /** Exactly these, in any order; or whatever the client likes. */
  grantTypes: z
    .union([z.literal('any'), z.array(GrantType)])
    .default(['authorization_code', 'client_credentials', 'refresh_token']),
  /** The `subject_type` a request must name; absent: none is looked for. */
  subjectType: z.enum(['public', 'pairwise']).optional(),
  /**
   * How attribute 2.5.4.97 must be written in `tls_client_auth_subject_dn`: `organizationIdentifier=text`,
   * `2.5.4.97=#hex` of its DER in upper case, or `2.5.4.97=text`.
   */
  organisationIdentifier: z.enum(['name', 'oid-hex', 'oid-text', 'any']).default('name'),
  /** Where `tls_client_auth_subject_dn` belongs: to tls_client_auth alone, or to other methods too. */
  subjectName: z.enum(['with-tls-client-auth', 'always', 'welcome']).default('with-tls-client-auth'),
  /** `scope` in the request and in the answer: words in one text, or a list. */
  scopeInRequest: z.enum(['text', 'list']).default('text'),
  scopeInAnswer: z.enum(['text', 'list']).default('text'),
  /** Times of the answer that are in milliseconds. */
  milliseconds: z.array(z.enum(['iat', 'exp', 'client_id_issued_at'])).default([]),
  /** Whether the answer repeats `iss`, `aud`, `iat`, `exp` and `jti` of the request. */
  repeatsEnvelope: z.boolean().default(true),
  /** What can be done to a registration; the rest is answered 405. */
  methods: z.array(z.enum(['GET', 'PUT', 'DELETE'])).default(['GET', 'PUT', 'DELETE']),
  /** What opens a registration: any client-credentials token of the client, one of a scope, or its own token. */
  managedWith: z
    .enum(['client-token', 'client-token-openid', 'client-token-first-api', 'registration-access-token'])
    .default('client-token'),
  /** True: a client has accounts or payments, never both. */
  oneApiPerClient: z.boolean().default(false),
});

export type RegistrationChoices = z.output<typeof RegistrationChoices>;
