// How a bank takes third parties on as clients: Open Banking Dynamic Client Registration unless said otherwise.
// https://openbankinguk.github.io/dcr-docs-pub/v3.3/dynamic-client-registration.html
import { z } from 'zod';
import { clientAuthenticationMethod } from './discovery.ts';

const timeUnit = z.enum(['seconds', 'milliseconds']).default('seconds');
const scopeForm = z.enum(['text', 'array']).default('text');

export const registration = z.strictObject({
  dynamic: z
    .boolean()
    .default(true)
    .describe('False: the bank hands clients out by hand, and their ids have to be given.'),
  version: z.enum(['3.1', '3.2', '3.3', '3.4']).default('3.3').describe('Of the registration API.'),
  contentType: z.enum(['application/jwt', 'application/jose']).default('application/jwt'),
  audience: z
    .enum(['organisation', 'issuer'])
    .default('organisation')
    .describe("Whom the request is for: the bank's organisation in the directory, or its issuer."),
  tokenEndpointAuthMethod: clientAuthenticationMethod.default('private_key_jwt'),
  subjectDn: z
    .enum(['name', 'oid-hex', 'oid-string'])
    .default('name')
    .describe('How the organisation identifier (2.5.4.97) is written in tls_client_auth_subject_dn.'),
  subjectDnSent: z
    .enum(['with-tls-client-auth', 'always'])
    .default('with-tls-client-auth')
    .describe('Some banks want the subject of clients that sign assertions too.'),
  subjectType: z.enum(['public', 'pairwise']).optional().describe('Asked for only where a bank wants that.'),
  grantTypes: z
    .array(z.enum(['client_credentials', 'authorization_code', 'refresh_token']))
    .min(1)
    .readonly()
    .default(['client_credentials', 'authorization_code', 'refresh_token']),
  requestScope: scopeForm.describe('How the scope is written in the request.'),
  answerScope: scopeForm.describe('How the scope is written in the answer.'),
  answerTimes: z
    .strictObject({ iat: timeUnit, exp: timeUnit, client_id_issued_at: timeUnit })
    .prefault({})
    .describe('The unit of times in the answer.'),
  clients: z
    .enum(['one', 'one-per-api'])
    .default('one')
    .describe('Whether one client may have accounts and payments.'),
  group: z.string().min(1).optional().describe('Profiles of the same registration group share a client.'),
  read: z.boolean().default(false).describe('GET of a client; the specification leaves it to the bank.'),
  update: z.boolean().default(false).describe('PUT of a client; the specification leaves it to the bank.'),
  delete: z.boolean().default(false).describe('DELETE of a client; the specification leaves it to the bank.'),
  managedWith: z
    .enum(['client-token', 'registration-access-token'])
    .default('client-token')
    .describe('What GET, PUT and DELETE are authorised by.'),
  managementScope: z
    .enum(['none', 'openid', 'first-api'])
    .default('none')
    .describe("Scope of the client's token for GET, PUT and DELETE."),
});
